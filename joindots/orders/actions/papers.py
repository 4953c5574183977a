"""The papers of an application: signed by a chain, made as long work, checked, fetched, and noted as sent."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.chronology.queries.packs import PackFile as Leaving
from joindots.chronology.tasks import marked_since
from joindots.jobs import actions as jobs
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.orders import permissions, rules, tasks
from joindots.orders.models import OrderPack, PackPaper, PackSending, PackSignature
from joindots.orders.queries.packs import pack
from joindots.orders.queries.papers import gaps_in, signatures
from joindots.orders.rules import papers, signing
from joindots.orders.rules.enclosing import BUNDLES
from joindots.orders.rules.papers import Printed
from joindots.orders.tasks.papers import drop_files, grown, keep_files
from joindots.orders.tasks.signing import end_asked
from joindots.vault import files
from joindots.vault.files import SealedFile

MAKE = "orders.papers"
NAMES: Mapping[str, tuple[str, str]] = {
    "bundle": ("application", "pdf"), "service": ("copy-to-serve", "pdf"), "word": ("application", "docx"),
    **{what: (name, "zip") for what, name in BUNDLES.items()},
}  # fmt: skip
"""How each file is called when it leaves. It names nobody."""


@writes(permissions.SIGN_PACK, OrderPack)
def sign(actor: Actor, row: OrderPack, *, step: str, name: str, content: str) -> None:
    """Sign exactly the content that was seen, as the next step of the chain. Any change of the draft voids it."""
    tasks.refuse_closed(row.circle_id)
    view = pack.run(actor, row)
    now = papers.hash_of(view.draft)
    stops = sum(1 for one in gaps_in.run(actor, row) if one.stops)
    signing.can_sign(
        step, actor.user_id, name, signatures.run(actor, row), content=now, seen=content, stops=stops, fresh=actor.fresh
    ).or_raise()
    one = PackSignature(
        circle_id=row.circle_id, pack=row, step=step, content_hash=now, by_id=actor.membership_id, at=actor.at
    )
    actor.keys.seal(one, name=name.strip())
    one.save(force_insert=True)
    end_asked(row)
    actor.record(row.circle_id, "orders.pack_signed", pack=row.pk, step=step, content=now)


@writes(permissions.DRAFT_PACK, OrderPack)
def ask_for_papers(actor: Actor, row: OrderPack, *, final: bool = False) -> UUID:
    """Queue the making of the papers of the draft as it stands; the job's id.

    The same content keeps its number and gives the same bytes. Final papers are made once the chain has signed.
    """
    tasks.refuse_closed(row.circle_id)
    view = pack.run(actor, row)
    now, signed = papers.hash_of(view.draft), signatures.run(actor, row)
    leaking = sum(1 for one in gaps_in.run(actor, row) if one.leak and one.stops)
    signing.can_print(final=final, stops=leaking, signed=signing.whole(signed, now)).or_raise()
    last = row.papers.order_by("-draft", "final").first()
    number = 1 if last is None else last.draft + (last.content_hash != now)
    paper = row.papers.filter(draft=number, final=final).first()
    if paper is None:
        before = row.papers.filter(draft=number).first()
        at = papers.read(actor.keys.open(before.content)).at if before else view.changed
        paper = PackPaper(circle_id=row.circle_id, pack=row, draft=number, final=final, content_hash=now)
        chain = signing.standing(signed, now)
        names = tuple(
            f"{chain[step].name}, {says}, {_day(chain[step].at.date())}"
            for step, says in signing.STEPS.items()
            if step in chain
        )
        printed = Printed(view.draft, number, at, final, names if final else ())
        actor.keys.seal(paper, content=papers.sealed(printed))
    elif PackSending.objects.filter(paper=paper).exists():
        raise RuleBroken(
            words("papers_sent", "These papers were sent and stay as they are. Change the draft to make others.")
        )
    drop_files(paper)
    paper.enclosed, paper.enclosed_at = "", None
    paper.state, paper.hits, paper.by_id, paper.at = "making", [], actor.membership_id, actor.at
    paper.save()
    actor.record(row.circle_id, "orders.papers_asked", paper=paper.pk, draft=number, final=final)
    return jobs.start(actor, Ref(row.circle_id), kind=MAKE, subject=str(paper.pk))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@writes(permissions.DRAFT_PACK, PackPaper)
def keep_papers(actor: Actor, row: PackPaper, *, sealed: Mapping[str, SealedFile]) -> None:
    """Keep what was made and found clean: from now on it can be fetched. What two workers made at once is kept once."""
    if row.state != "making":
        for file in sealed.values():
            file.path.unlink(missing_ok=True)
        actor.record(row.circle_id, "orders.papers_made", paper=row.pk, draft=row.draft, again=True)
        return
    keep_files(actor, row, sealed)
    row.state = "ready"
    row.save(update_fields=("state",))
    actor.record(row.circle_id, "orders.papers_made", paper=row.pk, draft=row.draft, final=row.final)


@writes(permissions.DRAFT_PACK, PackPaper)
def block_papers(actor: Actor, row: PackPaper, *, hits: tuple[tuple[str, str], ...]) -> None:
    """Note where the leak check found something in what was made. Not a byte of it is kept."""
    drop_files(row)
    row.state, row.hits = "blocked", [list(one) for one in hits]
    row.save(update_fields=("state", "hits"))
    actor.record(row.circle_id, "orders.papers_blocked", paper=row.pk, hits=len(hits))


@writes(permissions.DRAFT_PACK, PackPaper)
def forget_papers(actor: Actor, row: PackPaper) -> None:
    """Leave the making of papers: nothing of them is kept but that they were asked for."""
    drop_files(row)
    row.state = "stopped"
    row.save(update_fields=("state",))
    actor.record(row.circle_id, "orders.papers_forgotten", paper=row.pk)


@writes(permissions.DRAFT_PACK, PackPaper)
def fetch_papers(actor: Actor, row: PackPaper, *, what: str) -> Leaving:
    """A file of the papers, to be downloaded; every time is noted. Refused once what must not leave has grown."""
    one = row.files.filter(what=what).first() if row.state == "ready" and what in NAMES else None
    path = files.folder() / row.circle_id.hex / one.address if one else None
    if one is None or path is None or not path.exists():
        raise NotFound
    if grown(row.circle_id, row.at):
        raise RuleBroken(
            words(
                "papers_grown",
                "After these papers were made, something was added to what must never leave, or kept out of "
                "disclosure. Make them again.",
            )
        )
    if what in BUNDLES and (row.enclosed_at is None or marked_since(row.circle_id, row.enclosed_at)):
        raise RuleBroken(
            words("bundle_marked", "After this bundle was made, something was kept out of disclosure. Make it again.")
        )
    if (row.final or what in BUNDLES) and not actor.fresh:
        raise RuleBroken(words("not_fresh", "Give your second factor again first: what leaves needs it fresh."))
    actor.record(row.circle_id, "orders.papers_fetched", paper=row.pk, what=what, draft=row.draft, final=row.final)
    key, size, (name, ending) = base64.b64decode(actor.keys.open(one.file_key)), one.size, NAMES[what]
    stamp = "final" if row.final else f"draft-{row.draft}"
    return Leaving(f"{name}-{stamp}.{ending}", size, lambda: files.open_file(path, key, size))


@writes(permissions.SEND_PACK, PackPaper)
def note_sent(actor: Actor, row: PackPaper, *, on: date, to: str, how: str) -> None:
    """Write down that final papers were sent: to whom, when and how. Nothing sends itself."""
    tasks.refuse_closed(row.circle_id)
    rules.can_be_on(on, london_day(actor.at)).or_raise()
    now = papers.hash_of(pack.run(actor, row.pack).draft)
    signing.can_send(
        final=row.final, ready=row.state == "ready", grown=grown(row.circle_id, row.at),
        current=row.content_hash == now, to=to,
    ).or_raise()  # fmt: skip
    rules.can_say(how, signing.MOST_SENT).or_raise()
    sent = PackSending(circle_id=row.circle_id, pack=row.pack, paper=row, on=on, by_id=actor.membership_id, at=actor.at)
    actor.keys.seal(sent, to=to.strip(), how=how.strip())
    sent.save(force_insert=True)
    actor.record(row.circle_id, "orders.pack_sent", pack=row.pack_id, paper=row.pk)
