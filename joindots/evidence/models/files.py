"""Files as they came, readings of them, one index row for each communication.

A communication is two things: an index row of codes and times for what is filtered and counted,
and its words, held with its neighbours in one sealed, deflated page.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from django.db import connections, models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.evidence.rules import codes
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass

PAGES_AT_A_TIME = 64


def number() -> int:
    """A random 62-bit id: says nothing about how many files there are."""
    return secrets.randbits(62)


M = TypeVar("M", bound=models.Model)


class SourceFiles(InCircle["SourceFile"]):
    """Source files by who may know of them."""


class SourceFile(models.Model):
    """One file as it was given. Its bytes lie sealed in the file store under a key of their own."""

    class State(models.TextChoices):
        ARRIVED = "arrived", "waiting to be read"
        CHOOSING = "choosing", "waiting for a choice"
        HELD = "held", "read"
        UNREADABLE = "unreadable", "kept as it is"
        LEAVING = "leaving", "being removed"

    id = models.BigIntegerField(primary_key=True, default=number, editable=False)
    version = models.PositiveIntegerField(default=1)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="source_files")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ARRIVED)
    name = SealedField(tier=Tier.NARRATIVE)
    sha256 = SealedField(tier=Tier.NARRATIVE)
    file_key = SealedField(tier=Tier.NARRATIVE)
    address = models.CharField(max_length=40)
    size = models.BigIntegerField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    code = models.CharField(max_length=40, default="", blank=True)

    SEAL_OWNER: ClassVar[str] = "circle_id"
    SEAL_BOOK: ClassVar[str] = "circle_id"
    objects = SourceFiles.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("circle", "address"), name="one_file_of_a_content_in_a_circle"),)

    @property
    def book(self) -> UUID:
        """A file is read in its circle's book."""
        return self.circle_id


class Readings(InCircle["Reading"]):
    """Readings by who may know of them."""


class Reading(Row):
    """One reading of a file with the answers known then. Only the held one is shown."""

    class State(models.TextChoices):
        ARRIVING = "arriving"
        CHOOSING = "choosing"
        """Read through, and nothing kept: a person is to say what of it is taken in."""
        HELD = "held"
        PAST = "past"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="readings")
    source = models.ForeignKey(SourceFile, on_delete=models.CASCADE, related_name="readings")
    generation = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ARRIVING)
    format = models.CharField(max_length=30, default="", blank=True)
    at = models.DateTimeField()
    records = models.PositiveIntegerField(default=0)
    contacts = models.PositiveIntegerField(default=0)
    open_questions = models.PositiveIntegerField(default=0)
    not_understood = models.PositiveBigIntegerField(default=0)
    """Bytes (or leaves, where a format has no bytes) that belong to no record."""
    earliest = models.DateTimeField(null=True)
    latest = models.DateTimeField(null=True)
    answers = SealedField(tier=Tier.NARRATIVE)
    choice = SealedField(tier=Tier.NARRATIVE)
    """What of the file is taken in (`rules.keeping.Choice`); empty: everything."""
    findings = SealedField(tier=Tier.NARRATIVE)
    """JSON of `readings.Findings`: questions, coverage, places not understood, senders, threads."""

    objects = Readings.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "generation"), name="one_reading_of_a_generation"),
            models.UniqueConstraint(fields=("source",), condition=models.Q(state="held"), name="one_held_reading"),
        )

    @property
    def book(self) -> UUID:
        """A reading is read in its circle's book."""
        return self.circle_id


class PageQuerySet(models.QuerySet["Page"]):
    """Sealed pages."""

    def in_turn(self) -> Iterator[Page]:
        """Pages of one reading in the order of their numbers, a few asked for at a time.

        Each time is a whole query of its own. A cursor left open between two of them holds a snapshot, and under an
        old snapshot SQLite refuses the next write at once, without waiting (measured: an import died of it).
        """
        first = 0
        while rows := list(self.filter(number__gte=first).order_by("number")[:PAGES_AT_A_TIME]):
            yield from rows
            first = rows[-1].number + 1


