"""The papers of an application as their reader may see them: what was made and found, who signed, what was sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import REPORTED
from joindots.casework.models import Case
from joindots.chronology import queries as chronology
from joindots.chronology.tasks import marked_since
from joindots.circles.models import Circle
from joindots.documents.leaks.protected import Protected
from joindots.kernel.dots import Due, Reason
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.orders import permissions
from joindots.orders.models import OrderPack, PackPaper, SignatureAsk
from joindots.orders.queries.packs import PackView, never_named, pack
from joindots.orders.rules import drafting, enclosing, leaking, papers, signing
from joindots.orders.rules.drafting import Gap
from joindots.orders.rules.papers import Printed
from joindots.orders.rules.signing import Signed
from joindots.orders.tasks.keeping import colleagues
from joindots.orders.tasks.papers import grown
from joindots.people import queries as people
from joindots.vault import files


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of the papers, and its hash."""

    what: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """One making of papers: which draft, how far it is, what the leak check found, and its files."""

    id: UUID
    order: UUID
    pack: UUID
    draft: int
    final: bool
    state: str
    current: bool
    """Whether the draft still is what these papers say."""
    grown: bool
    by: str
    at: datetime
    hits: tuple[tuple[str, str], ...]
    files: tuple[FileView, ...]
    enclosed: str
    """How far the bundles with exhibits are: `making`, `ready`, `blocked`, `stopped`; empty where not asked for."""
    exhibits: tuple[tuple[str, str], ...]
    """Each exhibit of the bundles by its reference, and what became of it."""
    marked: bool
    """Whether something was kept out of disclosure since they were made."""
    shows: int
    """How many exhibits the papers name."""


@dataclass(frozen=True, slots=True)
class SignedView:
    """A signature as the page shows it; `stands` while the draft is what was signed."""

    step: str
    name: str
    by: str
    at: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class SentView:
    """That papers were sent."""

    on: date
    to: str
    how: str
    by: str
    draft: int


