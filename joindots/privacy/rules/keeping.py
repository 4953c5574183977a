"""How long something is kept, what stops its erasing, and what a person must have looked at before (pure).

The rules are those of `law.retention_rules`, which give a period in words and are marked to be verified. The months
below are the longest that such a period names, so that nothing is erased too early while nobody has set them; each
agency sets its own. No time erases anything: a person signs, and a second one agrees.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.clocks import months_after
from joindots.law.tables import retention_rules

MONTHS = {
    "advocacy_case": 84, "helpline_contact": 24, "health_record": 240, "programme_file": 72, "police_mopi_1": 120,
}  # fmt: skip
"""The longest period that the words of a rule name; for the police's first group, the years between two reviews."""
RECORDS = ("case", "contact")
_OF_A_CASE = {"police": "police_mopi_1", "nhs": "health_record", "programme": "programme_file"}
LEAST, MOST = 1, 1200
BACKUP_DAYS = 30
"""Days for which a backup of keys is kept: only then is an erasing whole (design 4)."""
HOLD_WORDS = {
    "litigation": "a court case, or one that is expected",
    "inquiry": "an inquiry, inquest or review of a death",
    "complaint": "a complaint or a request about this data",
    "mappa": "MAPPA or another public protection panel",
    "order": "a protective order that is in force",
    "police": "the police asked that it be kept",
}
CHECKS = {
    "child": "Nobody in it is a child, or is younger than 25 and was one then.",
    "risk": "No risk is live: nothing that came since speaks against it.",
    "order": "No protective order, sentence or licence that concerns it runs.",
    "claim": "No court case, claim, inquiry, complaint or request is open or expected.",
    "copies": "What others need from it was given to them.",
}
"""What whoever signs says they looked at."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule of keeping as it stands for an agency."""

    rule: str
    record: str
    period: str
    """The rule's own words."""
    mark: str
    months: int
    own: bool
    """Whether the agency set the months itself."""


def rule_for(record: str, agency_kind: str) -> str:
    """The code of the rule by which an agency of a kind keeps a case or a contact."""
    return "helpline_contact" if record == "contact" else _OF_A_CASE.get(agency_kind, "advocacy_case")


def kept(rule: str, months: int | None) -> Kept:
    """A rule with the agency's own months, or those that stand while it has set none."""
    row = retention_rules()[rule]
    return Kept(rule, row.record, row.period, row.mark, MONTHS[rule] if months is None else months, months is not None)


def due_on(ended: date, months: int, again: date | None) -> date:
    """The day from which it may be looked at for erasing; later where somebody signed that it stays until then."""
    first = months_after(ended, months)
    return max(first, again) if again else first


def rules_of(agency_kind: str) -> dict[str, str]:
    """The rule by which an agency of a kind keeps each record that has an end."""
    return {record: rule_for(record, agency_kind) for record in RECORDS}


def ended_by(today: date, months: int) -> date:
    """The last day on which something can have ended whose months are over today."""
    first = months_after(today, -months)
    near = (first + timedelta(days=more) for more in range(4))  # 28 February follows on four days of January
    return max(day for day in near if months_after(day, months) <= today)


def place_written(last: Mapping[str, tuple[datetime, UUID]]) -> str:
    """What an address says of the last that was shown of each record."""
    return ",".join(f"{record}.{at.astimezone(UTC):%Y%m%d%H%M%S%f}.{one.hex}" for record, (at, one) in last.items())


def place_read(typed: str) -> dict[str, tuple[datetime, UUID]]:
    """The same, read back. An address that nobody of us wrote begins at the beginning."""
    try:
        told = [part.split(".") for part in typed.split(",") if part]
        return {
            record: (datetime.strptime(at, "%Y%m%d%H%M%S%f").replace(tzinfo=UTC), UUID(one))
            for record, at, one in told if record in RECORDS
        }  # fmt: skip
    except ValueError:
        return {}


def can_set(rule: str, months: int) -> Decision:
    """A rule that is kept by here, and from one month to a hundred years."""
    if rule not in MONTHS:
        return no("no_such_rule", "Choose a rule from the list.")
    if not LEAST <= months <= MOST:
        return no("months", "Give the time in months, from {least} to {most}.", least=LEAST, most=MOST)
    return YES


def can_hold(kind: str, why: str, review_on: date | None, today: date) -> Decision:
    """With a kind, a reason, and a day within a year on which somebody looks whether it is still needed."""
    if kind not in HOLD_WORDS:
        return no("hold_kind", "Choose what stops the erasing.")
    if not why:
        return no("hold_why", "Say what it is, so that whoever looks at it later understands.")
    if review_on is None or not today < review_on <= today + timedelta(days=366):
        return no("hold_review", "Give a day within a year on which you look whether it is still needed.")
    return YES


def can_lift(why: str) -> Decision:
    """With a reason."""
    return YES if why else no("lift_why", "Say why it is no longer needed.")


def can_keep(why: str, again: date | None, today: date) -> Decision:
    """Longer, with a reason, until a day to come."""
    if not why:
        return no("keep_why", "Say why it is kept longer.")
    if again is None or again <= today:
        return no("keep_until", "Give a day to come on which it is looked at again.")
    return YES


def can_sign(due: date, today: date, checked: Collection[str]) -> Decision:
    """Once its time is over, and every line was looked at."""
    if today < due:
        return no("not_due", "Its time is not over yet. It is kept until {day}.", day=f"{due.day} {due:%B %Y}")
    if set(checked) != set(CHECKS):
        return no("not_looked", "Look at each line and tick it. If one does not hold, keep it longer.")
    return YES


def backups_until(erased: date) -> date:
    """The day on which the last backup that holds the keys goes."""
    return erased + timedelta(days=BACKUP_DAYS)
