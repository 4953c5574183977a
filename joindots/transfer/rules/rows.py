"""One row of a spreadsheet as a case to open, or a refusal in words (pure). Nothing in a row is guessed or lost."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from joindots.casework.rules import RELATION_WORDS, Relation, same_number
from joindots.evidence.readers.stamps import Order, OrderProof
from joindots.evidence.readers.times import Zone
from joindots.evidence.readers.vague import Told, read_when
from joindots.kernel.identities import key_of_address, key_of_number
from joindots.kernel.when import Precision, When
from joindots.kernel.words import Words, words
from joindots.transfer.rules.columns import MEANINGS, Mapping

LONGEST_NAME = 200
LONGEST_NUMBER = 120
RELATION_AS_GIVEN = "Relation as given: "
RELATIONS: dict[str, Relation] = {
    **{text: code for code, text in RELATION_WORDS.items()},
    **{str(code): code for code in Relation},
    "ex": Relation.EX_PARTNER, "ex partner": Relation.EX_PARTNER, "ex husband": Relation.EX_PARTNER,
    "ex wife": Relation.EX_PARTNER, "ex boyfriend": Relation.EX_PARTNER, "ex girlfriend": Relation.EX_PARTNER,
    "former husband": Relation.EX_PARTNER, "former wife": Relation.EX_PARTNER, "husband": Relation.PARTNER,
    "wife": Relation.PARTNER, "boyfriend": Relation.PARTNER, "girlfriend": Relation.PARTNER,
    "family member": Relation.FAMILY, "relative": Relation.FAMILY, "neighbor": Relation.NEIGHBOUR,
    "co worker": Relation.COLLEAGUE, "work colleague": Relation.COLLEAGUE, "client": Relation.CLIENT,
    "patient": Relation.CLIENT, "pupil": Relation.CLIENT, "unknown": Relation.NOT_KNOWN, "n a": Relation.NOT_KNOWN,
}  # fmt: skip
"""Words that say a relation plainly; any other word is kept in the summary as given."""
PRECISIONS = {
    "second": Precision.SECOND, "minute": Precision.MINUTE, "day": Precision.DAY,
    "part_of_day": Precision.PART_OF_DAY, "month": Precision.MONTH,
}  # fmt: skip
_LONDON = Zone()
Identifiers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A row that can be brought in: what `casework.open_case` takes, and the mark under which it comes only once."""

    victim: str
    own_number: str
    relation: str
    summary: str
    opened: When | None
    identifiers: Identifiers
    address: str
    suspect: str
    suspect_identifiers: Identifiers
    mark: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be brought in, and why."""

    reason: Words


def order_of(shown: Sequence[str], answered: str) -> tuple[Order | None, str | None]:
    """The order of day and month in a column, proven or else answered; and a date that both readings allow, if open."""
    proof = OrderProof(enough=1 << 30)
    for cell in shown:
        proof.feed(cell)
    if proof.order:
        return proof.order, None
    given: Order | None = "dmy" if answered == "dmy" else "mdy" if answered == "mdy" else None
    return given, None if answered else proof.open_example


def case_of(values: Sequence[str], mapping: Mapping, order: Order | None, at: datetime) -> CaseRow | Refused:
    """The case a row tells of. Empty where nothing is told; refused where something is told that cannot be kept."""
    told = _told(values, mapping)
    victim = " ".join(told["victim"])
    own = " ".join(told["own_number"])
    if not victim:
        return _refused("row_name", "There is no name in this row. Write one, or what the person wants to be called.")
    if len(victim) > LONGEST_NAME or len(own) > LONGEST_NUMBER:
        return _refused(
            "row_long", "The name or the number in this row is too long. See whether the columns are right."
        )
    opened = _opened(" ".join(told["opened"]), order, at)
    if isinstance(opened, Refused):
        return opened
    relation, spoken = _relation(" ".join(told["relation"]))
    summary = "\n".join((*told["summary"], *([f"{RELATION_AS_GIVEN}{spoken}"] if spoken else [])))
    mark = ("own", same_number(own)) if own else ("row", _print(values))
    return CaseRow(
        victim, own, relation, summary, opened, _identifiers(told, "victim"), "\n".join(told["victim_address"]),
        " ".join(told["suspect"]), _identifiers(told, "suspect"), mark,
    )  # fmt: skip


def _told(values: Sequence[str], mapping: Mapping) -> dict[str, list[str]]:
    """The filled cells of each meaning, in the order of their columns."""
    told: dict[str, list[str]] = {meaning: [] for meaning in MEANINGS}
    for place, meaning in enumerate(mapping.meanings):
        cell = values[place].strip() if place < len(values) else ""
        if meaning and cell:
            told[meaning].append(cell)
    return told


def _opened(shown: str, order: Order | None, at: datetime) -> When | Refused | None:
    if not shown:
        return When(None, None)
    told = read_when(shown, order, _LONDON)
    if told is None:
        return _refused(
            "row_day", "“{shown}” could not be read as the day the case was opened. Write it as 10 June 2025.",
            shown=shown[:60],
        )  # fmt: skip
    if told.earliest > at:
        return _refused(
            "row_future", "“{shown}”, the day the case was opened, has not come yet. Correct it.", shown=shown[:60]
        )
    return _when(told, shown)


def _when(told: Told, shown: str) -> When:
    precision = Precision.RANGE if told.order_open else PRECISIONS.get(told.precision, Precision.RANGE)
    return When(told.earliest, told.latest, precision, "device_assumed", told.flags, shown)


def _relation(shown: str) -> tuple[Relation, str]:
    """The relation's code; and the words as given where they say none of ours."""
    plain = " ".join(shown.replace("-", " ").replace("/", " ").casefold().split())
    found = RELATIONS.get(plain) or RELATIONS.get(shown.casefold().strip())
    if found or not shown:
        return found or Relation.NOT_KNOWN, ""
    return Relation.NOT_KNOWN, shown


def _identifiers(told: dict[str, list[str]], who: str) -> Identifiers:
    """Hard identifiers, written one way; what is not understood as one is kept as given."""
    found = [_number(cell) for cell in told[f"{who}_number"]] + [_email(cell) for cell in told[f"{who}_email"]]
    for kind in ("handle", "address", "vehicle"):
        if who == "suspect":
            found += [(kind, cell) for cell in told[f"{who}_{kind}"]]
    return tuple(dict.fromkeys(found))


def _number(shown: str) -> tuple[str, str]:
    key = key_of_number(shown)
    return ("number", key) if key else ("as_given", shown)


def _email(shown: str) -> tuple[str, str]:
    key = key_of_address(shown)
    return ("email", key) if key else ("as_given", shown)


def _print(values: Sequence[str]) -> str:
    """The print of a whole row without a number: only a row that says the very same is the same case."""
    text = "\x1f".join(value.strip() for value in values).rstrip("\x1f")
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _refused(code: str, text: str, **values: object) -> Refused:
    return Refused(words(code, text, **values))