class Page(Row):
    """The words of up to 256 communications of one reading, sealed together."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    words = SealedField(tier=Tier.NARRATIVE)

    objects = PageQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("reading", "number"), name="one_page_of_a_number"),)


class CommunicationQuerySet(models.QuerySet["Communication"]):
    """Index rows, of which there may be a million.

    The framework's own `bulk_create` took two thirds of an import's time, and its `bulk_update` most of a grouping's
    (measured), so these statements are written by hand. Every name in them is a constant of this file and every value
    a parameter, so they are no way in for SQL of another's.
    """

    def ready(self, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Rows as `insert` takes them, given in the order of `COLUMNS` with moments in UTC. No transaction needs to
        wait for this.
        """
        if connections[self.db].vendor == "postgresql":
            return list(rows)
        return [(_as_text(earliest), *rest) for earliest, *rest in rows]

    def insert(self, source: int, generation: int, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows of one reading that are `ready`."""
        connection, table = connections[self.db], self.model._meta.db_table
        names = ", ".join(f'"{name}"' for name in ("source_id", "generation", *COLUMNS))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                    for row in rows:
                        copy.write_row((source, generation, *row))
                return
            marks = ", ".join(["%s"] * (2 + len(COLUMNS)))
            values = [(source, generation, *row) for row in rows]
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # nosec B608
            cursor.executemany(statement, values)

    def let_stand(self, pairs: Sequence[tuple[int | None, int]]) -> None:
        """Say which record stands for which: pairs of the one that stands (None: itself) and the one told of."""
        _set_each(self, "repeat_of", pairs)


class DayCountQuerySet(models.QuerySet["DayCount"]):
    """Counts by day; a file of ten years has thousands."""

    def let_repeat(self, told: Sequence[tuple[int, bytes, int]]) -> None:
        """Say how many contacts are counted elsewhere, and in which hours: both, and the row's id."""
        _set_each(self, "repeats", [(number, pk) for number, _, pk in told])
        _set_each(self, "repeat_hours", [(hours, pk) for _, hours, pk in told])


def _set_each(rows: models.QuerySet[Any], column: str, pairs: Sequence[tuple[int | bytes | None, int]]) -> None:
    """Set one column of many rows: pairs of the value and the row's id."""
    statement = f'UPDATE "{rows.model._meta.db_table}" SET "{column}" = %s WHERE "id" = %s'  # nosec B608
    with connections[rows.db].cursor() as cursor:
        cursor.executemany(statement, pairs)


def _as_text(at: datetime | None) -> str | None:
    """A moment in UTC as SQLite's rows hold it; the framework's own way took a fifth of an import's time."""
    return at.isoformat(" ")[: -len("+00:00")] if at else None


COLUMNS = (
    "earliest", "seq", "channel", "kind", "direction", "precision", "sender", "thread", "spread", "contact",
)  # fmt: skip


class Communication(models.Model):
    """The index row of one communication: codes and times only, kept small (there may be a million).

    `channel`, `kind`, `direction` and `precision` are places in the closed lists of `codes`;
    `latest` is `earliest` and `spread` seconds. The widest columns stand first, for PostgreSQL leaves gaps otherwise.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(SourceFile, on_delete=models.CASCADE, related_name="communications", db_index=False)
    earliest = models.DateTimeField(null=True)
    spread = models.PositiveBigIntegerField(default=0)
    seq = models.PositiveIntegerField()
    sender = models.PositiveIntegerField()
    thread = models.PositiveIntegerField()
    generation = models.PositiveSmallIntegerField()
    channel = models.PositiveSmallIntegerField()
    kind = models.PositiveSmallIntegerField()
    direction = models.PositiveSmallIntegerField()
    precision = models.PositiveSmallIntegerField()
    contact = models.BooleanField()
    repeat_of = models.BigIntegerField(null=True)
    """The communication that stands for this act; null if it stands for itself."""

    objects = CommunicationQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "generation", "seq"), name="one_record_of_a_number"),)
        indexes = (
            models.Index(fields=("source", "earliest"), name="lines_by_time"),
            models.Index(fields=("repeat_of",), condition=~models.Q(repeat_of=None), name="repeats_only"),
        )


class DayCount(models.Model):
    """Records of a held reading on one day (London time) by one sender: what a list by day starts from, and what says
    how much contact each account had. `sender` is the place among the reading's senders, as in `Communication`.

    `hours` tell in which hour of that day contacts begin that are known to the minute, as `rules.tallies` packs them.
    """

    source = models.ForeignKey(SourceFile, on_delete=models.CASCADE, related_name="+")
    generation = models.PositiveSmallIntegerField()
    day = models.DateField(null=True)
    sender = models.PositiveIntegerField(default=0)
    channel = models.PositiveSmallIntegerField()
    direction = models.PositiveSmallIntegerField()
    contacts = models.PositiveIntegerField()
    repeats = models.PositiveIntegerField(default=0)
    hours = models.BinaryField(default=b"")
    repeat_hours = models.BinaryField(default=b"")

    objects = DayCountQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("source", "generation", "day")),)


class Exhibits(InCircle["Exhibit"]):
    """Exhibits by who may know of them."""


class Exhibit(Row):
    """A whole file found inside a source: a picture of a zip, a mail's attachment."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="exhibits")
    source = models.ForeignKey(SourceFile, on_delete=models.CASCADE, related_name="exhibits")
    name = SealedField(tier=Tier.NARRATIVE)
    sha256 = SealedField(tier=Tier.NARRATIVE)
    file_key = SealedField(tier=Tier.NARRATIVE)
    address = models.CharField(max_length=40)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=60, default="", blank=True)

    objects = Exhibits.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "address"), name="one_exhibit_of_a_content"),)

    @property
    def book(self) -> UUID:
        """An exhibit is read in its circle's book."""
        return self.circle_id


