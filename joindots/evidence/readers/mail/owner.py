"""Whose mailbox a file is: proven by the file, answered by a person, or asked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.mail.addresses import addresses
from joindots.evidence.readers.mail.encoded import shown
from joindots.evidence.readers.mail.fields import Fields
from joindots.evidence.readers.records import Candidate, Direction, Identity, Question
from joindots.evidence.readers.source import Source

MOST_VALUES = 20_000
"""Different values of a field that are counted; with more than that nothing counts as proven."""
LONGEST_LABELS = 4_096
_ASKED = (b"delivered-to", b"x-original-to", b"envelope-to", b"to", b"cc")
_FIELDS = re.compile(
    rb"\n(from|to|cc|delivered-to|x-original-to|envelope-to|x-gmail-labels)[ \t]*:([^\n]*+(?:\n[ \t][^\n]*+)*+)"
)
_RECEIVED = re.compile(rb"\n(?:received|delivered-to)[ \t]*:")
_ABOVE_ALL = frozenset(("received", "delivered-to", "x-gmail-labels"))
MOST_CANDIDATES = 8
WORDS = (
    "Whose mailbox did this file come from? Choose their address. "
    "Until this is answered, nothing is shown as sent or received."
)
SENT = frozenset((
    "sent", "sent mail", "gesendet", "messages envoyés", "envoyés", "enviados", "enviado", "posta inviata",
    "inviati", "verzonden", "wysłane", "trimise", "skickat", "sendt", "lähetetyt", "odeslaná pošta", "anfonwyd",
))  # fmt: skip
"""Gmail's own label for what this account sent, in the languages its export comes in."""
DRAFTS = frozenset((
    "drafts", "draft", "entwürfe", "brouillons", "borradores", "rascunhos", "bozze", "concepten", "wersje robocze",
    "ciorne", "utkast", "kladder", "luonnokset", "koncepty", "drafftiau",
))  # fmt: skip


def labels(fields: Fields) -> tuple[str, ...]:
    """Gmail's labels, decoded."""
    values = fields.get("x-gmail-labels")
    return _labels(values[0][:LONGEST_LABELS]) if values else ()


def gmail_says(fields: Fields, names: frozenset[str]) -> bool:
    """Whether Gmail itself put one of these labels on the mail.

    Its export writes them above all else. Labels below a line of delivery came with the mail: its
    sender wrote them.
    """
    values = fields.get("x-gmail-labels")
    if values is None or not _has_label(values[0], names):
        return False
    return next(name for name in fields if name in _ABOVE_ALL) == "x-gmail-labels"


@lru_cache(maxsize=1_024)
def _labels(value: str) -> tuple[str, ...]:
    return tuple(label.strip().strip('"') for label in shown(value).split(",") if label.strip())


@lru_cache(maxsize=1_024)
def _has_label(given: str, names: frozenset[str]) -> bool:
    """Whether one of the labels is one of Gmail's names for the same thing."""
    return any(label.lower() in names for label in _labels(given[:LONGEST_LABELS]))


def first_address(values: list[str] | None) -> str | None:
    """The only address in a header, in lower case; None if there is none or more than one."""
    found = addresses(values[0]) if values else ()
    return _bare(found[0]) if len(found) == 1 else None


def _bare(identity: Identity) -> str | None:
    return identity.key.removeprefix("mailto:").lower() if identity.key else None


@lru_cache(maxsize=8_192)
def account_of(key: str | None) -> str | None:
    """The mailbox behind an address or its key, in lower case.

    One Gmail mailbox has many addresses: under googlemail.com, as it was called in the UK until 2010,
    with dots anywhere in the name, and with anything after a plus (support.google.com/mail/answer/7436150).
    """
    if key is None:
        return None
    local, _, domain = key.removeprefix("mailto:").lower().rpartition("@")
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.partition("+")[0].replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


