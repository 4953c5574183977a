"""Copies of exhibits beside an application's papers: asked for as long work, kept once found clean, or blocked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.jobs import actions as jobs
from joindots.orders import permissions, tasks
from joindots.orders.models import PackPaper, PackSending
from joindots.orders.queries.packs import pack
from joindots.orders.rules import enclosing, papers
from joindots.orders.rules.enclosing import BUNDLES
from joindots.orders.tasks.papers import drop_files, grown, keep_files
from joindots.vault.files import SealedFile

ENCLOSE = "orders.enclose"


@writes(permissions.ENCLOSE, PackPaper)
def ask_to_enclose(actor: Actor, row: PackPaper) -> UUID:
    """Queue the making of the bundles with copies of the exhibits; the job's id.

    By whoever may see the files: what is copied is then handed on by whoever drafts.
    """
    tasks.refuse_closed(row.circle_id)
    draft = pack.run(actor, row.pack).draft
    enclosing.can_enclose(
        ready=row.state == "ready" and row.enclosed != "making", grown=grown(row.circle_id, row.at),
        current=row.content_hash == papers.hash_of(draft), sent=PackSending.objects.filter(paper=row).exists(),
        any_shown=bool(enclosing.shown(draft)),
    ).or_raise()  # fmt: skip
    drop_files(row, BUNDLES)
    row.enclosed, row.hits, row.enclosed_at = "making", [], None
    row.save(update_fields=("enclosed", "hits", "enclosed_at"))
    actor.record(row.circle_id, "orders.enclose_asked", paper=row.pk, draft=row.draft, final=row.final)
    return jobs.start(actor, Ref(row.circle_id), kind=ENCLOSE, subject=str(row.pk))


@writes(permissions.ENCLOSE, PackPaper)
def keep_bundles(
    actor: Actor, row: PackPaper, *, at: datetime, sealed: Mapping[str, SealedFile], told: tuple[tuple[str, str], ...]
) -> None:
    """Keep the bundles as they were gathered at a moment; `told` is each exhibit and what became of it."""
    if row.enclosed != "making":
        for file in sealed.values():
            file.path.unlink(missing_ok=True)
        actor.record(row.circle_id, "orders.enclosed", paper=row.pk, again=True)
        return
    keep_files(actor, row, sealed)
    row.enclosed, row.enclosed_at = "ready", at
    actor.keys.seal(row, enclosing=msgspec.json.encode(told).decode())
    row.save(update_fields=("enclosed", "enclosed_at", "enclosing"))
    actor.record(row.circle_id, "orders.enclosed", paper=row.pk, draft=row.draft, exhibits=len(told))


@writes(permissions.ENCLOSE, PackPaper)
def block_bundles(actor: Actor, row: PackPaper, *, hits: tuple[tuple[str, str], ...]) -> None:
    """Note where the leak check found something in the copies. Not a byte of them is kept."""
    drop_files(row, BUNDLES)
    row.enclosed, row.hits = "blocked", [list(one) for one in hits]
    row.save(update_fields=("enclosed", "hits"))
    actor.record(row.circle_id, "orders.enclose_blocked", paper=row.pk, hits=len(hits))


@writes(permissions.ENCLOSE, PackPaper)
def forget_bundles(actor: Actor, row: PackPaper) -> None:
    """Leave the making of the bundles: the papers stay as they are."""
    drop_files(row, BUNDLES)
    row.enclosed = "stopped"
    row.save(update_fields=("enclosed",))
    actor.record(row.circle_id, "orders.enclose_forgotten", paper=row.pk)
