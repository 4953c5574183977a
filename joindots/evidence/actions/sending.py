"""A large file sent in pieces: begun, or gone on with after a lost connection, and brought in when it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import permissions, pieces, rules
from joindots.evidence.actions.arriving import Arrived, bring_in
from joindots.evidence.models import Sending
from joindots.evidence.pieces import Piece
from joindots.kernel.problems import NotFound, OutOfDate
from joindots.kernel.words import words
from joindots.vault.files import SealedFile

PIECE = 8 << 20
"""Bytes of a piece: what a lost connection can cost at most."""
KEPT = timedelta(hours=20)
"""How long a file that is not whole waits for the rest. Its pieces are swept a day after they came."""
MOST_AT_ONCE = 20
"""Files of one person and case that may be on their way; older ones are let go."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A file on its way: its id, how much of it has come, and whether that is all."""

    id: UUID
    come: int
    whole: bool = False


@writes(permissions.BRING_IN, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def begin_sending(actor: Actor, case: Case, *, name: str, size: int, mark: str, most: int) -> Begun:
    """Begin to take a file of so many bytes, or say how much of it has come already.

    The same file is one of the same name, size and last change (`mark`), sent by the same person into the same case.
    """
    rules.can_send(name, size, most).or_raise()
    mine = Sending.objects.filter(circle=case.circle_id, by=actor.membership_id).order_by("-at")
    for old in [*mine.filter(at__lt=actor.at - KEPT), *mine[MOST_AT_ONCE:]]:
        _drop(actor, old)
    show = actor.keys.open
    for row in mine.filter(size=size):
        if show(row.name) == rules.tidy_name(name) and show(row.mark) == mark[:60] and _whole(actor, row):
            actor.record(case.circle_id, "evidence.sending_goes_on", come=row.come)
            return Begun(row.pk, row.come)
    row = Sending(circle_id=case.circle_id, by_id=actor.membership_id, at=actor.at, size=size)
    actor.keys.seal(row, name=rules.tidy_name(name), mark=mark[:60])
    actor.keys.seal_bytes(row, "pieces", pieces.encoded([]))
    row.save(force_insert=True)
    actor.record(case.circle_id, "evidence.sending_begun", size=size)
    return Begun(row.pk, 0)


@writes(permissions.BRING_IN, Sending)
def keep_piece(actor: Actor, row: Sending, *, begins: int, sealed: SealedFile) -> Begun:
    """Keep the next piece. OutOfDate, with where to go on, if it does not begin where the last one ended."""
    _mine(actor, row)
    if begins != row.come or row.come + sealed.size > row.size or not sealed.size:
        raise OutOfDate(
            words("piece_elsewhere", "{come} bytes of the file have come. Go on from there.", come=row.come)
        )
    come = [*_pieces(actor, row), pieces.set_aside(sealed)]
    row.come += sealed.size
    row.at = actor.at
    actor.keys.seal_bytes(row, "pieces", pieces.encoded(come))
    row.save()
    actor.record(row.circle_id, "evidence.piece_kept", come=row.come, size=row.size)
    return Begun(row.pk, row.come, row.come == row.size)


@writes(permissions.BRING_IN, Sending)
def end_sending(actor: Actor, row: Sending, *, sealed: SealedFile, ask: bool = False) -> Arrived:
    """Bring in the whole file, `sealed` anew from its pieces, and let these go."""
    _mine(actor, row)
    if sealed.size != row.size:
        raise OutOfDate(words("piece_missing", "The file has not come whole. Send it again."))
    reference = Case.objects.get(circle=row.circle_id).reference
    arrived: Arrived = bring_in(actor, Ref(reference), name=actor.keys.open(row.name), sealed=sealed, ask=ask)
    _drop(actor, row)
    actor.record(row.circle_id, "evidence.sending_ended", size=sealed.size)
    return arrived


def _mine(actor: Actor, row: Sending) -> None:
    """What one person sends is nobody else's to go on with."""
    if row.by_id != actor.membership_id:
        raise NotFound


def _pieces(actor: Actor, row: Sending) -> list[Piece]:
    return pieces.decoded(actor.keys.open_bytes(row.pieces))


def _whole(actor: Actor, row: Sending) -> bool:
    """Whether all that has come is still there."""
    return all(one.path.exists() for one in _pieces(actor, row))


def _drop(actor: Actor, row: Sending) -> None:
    """The pieces go when all is committed: killed before that, the file is still there to be brought in."""
    for one in _pieces(actor, row):
        transaction.on_commit(partial(one.path.unlink, missing_ok=True))
    row.delete()