@dataclass(frozen=True, slots=True)
class AskedView:
    """Who is asked for the next signature, or that it was handed back and why."""

    step: str
    whom: str
    by: str
    at: datetime
    mine: bool
    """Whether the reader is asked."""
    back_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an application stands as a whole: its gaps, what changed, who signed, what was made and sent."""

    view: PackView
    gaps: tuple[Gap, ...]
    content: str
    number: int
    changed: tuple[str, ...]
    """What changed since the draft that was printed last."""
    signed: tuple[SignedView, ...]
    next: str
    papers: tuple[PaperView, ...]
    sent: tuple[SentView, ...]
    never_named: int
    asked: AskedView | None = None

    @property
    def stops(self) -> int:
        """How many things stop it from being signed."""
        return sum(1 for one in self.gaps if one.stops)


@reads_one(permissions.SEE_PACK, OrderPack)
def desk(actor: Actor, row: OrderPack) -> Desk:
    """An application as a whole."""
    view = pack.run(actor, row)
    found, now, show = _gaps(actor, view), papers.hash_of(view.draft), actor.keys.open
    made = list(row.papers.select_related("by__user").order_by("-draft", "-final"))
    last = made[0] if made else None
    same = last is not None and last.content_hash == now
    changed = () if last is None or same else papers.differences(papers.read(show(last.content)).draft, view.draft)
    signed = row.signatures.select_related("by__user").order_by("at")
    sent = row.sendings.select_related("by__user", "paper").order_by("at")
    return Desk(
        view, found, now, 1 if last is None else last.draft + (not same), changed,
        tuple(SignedView(one.step, show(one.name), one.by.user.name, one.at, one.content_hash == now)
              for one in signed),
        signing.next_step(signatures.run(actor, row), now), tuple(_paper(actor, one, now) for one in made),
        tuple(SentView(one.on, show(one.to), show(one.how), one.by.user.name, one.paper.draft) for one in sent),
        never_named.run(actor, row), _asked(actor, row),
    )  # fmt: skip


def _asked(actor: Actor, row: OrderPack) -> AskedView | None:
    one = row.signature_asks.exclude(waits=None).select_related("whom__user", "by__user").first()
    if one is None:
        return None
    mine = one.waits_id == actor.membership_id and one.back_at is None
    why = actor.keys.open(one.back_why)
    return AskedView(one.step, one.whom.user.name, one.by.user.name, one.at, mine, one.back_at, why)


@reads_one(permissions.SIGN_PACK, OrderPack)
def who_may_sign(actor: Actor, row: OrderPack) -> tuple[tuple[UUID, str], ...]:
    """Colleagues who can be asked for the next signature: all who work on orders in the case, but its drafter."""
    here = signing.standing(signatures.run(actor, row), papers.hash_of(pack.run(actor, row).draft))
    drafter = here["drafter"].user if "drafter" in here else None
    return tuple((one.pk, one.user.name) for one in colleagues(actor, row.circle_id) if one.user_id != drafter)


@reads(permissions.SIGN_PACK)
def signatures_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[Due, ...]:
    """Applications that wait for the signature of one of these, and those handed back to one of them, oldest first."""
    rows = SignatureAsk.objects.visible_to(actor, picked=True).filter(waits__in=list(whose))
    found = list(rows.select_related("by__user", "whom__user").order_by("at")[:most])
    actor.keys.prepare(row.circle_id for row in found)
    found = [row for row in found if actor.keys.side(row.circle_id) != REPORTED]
    actor.visit.shows(row.circle_id for row in found)
    return tuple(one for one in map(_due, found) if one.on <= until)


def _due(row: SignatureAsk) -> Due:
    link = f"/orders/packs/{row.pack_id}/sign/"
    if row.back_at is not None:
        says = words("due_sign_back", "{whom} handed the application for an order back to you unsigned.",
                     whom=row.whom.user.name)  # fmt: skip
        return Due(row.circle_id, "orders.sign_back", Reason.NEW, london_day(row.back_at), says, link,
                   words("due_sign_back_next", "Read why"))  # fmt: skip
    says = words("due_sign", "{by} asks you to sign the application for an order as {step}.", by=row.by.user.name,
                 step=signing.STEPS[row.step])  # fmt: skip
    return Due(row.circle_id, "orders.sign", Reason.NEW, london_day(row.at), says, link,
               words("due_sign_next", "Read and sign"))  # fmt: skip


@reads_one(permissions.SEE_PACK, PackPaper)
def paper(actor: Actor, row: PackPaper) -> PaperView:
    """One making of papers."""
    return _paper(actor, row, papers.hash_of(pack.run(actor, row.pack).draft))


@reads_one(permissions.ENCLOSE, PackPaper)
def file_bytes(actor: Actor, row: PackPaper, what: str) -> bytes:
    """A file of the papers as it is enclosed in a bundle. NotFound where it is not there."""
    one = row.files.filter(what=what).first()
    if one is None:
        raise NotFound
    path = files.folder() / row.circle_id.hex / one.address
    with files.open_file(path, base64.b64decode(actor.keys.open(one.file_key)), one.size) as stream:
        return stream.read()


@reads_one(permissions.DRAFT_PACK, PackPaper)
def to_print(actor: Actor, row: PackPaper) -> tuple[Printed, Protected]:
    """What is pressed, and all that must not leave with it."""
    printed = papers.read(actor.keys.open(row.content))
    return printed, leaking.protected_of(_words(actor, row.circle_id), printed.draft)


def _paper(actor: Actor, row: PackPaper, now: str) -> PaperView:
    found = sorted(row.files.all(), key=lambda one: one.what)
    return PaperView(
        row.pk, row.pack.order_id, row.pack_id, row.draft, row.final, row.state, row.content_hash == now,
        grown(row.circle_id, row.at), row.by.user.name, row.at,
        tuple((place, says) for place, says in row.hits),
        tuple(FileView(one.what, one.size, actor.keys.open(one.sha256)) for one in found), row.enclosed,
        tuple((reference, says) for reference, says in json.loads(actor.keys.open(row.enclosing) or "[]")),
        row.enclosed_at is not None and marked_since(row.circle_id, row.enclosed_at),
        len(enclosing.shown(papers.read(actor.keys.open(row.content)).draft)),
    )  # fmt: skip


@reads_one(permissions.SEE_PACK, OrderPack)
def gaps_in(actor: Actor, row: OrderPack) -> tuple[Gap, ...]:
    """Everything the check page tells: first what must not leave and where it stands, then what the draft lacks."""
    return _gaps(actor, pack.run(actor, row))


def _gaps(actor: Actor, view: PackView) -> tuple[Gap, ...]:
    listed = _words(actor, view.circle)
    named = leaking.leaks(view.draft, leaking.protected_of(listed, view.draft)) if listed else ()
    return (*named, *leaking.kept_out(view.draft, _marks(actor, view.case)), *drafting.gaps(view.draft))


def _marks(actor: Actor, reference: str) -> dict[str, frozenset[str]]:
    """The words of each entry of the log that are kept out of disclosure; an empty one for all of it."""
    case = Case.objects.filter(reference=reference).first()
    found: dict[str, set[str]] = {}
    for one in chronology.marks_of.run(actor, case) if case else ():
        if one.entry:
            found.setdefault(one.entry, set()).add(one.part)
    return {entry: frozenset(parts) for entry, parts in found.items()}


def _words(actor: Actor, circle: UUID) -> dict[str, str]:
    """All that must not leave the circle, for the leak check alone: whoever drafts need not be able to read it.

    The check says places and kinds and repeats no word.
    """
    found: dict[str, str] = people.protected_words.run(actor, Circle.objects.get(pk=circle))
    return found


@reads_one(permissions.SEE_PACK, OrderPack)
def signatures(actor: Actor, row: OrderPack) -> tuple[Signed, ...]:
    """Every signature ever given, those over earlier drafts too."""
    return tuple(
        Signed(one.step, one.by.user_id, actor.keys.open(one.name), one.at, one.content_hash)
        for one in row.signatures.select_related("by").order_by("at")
    )
