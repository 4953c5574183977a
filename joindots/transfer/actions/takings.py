"""Taking out all that an agency owns: asked by one, agreed by another, made, and handed over once."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.audit.chain import canonical
from joindots.circles import actions as circles
from joindots.circles import rules as circle_rules
from joindots.circles.models import Side, Standing
from joindots.jobs import actions as jobs
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.transfer import permissions, queries
from joindots.transfer.models import TakeOut
from joindots.transfer.rules.states import OutState, can_make, can_take_out, out_can
from joindots.vault import files
from joindots.vault.files import SealedFile
from joindots.vault.models import Tier

OUT = "transfer.out"


@dataclass(frozen=True, slots=True)
class Handed:
    """The one copy of a taking out, opened for its one download; its place in the store is empty already."""

    name: str
    size: int
    stream: BinaryIO = field(repr=False)


@makes(permissions.TAKE_OUT)
def ask(actor: Actor) -> UUID:
    """Ask to take out all that the agency owns. Those who may decide stand on both sides of its circle, read-only."""
    can_take_out(fresh=actor.fresh).or_raise()
    deciding = queries.deciders(actor)
    if not deciding:
        raise RuleBroken(
            words(
                "nobody_decides",
                "Nobody else can agree to this: your agency has no other team lead or privacy officer, and no buddy "
                "agency. Ask whoever looks after this system to name a buddy agency.",
            )
        )
    circle = circles.open_circle(actor, purpose=circle_rules.TAKE_OUT_PURPOSE)
    for one in deciding:
        circles.bring_in(
            actor, Ref(circle.pk), membership=one.membership, side=Side.BOTH, basis=Standing.Basis.SHARE,
            purpose="second person",
        )  # fmt: skip
    row = TakeOut(circle=circle, asked_by_id=actor.membership_id, asked_at=actor.at)
    actor.keys.seal(row, sha256="", file_key="")
    row.act_id = circles.ask_second(actor, Ref(circle.pk), act=circle_rules.TAKE_OUT, content_hash=_content(row))
    row.save(force_insert=True)
    actor.record(actor.agency_id, "transfer.out_asked", book_kind="agency", out=row.pk)
    return row.pk


@writes(permissions.DECIDE_TAKE_OUT, TakeOut, when=lambda row: out_can(row.state, OutState.MAKING))
def decide(actor: Actor, row: TakeOut, *, agreed: bool) -> str:
    """Say yes or no as the second person."""
    can_take_out(fresh=actor.fresh).or_raise()
    _refuse_another_content(row)
    told = circles.decide_second(actor, Ref(row.circle_id), act=row.act_id, agreed=agreed, kind=circle_rules.TAKE_OUT)
    actor.record(row.asked_by.agency_id, "transfer.out_decided", book_kind="agency", out=row.pk, decision=told)
    return told


@writes(permissions.TAKE_OUT, TakeOut, when=lambda row: out_can(row.state, OutState.MAKING))
def make(actor: Actor, row: TakeOut) -> UUID:
    """Queue the making, in the name of who asked, once the second person agreed."""
    _refuse_others(actor, row)
    _refuse_another_content(row)
    can_make(decision=row.act.decision, expired=actor.at >= row.act.expires).or_raise()
    row.state = OutState.MAKING
    row.job = jobs.start(actor, Ref(row.circle_id), kind=OUT, subject=str(row.pk))
    row.save(update_fields=("state", "job"))
    actor.record(actor.agency_id, "transfer.out_begun", book_kind="agency", out=row.pk)
    return row.job


@writes(permissions.TAKE_OUT, TakeOut, when=lambda row: out_can(row.state, OutState.READY))
def stand_in(actor: Actor, row: TakeOut) -> int:
    """Give who asked a reason to know of the next circles of the agency. How many are left."""
    _refuse_others(actor, row)
    return circles.stand_in_all(actor, Ref(row.circle_id), agreed_act=row.act_id)


@writes(permissions.TAKE_OUT, TakeOut)
def stand_aside(actor: Actor, row: TakeOut) -> int:
    """End what `stand_in` gave. How many are left."""
    _refuse_others(actor, row)
    return circles.stand_aside(actor, Ref(row.circle_id))


@writes(permissions.TAKE_OUT, TakeOut, when=lambda row: out_can(row.state, OutState.READY))
def keep_made(actor: Actor, row: TakeOut, *, sealed: SealedFile, counts: dict[str, int]) -> None:
    """Keep what was made: from now on who asked can fetch it, once."""
    _refuse_others(actor, row)
    owner_key = actor.keys.cabinet.key_or_new(row.circle_id, Tier.CONTACT, actor.at)
    row.address = files.settle(sealed, row.circle_id, owner_key).name
    row.state, row.ready_at, row.size, row.counts = OutState.READY, actor.at, sealed.size, counts
    actor.keys.seal(row, sha256=sealed.sha256, file_key=base64.b64encode(sealed.key).decode())
    row.save()
    actor.record(row.circle_id, "transfer.out_made", out=row.pk, sha256=sealed.sha256, size=sealed.size)
    actor.record(
        actor.agency_id, "transfer.out_made", book_kind="agency", out=row.pk, sha256=sealed.sha256,
        cases=counts.get("cases", 0), originals=counts.get("originals", 0), records=counts.get("records", 0),
    )  # fmt: skip


@writes(permissions.TAKE_OUT, TakeOut, when=lambda row: out_can(row.state, OutState.READY))
def give_up(actor: Actor, row: TakeOut) -> None:
    """The making was stopped: nothing of it is kept, and it can be begun again while the agreement holds."""
    _refuse_others(actor, row)
    row.state = OutState.ASKED
    row.save(update_fields=("state",))
    actor.record(row.circle_id, "transfer.out_stopped", out=row.pk)


@writes(permissions.TAKE_OUT, TakeOut, when=lambda row: out_can(row.state, OutState.TAKEN))
def hand_over(actor: Actor, row: TakeOut) -> Handed:
    """The file, once, for who asked and proved it afresh: its place and its key are emptied as it leaves."""
    _refuse_others(actor, row)
    can_take_out(fresh=actor.fresh).or_raise()
    path = files.folder() / row.circle_id.hex / row.address
    key = base64.b64decode(actor.keys.open(row.file_key))
    handed = Handed(f"agency-{row.asked_at:%Y-%m-%d}.zip", row.size, files.open_file(path, key, row.size))
    row.state, row.taken_at, row.address = OutState.TAKEN, actor.at, ""
    actor.keys.seal(row, file_key="")
    row.save(update_fields=("state", "taken_at", "address", "file_key"))
    # The open stream outlives the name; nobody else can open it any more.
    transaction.on_commit(partial(path.unlink, missing_ok=True))
    actor.record(row.circle_id, "transfer.out_taken", out=row.pk, size=row.size)
    actor.record(actor.agency_id, "transfer.out_taken", book_kind="agency", out=row.pk, size=row.size)
    return handed


def _content(row: TakeOut) -> str:
    """What exactly is agreed to: everything, of this agency, by this person, in this taking out."""
    bound = {"out": str(row.pk), "by": str(row.asked_by_id), "agency": str(row.circle.agency_id), "what": "everything"}
    return hashlib.sha256(canonical(bound)).hexdigest()


def _refuse_another_content(row: TakeOut) -> None:
    if row.act.content_hash != _content(row):
        raise RuleBroken(words("another_content", "This is not what was asked. Ask again."))


def _refuse_others(actor: Actor, row: TakeOut) -> None:
    """Nobody but who asked makes or fetches it: to anybody else it is as if it were not there."""
    if row.asked_by_id != actor.membership_id:
        raise NotFound