def held_rows(circle: UUID) -> models.Q:
    """The index rows and day counts of the held readings of a circle; nothing at all where there is none.

    One clause for each generation and not for each file: a case may hold hundreds of files, and in this form both
    databases go straight to the rows by the index that begins with source and generation.
    """
    sources: defaultdict[int, list[int]] = defaultdict(list)
    readings = Reading.objects.filter(circle=circle, state=Reading.State.HELD)
    for source, generation in readings.values_list("source", "generation"):
        sources[generation].append(source)
    held = models.Q(pk__in=())
    for generation, files in sources.items():
        held |= models.Q(generation=generation, source__in=files)
    return held


def these(
    channels: Collection[str] | None, direction: str, senders: Collection[tuple[int, int]] | None = None
) -> models.Q:
    """Index rows, and counts by day, of these channels (None: all) and this direction (empty: every one).

    Of some `senders` (`by_these`) only their contact is asked for: that is what is counted of them, and counts by day
    hold nothing else.
    """
    wanted = models.Q()
    if channels is not None:
        wanted = models.Q(channel__in=[codes.CHANNEL_OF[one] for one in sorted(channels)])
    if direction:
        wanted &= models.Q(direction=codes.DIRECTION_OF[direction])
    if senders is None:
        return wanted
    return wanted & by_these(senders) & models.Q(contact=True)


def by_these(senders: Collection[tuple[int, int]]) -> models.Q:
    """Index rows, and counts by day, of these senders (file, and number among its senders); rows of a log name none."""
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for source, number in sorted(senders):
        numbers[source].append(number)
    mine = models.Q(pk__in=())
    for source, found in numbers.items():
        mine |= models.Q(source=source, sender__in=found)
    return mine & ~models.Q(channel=codes.CHANNEL_OF["log"])
