"""Whose mailbox a file is: proven by the file, answered by a person, or asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.mail.addresses import addresses
from joindots.evidence.readers.mail.encoded import shown
from joindots.evidence.readers.mail.mime import Fields
from joindots.evidence.readers.records import Candidate, Direction, Identity, Question
from joindots.evidence.readers.source import Source

MOST_ADDRESSES = 20_000
"""Different addresses that are counted: beyond that a mailbox is too large for one more to matter."""
MOST_CANDIDATES = 8
WORDS = (
    "Whose mailbox did this file come from? Choose their address. "
    "Until this is answered, nothing is shown as sent or received."
)
SENT = frozenset(
    "sent,sent mail,gesendet,messages envoyés,envoyés,enviados,enviado,posta inviata,inviati,verzonden,wysłane,"
    "trimise,skickat,sendt,lähetetyt,odeslaná pošta,anfonwyd".split(",")
)
"""Gmail's own label for what this account sent, in the languages its export comes in."""
DRAFTS = frozenset(
    "drafts,draft,entwürfe,brouillons,borradores,rascunhos,bozze,concepten,wersje robocze,ciorne,utkast,kladder,"
    "luonnokset,koncepty,drafftiau".split(",")
)


def labels(fields: Fields) -> tuple[str, ...]:
    """Gmail's labels, decoded."""
    values = fields.get("x-gmail-labels")
    if not values:
        return ()
    return tuple(label.strip().strip('"') for label in shown(values[0]).split(",") if label.strip())


def has_label(given: tuple[str, ...], names: frozenset[str]) -> bool:
    """Whether one of the labels is one of Gmail's names for the same thing."""
    return any(label.lower() in names for label in given)


def first_address(values: list[str] | None) -> str | None:
    """The only address in a header, in lower case; None if there is none or more than one."""
    found = addresses(values[0]) if values else ()
    return _bare(found[0]) if len(found) == 1 else None


def _bare(identity: Identity) -> str | None:
    return identity.key.removeprefix("mailto:").lower() if identity.key else None


@dataclass(slots=True)
class Survey:
    """What the headers of a whole file say about whose it is."""

    delivered: Counter[str] = field(default_factory=Counter)
    undelivered_from: Counter[str | None] = field(default_factory=Counter)
    original: Counter[str] = field(default_factory=Counter)
    sent: Counter[str | None] = field(default_factory=Counter)
    recipients: Counter[str] = field(default_factory=Counter)
    several: bool = False

    def add(self, fields: Fields) -> None:
        """Count one mail."""
        delivered = {address for value in fields.get("delivered-to", ()) if (address := first_address([value]))}
        self.several = self.several or len(delivered) > 1
        _count(self.delivered, delivered)
        if not delivered:
            _count(self.undelivered_from, [first_address(fields.get("from"))])
        for name in ("x-original-to", "envelope-to"):
            if name in fields:
                _count(self.original, filter(None, [first_address(fields[name])]))
        if "x-gmail-labels" in fields and has_label(labels(fields), SENT):
            _count(self.sent, [first_address(fields.get("from"))])
        for name in ("to", "cc"):
            for value in fields.get(name, ()):
                _count(self.recipients, filter(None, map(_bare, addresses(value))))

    def proven(self) -> str | None:
        """The account, if the file leaves no other reading.

        Either every mail was delivered to one and the same address, save those that this address
        sent; or Gmail calls mails "Sent", all from one address, and no delivery contradicts it. A
        mailbox that takes in forwarded mail names several addresses, and is asked about.
        """
        if len(self.sent) == 1:
            (account,) = self.sent
            if account and (not self.delivered or account in self.delivered):
                return account
        if len(self.delivered) == 1 and not self.several and not self.sent:
            (account,) = self.delivered
            if not set(self.undelivered_from) - {account}:
                return account
        return None

    def candidates(self) -> tuple[Candidate, ...]:
        """The likeliest addresses first, each with what speaks for it."""
        ranked: dict[str, Candidate] = {}
        for counted, says in (
            (self.sent, "mails labelled Sent"),
            (self.delivered, "mails delivered to it"),
            (self.original, "mails first addressed to it"),
            (self.recipients, "mails to it"),
        ):
            for address, count in counted.most_common(MOST_CANDIDATES):
                if address:
                    ranked.setdefault(address, Candidate(address, says, count))
        return tuple(ranked.values())[:MOST_CANDIDATES]


def _count(counter: Counter[Any], items: Iterable[str | None]) -> None:
    for item in items:
        if item in counter or len(counter) < MOST_ADDRESSES:
            counter[item] += 1


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What is known of the owner. `address` is in lower case; `asked` is whether the question is open."""

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
        if _bare(sender) == self.address:
            given = labels(fields)
            delivered = "delivered-to" in fields or "x-original-to" in fields
            return "out" if has_label(given, SENT) or not delivered else "unknown"
        if sender.key is None and "received" not in fields:
            return "unknown"
        if "received" in fields or "delivered-to" in fields or self.address in map(_bare, recipients):
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
    return Mailbox(_bare(named[0]) if named else None)


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