class Survey:
    """What the headers of a whole file say about whose it is. Values are counted raw, and read at the end."""

    def __init__(self) -> None:
        self._seen: dict[bytes, Counter[bytes]] = {name: Counter() for name in _ASKED}
        self._undelivered: Counter[bytes] = Counter()
        self._sent: Counter[tuple[bytes, bytes]] = Counter()
        self._several = False
        self._overflown = False

    def add(self, header: bytes) -> None:
        """Count one mail by its raw header block."""
        delivered: list[bytes] = []
        given = sender = b""
        lowered = b"\n" + header.lower()
        for match in _FIELDS.finditer(lowered):
            name = match[1]
            value = header[match.start(2) - 1 : match.end(2) - 1].strip()
            if name == b"from":
                sender = value
            elif name == b"x-gmail-labels":
                given = given or (value if not _RECEIVED.search(lowered, 0, match.start()) else b"")
            else:
                self._count(self._seen[name], value)
                if name == b"delivered-to":
                    delivered.append(value)
        if not delivered:
            self._count(self._undelivered, sender)
        elif len(delivered) > 1:
            self._several = self._several or len(set(delivered)) > 1
        if given:
            self._count(self._sent, (given, sender))

    def _count(self, counter: Counter[Any], value: Any) -> None:
        before = counter.get(value)
        if before is not None:
            counter[value] = before + 1
        elif len(counter) < MOST_VALUES:
            counter[value] = 1
        else:
            self._overflown = True

    def proven(self) -> str | None:
        """The account, if the file leaves no other reading.

        Either every mail was delivered to one and the same address, save those that this address
        sent; or Gmail calls mails "Sent", all from one address, and no delivery contradicts it; or
        some of those from the one address of delivery. A mailbox that takes in forwarded mail names
        several addresses, and is asked about.
        """
        delivered = {account_of(one) for one in _by_address(self._seen[b"delivered-to"])}
        sent = {account_of(one) for one in self._senders()}
        if self._overflown:
            return None
        if len(delivered) == 1 and delivered <= sent and not self._several:
            return next(iter(delivered))
        if len(sent) == 1:
            (account,) = sent
            if account and (not delivered or account in delivered):
                return account
        if len(delivered) == 1 and not self._several and not sent:
            (account,) = delivered
            if account and not {account_of(one) for one in _by_address(self._undelivered)} - {account}:
                return account
        return None

    def _senders(self) -> Counter[str | None]:
        found: Counter[str | None] = Counter()
        for (given, sender), count in self._sent.items():
            if _has_label(" ".join(given.decode("latin-1").split()), SENT):
                found[first_address([sender.decode("latin-1")])] += count
        return found

    def candidates(self) -> tuple[Candidate, ...]:
        """The likeliest addresses first, each with what speaks for it."""
        ranked: dict[str, Candidate] = {}
        for counted, says in (
            (self._senders(), "mails labelled Sent"),
            (_by_address(self._seen[b"delivered-to"]), "mails delivered to it"),
            (_by_address(self._seen[b"x-original-to"] + self._seen[b"envelope-to"]), "mails first addressed to it"),
            (_by_address(self._seen[b"to"] + self._seen[b"cc"]), "mails to it"),
        ):
            for address, count in counted.most_common(MOST_CANDIDATES):
                if address:
                    ranked.setdefault(address, Candidate(address, says, count))
        return tuple(ranked.values())[:MOST_CANDIDATES]


def _by_address(counted: Counter[bytes]) -> Counter[str | None]:
    """Raw values taken apart into addresses; None counts the values that hold none."""
    found: Counter[str | None] = Counter()
    for value, count in counted.items():
        named = addresses(" ".join(value.decode("latin-1").split()))
        for one in named or (Identity(),):
            found[_bare(one)] += count
    return found


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What is known of the owner. `address` is as `account_of` has it; `asked` is whether the question is open."""

    address: str | None
    asked: bool = False

    def direction(self, fields: Fields, sender: Identity, recipients: tuple[Identity, ...]) -> Direction:
        """In or out as the owner sees it.

        A mail that names the owner as its sender and yet was delivered to the owner may be a note to
        self or a forged one: unknown. Somebody else's mail counts as in if it names the owner or
        came through a mail server; else it was never shown to have arrived.
        """
        if self.address is None:
            return "unknown"
        if gmail_says(fields, SENT):
            return "out"
        if account_of(sender.key) == self.address:
            return "unknown" if "delivered-to" in fields or "x-original-to" in fields else "out"
        if sender.key is None and "received" not in fields:
            return "unknown"
        if (
            "received" in fields
            or "delivered-to" in fields
            or self.address in [account_of(one.key) for one in recipients]
        ):
            return "in"
        return "unknown"


def mailbox_from_answer(source: Source, answers: Answers) -> Mailbox | None:
    """The owner as answered, `not_sure` included; None while nobody has answered."""
    value = answers.to(source.sha256, source.name, "owner")
    if not isinstance(value, str) or not value.strip():
        return None
    if value == NOT_SURE:
        return Mailbox(None)
    named = addresses(value.strip().removeprefix("mailto:"))
    return Mailbox(account_of(named[0].key) if named else None)


def owner_question(source: Source, survey: Survey, example: str) -> Question:
    """Ask whose mailbox it is, with the addresses that the file itself puts forward."""
    candidates = survey.candidates()
    return Question(
        file=source.sha256,
        name=source.name,
        question="owner",
        words=WORDS,
        candidates=tuple(candidate.value for candidate in candidates),
        example=example,
        details=candidates,
    )
