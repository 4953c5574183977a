"""Contact by person, as far as anybody has spoken for an account; and who that is in the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology import queries as chronologies
from joindots.people import queries as people
from joindots.people.rules.beliefs import Held, whose
from joindots.web.chronology.narrowing import Narrowed

DISPUTED, NOBODY, HIDDEN = "disputed", "nobody", "hidden"
NAMES = {
    DISPUTED: "Accounts on which people disagree", NOBODY: "Accounts nobody has spoken for",
    HIDDEN: "Withheld, or no account shown",
}  # fmt: skip
Whose = Mapping[str, tuple[Held, ...]]


@dataclass(frozen=True, slots=True)
class Share:
    """All contact of one person through accounts believed theirs; or of accounts on which people disagree, for which
    nobody has spoken, or which no file shows. `code` is how an address says it.
    """

    code: str
    name: str
    accounts: int
    received: int
    sent: int
    unknown: int

    @property
    def acts(self) -> int:
        """All of it."""
        return self.received + self.sent + self.unknown

    @property
    def known(self) -> bool:
        """Whether it is one person's, as far as anybody has spoken."""
        return self.code not in NAMES


def shares(accounts: Sequence[chronologies.AccountView], said: Whose) -> tuple[Share, ...]:
    """Contact by person, the most first; then what is nobody's. Each account is counted once, under one of them."""
    found: dict[str, list[chronologies.AccountView]] = {}
    for one in accounts:
        found.setdefault(code_of(one.identity, said), []).append(one)
    names = NAMES | {str(held.person): held.name for those in said.values() for held in those}
    order = list(NAMES)
    made = [
        Share(
            code, names[code], sum(bool(one.identity) for one in those), sum(one.received for one in those),
            sum(one.sent for one in those), sum(one.unknown for one in those),
        )
        for code, those in found.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (order.index(one.code) if one.code in order else -1, -one.acts)))


def code_of(identity: str, said: Whose) -> str:
    """Under whom an account is counted: one person, or one of the three kinds of nobody."""
    if not identity:
        return HIDDEN
    held = said.get(identity, ())
    person = whose(held)
    return str(person) if person else DISPUTED if held else NOBODY


def looked_up(actor: Actor, ref: Ref, circle: Ref, narrow: Narrowed) -> Narrowed:
    """The same, with who is meant in the files; a code that means nobody here is passed over."""
    if not narrow.who:
        return narrow
    said = people.whose_accounts(actor, circle)
    accounts = chronologies.accounts_of(actor, ref)
    mine = _identities(narrow.who, (one.identity for one in accounts), said)
    known = narrow.who in NAMES or any(str(held.person) == narrow.who for those in said.values() for held in those)
    if not known:
        return replace(narrow, who="")
    return replace(narrow, senders=chronologies.senders_of(actor, ref, mine))


def who_words(narrow: Narrowed, said: Whose) -> str:
    """What a page is narrowed to, in words."""
    if narrow.who in NAMES:
        return NAMES[narrow.who].lower()
    name = next((held.name for those in said.values() for held in those if str(held.person) == narrow.who), "")
    return f"accounts believed to be of {name}" if name else ""


def _identities(code: str, identities: Iterable[str], said: Whose) -> list[str]:
    return [one for one in identities if code_of(one, said) == code]
