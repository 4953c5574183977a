"""How people are reached: each version of a card, the code word, and every check of who a caller is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.circles.models import Circle, InCircle
from joindots.people.models.persons import Person
from joindots.people.rules.callers import OUTCOME_WORDS
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass


class SafeContact(Row):
    """One version of how a person may be reached: everything in it is contact tier. It is never changed, only followed.

    `card` is a `rules.reaching.Card`. Versions kept before there were cards have none: what they say stands in
    `number`, `times`, `address`, `say` and the four flags, and is read as a card that was told in words alone.
    """

    class Change(models.TextChoices):
        TOLD = "told", "as told"
        CONFIRMED = "confirmed", "asked again, and still so"
        PROVED = "proved", "a way was confirmed by a round trip"
        MOVED = "moved", "the address changed"
        KNOWN = "known", "a way turned out to be the person reported’s"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="safe_contacts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    change = models.CharField(max_length=9, default=Change.TOLD, choices=Change.choices)
    card = SealedField(tier=Tier.CONTACT)
    number = SealedField(tier=Tier.CONTACT)
    times = SealedField(tier=Tier.CONTACT)
    address = SealedField(tier=Tier.CONTACT)
    say = SealedField(tier=Tier.CONTACT)
    text_ok = models.BooleanField(default=False)
    call_ok = models.BooleanField(default=False)
    voicemail_ok = models.BooleanField(default=False)
    post_ok = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    """The day from which it should be asked about again."""

    SEAL_OWNER: ClassVar[str] = "person_id"
    SEAL_BOOK: ClassVar[str] = "agency_id"

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "seq"), name="versions_of_a_card_in_order"),
            models.UniqueConstraint(fields=("person",), condition=Q(current=True), name="one_card_counts"),
        )
        indexes = (
            models.Index(fields=("person", "current"), name="card_that_counts"),
            models.Index(fields=("person",), condition=Q(current=True, change="known"), name="cards_with_a_known_way"),
        )


class CodeWord(Row):
    """The word by which a person is known on the telephone, as a slow hash under a seal: it is checked, never shown.

    `duress` is the other word: it fits too, and says that somebody is listening or forcing them.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="code_word")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    word = SealedField(tier=Tier.CONTACT)
    duress = SealedField(tier=Tier.CONTACT)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    SEAL_OWNER: ClassVar[str] = "person_id"
    SEAL_BOOK: ClassVar[str] = "agency_id"


class CallerCheckQuerySet(InCircle["CallerCheck"]):
    """Checks by who may know of them."""


class CallerCheck(Row):
    """That somebody said they were the person, and how the check ended. `alerts`: the case team must hear of it."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="caller_checks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="caller_checks")
    outcome = models.CharField(max_length=8, choices=list(OUTCOME_WORDS.items()))
    note = SealedField(tier=Tier.CONTACT)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    alerts = models.BooleanField(default=False)
    rang = models.BooleanField(default=False)
    """We rang them by the safe way; otherwise somebody rang in."""
    due_on = models.DateField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CallerCheckQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("person", "at"), name="checks_of_a_person"),
            models.Index(fields=("due_on",), condition=Q(alerts=True, seen_at=None), name="callers_to_look_at_by_day"),
        )

    @property
    def book(self) -> UUID:
        """A check is read in its circle's book."""
        return self.circle_id
