"""Releasing a pack for disclosure: asked by one, decided by another, fetched within a week; every fetch is noted."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.agencies.models import Agency
from joindots.chronology import permissions
from joindots.chronology.models import Disclosure
from joindots.chronology.queries.packs import PackFile
from joindots.chronology.rules import release
from joindots.chronology.rules.release import State
from joindots.chronology.tasks import grown_since
from joindots.circles import actions as circles
from joindots.circles.tasks import staff_of
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.people.tasks import only_on_her_side
from joindots.vault import files


@writes(permissions.DISCLOSE, Disclosure)
def ask_release(actor: Actor, row: Disclosure, *, buddy: bool = False) -> UUID:
    """Ask a second person to release exactly these bytes. If nobody answers in time, they are not released."""
    only_on_her_side(actor, row.circle_id)
    agency = Agency.objects.get(pk=actor.agency_id)
    release.can_ask(
        _state(actor, row), fresh=actor.fresh, grown=grown_since(row), wants_buddy=buddy,
        staff=staff_of(agency.pk, actor.at), buddy=agency.buddy_id is not None,
    ).or_raise()  # fmt: skip
    _refuse_changed(actor, row)
    act = circles.ask_release(actor, Ref(row.circle_id), subject=row.pk, content_hash=row.sha256, buddy=buddy)
    row.act, row.state, row.released_at, row.ends_at = act, State.ASKED.value, None, None
    row.save(update_fields=("act", "state", "released_at", "ends_at"))
    actor.record(row.circle_id, "chronology.release_asked", disclosure=row.pk, sha256=row.sha256)
    return act.pk


@makes(permissions.RELEASE)
def decide_release(actor: Actor, *, act: UUID, agreed: bool) -> State:
    """Decide as the second person: of the asker's agency, or of its buddy agency, who learns nothing of the case."""
    row = Disclosure.objects.select_for_update(of=("self",)).select_related("act").filter(act=act).first()
    if row is None or row.act is None:
        raise NotFound
    decided = circles.decide_release(actor, act=act, agreed=agreed)
    same = bool(row.sha256) and decided.content_hash == row.sha256 and decided.subject == row.pk
    now = release.state_at(row.state, actor.at, lapses=decided.expires, ends=row.ends_at)
    release.can_decide(now, fresh=actor.fresh, grown=grown_since(row), agreed=agreed, same=same).or_raise()
    if agreed:
        row.state, row.released_at = State.RELEASED.value, actor.at
        row.ends_at = actor.at + timedelta(days=release.DAYS)
    else:
        row.state = State.REFUSED.value
    row.save(update_fields=("state", "released_at", "ends_at"))
    actor.record(
        row.circle_id, "chronology.released" if agreed else "chronology.release_refused", disclosure=row.pk,
        sha256=row.sha256,
    )  # fmt: skip
    return State(row.state)


@writes(permissions.GET_DISCLOSURE, Disclosure)
def fetch(actor: Actor, row: Disclosure) -> PackFile:
    """A released pack, to be downloaded by somebody who has just given the second factor. Every time is noted."""
    only_on_her_side(actor, row.circle_id)
    release.can_fetch(_state(actor, row), fresh=actor.fresh, grown=grown_since(row)).or_raise()
    if row.act is None or row.act.decision != "agreed" or row.act.content_hash != row.sha256:
        raise RuleBroken(words("another_pack", "This is not the pack that was asked about. It is not released."))
    _refuse_changed(actor, row)
    actor.record(row.circle_id, "chronology.disclosure_fetched", disclosure=row.pk, sha256=row.sha256, size=row.size)
    path, key, size = _place(actor, row)
    name = f"disclosure-{row.circle.case.reference}-{row.made_at:%Y-%m-%d}.zip"
    return PackFile(name, size, lambda: files.open_file(path, key, size))


def _state(actor: Actor, row: Disclosure) -> State:
    return release.state_at(row.state, actor.at, lapses=row.act.expires if row.act else None, ends=row.ends_at)


def _place(actor: Actor, row: Disclosure) -> tuple[Path, bytes, int]:
    path = files.folder() / row.circle_id.hex / row.address
    if not row.address or not path.exists():
        raise NotFound
    return path, base64.b64decode(actor.keys.open(row.file_key)), row.size


def _refuse_changed(actor: Actor, row: Disclosure) -> None:
    """RuleBroken unless the bytes at rest are those of the SHA-256 that two people agree to."""
    path, key, size = _place(actor, row)
    digest = hashlib.sha256()
    with files.open_file(path, key, size) as stream:
        while piece := stream.read(files.CHUNK):
            digest.update(piece)
    if digest.hexdigest() != row.sha256:
        raise RuleBroken(
            words("pack_changed", "The pack at rest is not the one that was checked. Make it again, and tell whoever "
                  "looks after this system.")
        )  # fmt: skip
