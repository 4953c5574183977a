"""Who is called what on the page, and whose words are kept back."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from joindots.evidence.readers.records import Communication, Identity
from joindots.kernel.identities import key_of_address, key_of_number, plain
from joindots.people.rules.beliefs import account_of, file_of

SMALL_PENCE = 100
"""Payments up to a pound are read as words, not as money."""
ANOTHER = "another person"
"""A bystander on the page: neither name nor number."""
KEPT_BACK = "words kept back"
BYSTANDER, BY_READER = "bystander", "by_reader"
"""Why a record shows nothing: others' words in a group, or what the reader itself kept back."""
_ONE_CHAT = frozenset({"whatsapp", "imessage", "messenger", "instagram", "snapchat", "telegram", "other"})
"""Channels whose files hold one conversation where they name none: the file is then the thread."""
_THREADED = frozenset(
    {"whatsapp", "sms", "mms", "imessage", "email", "messenger", "instagram", "snapchat", "telegram", "other"}
)
Thread = tuple[str, str]


class About:
    """The people a chronology is about, matched by name as shown or by number or address."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = tuple(names)
        self._names = {_bare(name) for name in self.names}
        keys = (key_of_number(name) or key_of_address(name) or name for name in self.names)
        self._keys = {key for key in keys if key}

    def names_one(self, identity: Identity) -> bool:
        """Whether the identity is one of them."""
        if identity.key and identity.key in self._keys:
            return True
        return bool(identity.shown) and _bare(identity.shown or "") in self._names


def _bare(shown: str) -> str:
    return plain(shown).casefold()


def label(c: Communication) -> str:
    """The sender as the page names them; the owner of the phone is said to be that."""
    shown = c.sender.shown and plain(c.sender.shown)
    name = shown or bare_key(c.sender)
    if c.direction == "out":
        return f"{name} (the phone's owner)" if name else "the phone's owner"
    if not name:
        return "a withheld number" if c.certainty_of_sender == "withheld" else "a sender not shown"
    return name


def bare_key(identity: Identity) -> str:
    """`+447700900123` for `tel:+447700900123`."""
    return (identity.key or "").partition(":")[2]


def names_of(identities: Iterable[Identity]) -> str:
    """Names or numbers in one line."""
    return ", ".join((one.shown and plain(one.shown)) or bare_key(one) or "not shown" for one in identities)


def thread_of(c: Communication) -> Thread | None:
    """What parts one conversation from another: the channel, and the thread or the file; None where there is none."""
    if c.channel not in _THREADED:
        return None
    thread = c.thread if c.thread is not None or c.channel not in _ONE_CHAT else f"file {c.source_file}"
    return (c.channel, thread) if thread is not None else None


def group_threads(communications: Iterable[Communication]) -> frozenset[Thread]:
    """Conversations in which more than two people wrote, the owner among them or not.

    Where the owner is not known yet, three writers make a group; a reader may also say it by `among_others`,
    by `extra["group"]`, or by a picture message to several: a group in which one other person wrote is one too.
    """
    writers: dict[Thread, set[str]] = {}
    known: set[Thread] = set()
    groups: set[Thread] = set()
    for c in communications:
        thread = thread_of(c)
        if thread is None or c.kind == "system":
            continue
        if (
            c.direction == "among_others"
            or c.extra.get("group") is True
            or (c.channel == "mms" and len(c.recipients) > 1)
        ):
            groups.add(thread)
        if c.direction in ("in", "out"):
            known.add(thread)
        if c.direction != "out" and (name := c.sender.key or _bare(c.sender.shown or "")):
            writers.setdefault(thread, set()).add(name)
    return frozenset(
        groups | {thread for thread, names in writers.items() if len(names) > (1 if thread in known else 2)}
    )


def is_bystander(c: Communication, groups: frozenset[Thread], about: About) -> bool:
    """Whether these are the words of somebody in a group who is neither the owner nor named."""
    if c.direction == "among_others" or (thread_of(c) in groups):
        return c.direction != "out" and not about.names_one(c.sender)
    return False


def not_yet_picked(c: Communication) -> bool:
    """Whether nobody has said yet whose this is: a row of a table not known, or a sum larger than a few words cost.

    A statement holds her salary and other people's payments beside the abuse. Until she picks, only small
    sums with words are shown.
    """
    if "columns" in c.open:
        return True
    small = c.amount_pence is not None and c.amount_pence <= SMALL_PENCE and bool(c.text)
    return "their_payments" in c.open and not small


def kept_back_whole(c: Communication) -> Communication:
    """The record with nothing but its place: not even its day."""
    return msgspec.structs.replace(
        kept_back(c, BY_READER), thread=None, at_earliest=None, at_latest=None, at_shown=None, precision="none",
        zone_basis="none", time_flags=(), direction="unknown", currency=None, certainty_of_sender="unknown",
    )  # fmt: skip


def kept_back(c: Communication, reason: str = BYSTANDER) -> Communication:
    """The record without its words, files and names: that it exists, where and when, stays."""
    return msgspec.structs.replace(
        c, text=None, text_mended=None, media=(), sender=Identity(), recipients=(), quoted_of=None,
        amount_pence=None, extra={"kept_back": reason},
    )  # fmt: skip


def as_typed(account: str) -> str:
    """An account as it is typed into a form, so that a pack finds it again; empty where no words do."""
    name = account_of(account)
    identity = Identity(name, None) if file_of(account) is not None else Identity(None, account)
    return next((words for words in (name, account) if words and About((words,)).names_one(identity)), "")
