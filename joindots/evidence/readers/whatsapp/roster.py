"""Who writes in a chat: names with colons in them, the group's own name, two people or more, whose phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from joindots.evidence.readers.answers import NOT_SURE
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import Communication, Direction, Identity, QuestionName
from joindots.evidence.readers.whatsapp.app_lines import app_says
from joindots.evidence.readers.whatsapp.clock_words import MARKS
from joindots.evidence.readers.whatsapp.sentences_marked import ENCRYPTION
from joindots.evidence.readers.whatsapp.survey import MOST_NAMES, Seen
from joindots.kernel.identities import key_of_number, plain

NOBODY_HERE: Final = "nobody_here"
"""The answer that the phone's owner wrote nothing in this chat."""
MOST_SHARE: Final = 0.8
"""Of the lines that open with the words before the first colon, the share that a longer name must reach."""
SHARE_IF_SHOWN: Final = 0.5
"""The same where the app itself shows, once at least, that the name ends after the second colon."""
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“”"), ("「", "」"))


@dataclass(slots=True)
class Sender:
    """One account in one chat, as records show it."""

    identity: Identity
    direction: Direction = "unknown"
    recipients: tuple[Identity, ...] = ()
    open: tuple[QuestionName, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    count: int = 0
    first: bytes = b""
    last: bytes = b""
    pattern: Communication | None = None
    """What all plain texts of this sender have in common, once the first was read."""
    deleted_own: bool = False
    """The app said "You deleted this message" under this name."""


def shown_name(raw: str) -> str:
    """A name as the phone shows it: without marks of direction and the sign of an unsaved profile name."""
    name = raw.strip(MARKS + " ")
    if name.startswith("~"):
        name = name[1:].lstrip("\u202f\u00a0 " + MARKS) or name
    return "".join(c for c in name if c not in _DIRECTION).strip()


_DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c")


def is_app_line(name: str) -> bool:
    """Whether words before a colon are the start of the app's own line, as in `You created group “Tea: 4 pm”`."""
    key = name.casefold()
    if any(part in key for part in ENCRYPTION):
        return True
    if any(name.count(opening) > sum(name.count(c) for c in closing) for opening, closing in _QUOTES):
        return True
    return name.count('"') % 2 == 1 and app_says(name).system


class Roster:
    """The senders of one chat, looked up by the bytes before the colon."""

    def __init__(self, seen: Seen, *, bracket: bool, thread: str | None) -> None:
        self.seen = seen
        self.longer: dict[bytes, list[bytes]] = {}
        self._find_longer(thread)
        self.pseudo = self._pseudo() if bracket else frozenset()
        self.senders: dict[str, Sender] = {}
        self._index: dict[str, Sender] = {}
        self._settled: object = None
        self._mine: list[Sender] = []
        for raw in self._names():
            self.sender(raw)
        self.group = seen.group or len(self.senders) > 2
        self.pairs = self._pairs()

    def sender(self, raw: bytes) -> Sender:
        """The sender of a name as written; one name is one sender however many marks stand round it."""
        written = raw.decode("utf-8", "replace")
        shown = shown_name(written)
        found = self.senders.get(shown)
        if found is None:
            found = Sender(Identity(shown, key_of_number(shown)))
            if len(self.senders) < MOST_NAMES:
                self.senders[shown] = found
            if written != shown:
                found.extra = {"sender_as_written": written}
            self._apply(found)
        return found

    def split(self, name: bytes, body: bytes) -> tuple[bytes, bytes] | None:
        """Name and words of a line; None where it is the app's own line although it holds a colon."""
        line = name + b": " + body
        for full in self.longer.get(name, ()):
            if line.startswith(full + b": "):
                return full, line[len(full) + 2 :]
            if line.startswith(full + b" ") and app_says(line.split(b"\n", 1)[0].decode("utf-8", "replace")).system:
                return None
        if self.simple(name) and not self._mentions(name, body):
            return name, body
        return None

    def _mentions(self, name: bytes, body: bytes) -> bool:
        """Whether the colon belongs to a name inside the app's own line, as in `Sam added Mam: gwaith`."""
        return any(
            name.endswith(b" " + short) and body.startswith(full[len(short) + 2 :])
            for short, fulls in self.longer.items()
            for full in fulls
        )

    def simple(self, name: bytes) -> bool:
        """Whether the words before the first colon are a name."""
        return not is_app_line(name.decode("utf-8", "replace"))

    def _names(self) -> list[bytes]:
        names = []
        for name, count in self.seen.names.items():
            if name is None or count <= 0 or name in self.pseudo or not self.simple(name):
                continue
            if any(name.endswith(b" " + short) for short in self.longer):
                continue
            inside = sum(self.seen.longer[full] + self._said_of(full) for full in self.longer.get(name, ()))
            if count > inside:
                names.append(name)
        return names + [full for fulls in self.longer.values() for full in fulls]

    def _find_longer(self, thread: str | None) -> None:
        """Names with a colon: every line (but the app's own) that opens with the first part goes on with the rest."""
        wanted = thread.encode() if thread else None
        for full, count in sorted(self.seen.longer.items(), key=lambda item: -len(item[0])):
            name = full.split(b": ", 1)[0]
            total = self.seen.names.get(name, 0)
            if count >= 2:
                total -= self._said_of(full)
            certain = self.seen.certain[full]
            share = SHARE_IF_SHOWN if certain else MOST_SHARE
            whole = count >= share * total and (count >= 2 or (bool(certain) and count == total))
            if not whole and certain < 2 and full != wanted:
                continue
            if not any(other.startswith(full + b": ") for other in self.longer.get(name, ())):
                self.longer.setdefault(name, []).append(full)

    def _said_of(self, full: bytes) -> int:
        """Lines of the app's own that open with a name with a colon, as in `Mam: gwaith left`."""
        name, _, more = full.partition(b": ")
        lines = [line for line in self.seen.few.get(name, ()) if line.startswith(more + b" ")]
        return sum(app_says((name + b": " + line).decode("utf-8", "replace")).system for line in lines)

    def _pseudo(self) -> frozenset[bytes]:
        """Names under which an iPhone shows only the app's own lines: the group's, or a silent person's."""
        names = self.seen.names
        return frozenset(name for name, count in self.seen.system_only.items() if names.get(name, 0) <= count)

    def _pairs(self) -> list[tuple[Sender, Sender]]:
        """Old and new number of one person, where both wrote in this chat."""
        pairs = []
        for old, new in dict.fromkeys(self.seen.numbers):
            one, other = self.find(old), self.find(new)
            if one and other and one is not other:
                pairs.append((one, other))
        return pairs

    def find(self, value: str) -> Sender | None:
        """The sender meant by a shown name or a key."""
        if not self._index:
            for sender in self.senders.values():
                shown = sender.identity.shown or ""
                for one in (plain(shown), sender.identity.key, shown):
                    if one:
                        self._index.setdefault(one, sender)
        return self._index.get(value) or self._index.get(plain(value)) or self._index.get(key_of_number(value) or "")

    @property
    def silent(self) -> str | None:
        """The group's name, where an iPhone shows its own lines under it."""
        if not self.group:
            return None
        return next((shown_name(name.decode("utf-8", "replace")) for name in sorted(self.pseudo)), None)

    @property
    def two(self) -> tuple[Sender, Sender] | None:
        """The two people of a chat between two, where both wrote."""
        if self.group or len(self.senders) != 2:
            return None
        one, other = self.senders.values()
        return one, other

    def settle(self, owner: object, same: dict[str, object]) -> None:
        """Apply the answers on the phone's owner and on number changes; refuse an owner who is not here."""
        mine = self._owner(owner)
        for sender in self.senders.values():
            sender.open = ()
        for one, other in self.pairs:
            answer = same.get(pair_name(one, other))
            if answer == "yes" and mine and (one in mine or other in mine):
                mine += [one, other]
            elif answer is None:
                one.open = other.open = ("same_person",)
        self._settled, self._mine = owner, mine
        for sender in self.senders.values():
            self._apply(sender)
        if self.two:
            one, other = self.two
            one.recipients, other.recipients = (other.identity,), (one.identity,)

    def _apply(self, sender: Sender) -> None:
        """What is settled about the phone's owner, on one sender."""
        if self._settled is None:
            sender.open = ("owner", *(one for one in sender.open if one != "owner"))
        elif self._settled != NOT_SURE:
            sender.direction = "out" if any(sender is one for one in self._mine) else "in"

    def _owner(self, owner: object) -> list[Sender]:
        if owner is None or owner in (NOT_SURE, NOBODY_HERE):
            return []
        found = self.find(str(owner))
        if found is None:
            raise not_readable(
                "whatsapp_owner",
                "{value} does not write in this chat, so it cannot be whose phone this is. Answer one of: {names}; "
                "or {nobody} if the phone's owner wrote nothing here.",
                value=owner,
                names=", ".join(list(self.senders)[:50]),
                nobody=NOBODY_HERE,
            )
        return [found]


def pair_name(one: Sender, other: Sender) -> str:
    """How the question whether two are one person names them."""
    return f"{one.identity.shown}|{other.identity.shown}"
