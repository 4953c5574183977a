"""What must be known before the first message of a Telegram export is read: whose it is, and which clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from joindots.evidence.readers.json_stream import Broken, TooLong, Walk, pieces
from joindots.evidence.readers.telegram.clock import Nights, moment_of

LISTS = ("chats", "left_chats")
TWO_SIDED = ("personal_chat", "bot_chat")


class Head(NamedTuple):
    """What a chat says of itself."""

    name: str | None = None
    type: str | None = None
    id: int | None = None

    def with_field(self, key: str, value: Any) -> Head:
        """With one field more, if it has the form known."""
        fits = type(value) is int if key == "id" else isinstance(value, str)
        return self._replace(**{key: value}) if fits else self

    @property
    def other(self) -> str | None:
        """The key of the other side of a chat of two: its id is the chat's id. None in groups."""
        return f"telegram:user{self.id}" if self.type in TWO_SIDED and self.id is not None else None

    @property
    def own(self) -> str | None:
        """The key of the account exported, in the chat in which its owner keeps messages for herself."""
        return f"telegram:user{self.id}" if self.type == "saved_messages" and self.id is not None else None


@dataclass(slots=True)
class Facts:
    """`owner` is the account exported, by its key; `heads` and `proven` are by the chat's pointer."""

    owner: str | None = None
    owner_name: str | None = None
    heads: dict[str, Head] = field(default_factory=dict)
    proven: set[str] = field(default_factory=set)
    """Chats of two in which the other side has written: whoever else writes there is the owner. And the
    owner's chat with herself, if the file shows her writing there."""
    named: bool = False
    """Whether anybody in the file is whom the answer to the owner's question names."""

    @property
    def whole(self) -> bool:
        """Whether the export is of the whole account, as far as it was read."""
        return any(self.heads)

    def settle(self) -> None:
        """The owner is whoever keeps messages for herself, where nothing else told."""
        for chat in self.proven:
            self.owner = self.owner or self.heads[chat].own

    def personal(self, value: Any) -> None:
        """Take the owner from `personal_information`."""
        if isinstance(value, dict) and type(value.get("user_id")) is int:
            self.owner = f"telegram:user{value['user_id']}"
            names = [value.get(part) for part in ("first_name", "last_name")]
            self.owner_name = " ".join(part for part in names if isinstance(part, str) and part) or None


def steps(walk: Walk) -> Iterator[tuple[str, str]]:
    """Each member of each chat, as the chat's pointer and the member's key; the caller takes the value.

    An export of one chat is that chat, with the pointer "". In an export of the whole account the
    members beside the lists of chats come with "" too.
    """
    for key in walk.members():
        if key not in LISTS or walk.peek() != "{":
            yield "", key
            continue
        for inner in walk.members():
            if inner != "list" or walk.peek() != "[":
                yield "", inner
                continue
            for _ in walk.elements():
                chat = walk.pointer
                if walk.peek() != "{":
                    yield chat, ""
                    continue
                for field_of_chat in walk.members():
                    yield chat, field_of_chat


_OLD_KINDS = ((2 << 32, "channel"), (1 << 32, "chat"), (0, "user"))
"""Where the bare numbers of older exports begin: groups and channels stood above the users, who had 32 bits."""


def key_of(value: Any) -> str | None:
    """The hard identifier of a sender. Older exports give a bare number."""
    if type(value) is int:
        start, kind = next((one for one in _OLD_KINDS if value >= one[0]), (0, "user"))
        return f"telegram:{kind}{value - start}"
    return f"telegram:{value}" if isinstance(value, str) and value else None


def facts_of(opened: Callable[[], BinaryIO], nights: Nights, answer: object) -> Facts:
    """The facts of an export, from its beginning where that is enough, else from a first pass over it all.

    An answer to the owner's question is looked for among the senders, wherever the file itself has no proof.
    """
    facts = Facts()
    with opened() as stream:
        enough = _from_the_head(Walk(stream), facts)
    whole = not enough or not _all_in_utc(opened, facts)
    if whole or (answer is not None and not facts.owner and "" not in facts.proven):
        facts = Facts()
        with opened() as stream:
            _survey(Walk(stream), facts, nights, answer)
    facts.settle()
    return facts


def _from_the_head(walk: Walk, facts: Facts) -> bool:
    """Whether name, type and id, or the account's owner, stand before the messages, as the app writes them."""
    try:
        for chat, key in steps(walk):
            if key == "messages":
                head = facts.heads.get(chat, Head())
                return facts.owner is not None or (not chat and head.type is not None and head.id is not None)
            _note(walk, facts, chat, key)
    except (Broken, TooLong):
        return False
    return False


def _note(walk: Walk, facts: Facts, chat: str, key: str) -> None:
    """Take a member's value, and what it tells."""
    if key not in (*Head._fields, "personal_information"):
        for _ in walk.leaves():
            pass
        return
    value = walk.value()
    if key == "personal_information":
        facts.personal(value)
    else:
        facts.heads[chat] = facts.heads.get(chat, Head()).with_field(key, value)


def _survey(walk: Walk, facts: Facts, nights: Nights, answer: object) -> None:
    wrote: dict[str, set[str | None]] = {}
    try:
        for chat, key in steps(walk):
            if key == "messages" and walk.peek() == "[":
                seen = wrote.setdefault(chat, set())
                for place, message in enumerate(walk.records()):
                    if isinstance(message, dict):
                        _look(message, chat, place, seen, nights)
                        facts.named = facts.named or _is_named(message, answer)
            else:
                _note(walk, facts, chat, key)
    except (Broken, TooLong):
        pass  # the reading itself comes to the same place, and says so
    facts.proven.update(
        chat for chat, head in facts.heads.items() if (who := head.other or head.own) and who in wrote.get(chat, ())
    )


def _is_named(message: dict[str, Any], answer: object) -> bool:
    shown, number = message.get("from", message.get("actor")), message.get("from_id", message.get("actor_id"))
    return answer is not None and answer in (shown, key_of(number))


def _look(message: dict[str, Any], chat: str, place: int, seen: set[str | None], nights: Nights) -> None:
    if len(seen) <= 2:
        seen.add(key_of(message.get("from_id", message.get("actor_id"))))
    if moment_of(message.get("date_unixtime")) is None:
        nights.look(chat, place, message)


def _all_in_utc(opened: Callable[[], BinaryIO], facts: Facts) -> bool:
    """Whether every message has `date_unixtime`, by counting the keys; and whether the other side wrote.

    Quotes inside a message are escaped, so that no text can look like a key.
    """
    head = facts.heads.get("", Head())
    told = head.id if head.other or head.own else None
    wrote = re.compile(rb'"(?:from|actor)_id"\s*:\s*"?(?:user)?%d\b' % told) if told else None
    local = exact = 0
    with opened() as stream:
        for part, seam in pieces(stream):
            local += part.count(b'"date"') - seam.count(b'"date"')
            exact += part.count(b'"date_unixtime"') - seam.count(b'"date_unixtime"')
            if wrote and wrote.search(part):
                facts.proven.add("")
                wrote = None
    return local == exact
