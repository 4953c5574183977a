"""A colleague is asked for the next signature of an application, and signs, or hands it back with a reason."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.orders import permissions, tasks
from joindots.orders.models import OrderPack, SignatureAsk
from joindots.orders.queries.packs import pack
from joindots.orders.queries.papers import gaps_in, signatures
from joindots.orders.rules import papers, signing
from joindots.orders.tasks.keeping import colleagues
from joindots.orders.tasks.signing import end_asked


@writes(permissions.SIGN_PACK, OrderPack)
def ask_to_sign(actor: Actor, row: OrderPack, *, step: str, whom: UUID | None, content: str) -> None:
    """Ask a colleague to sign what was seen as the next step: from now on it stands on their Today.

    One is asked at a time: whoever was asked before is asked no more.
    """
    tasks.refuse_closed(row.circle_id)
    now = papers.hash_of(pack.run(actor, row).draft)
    found = next((one for one in colleagues(actor, row.circle_id) if one.pk == whom), None)
    stops = sum(1 for one in gaps_in.run(actor, row) if one.stops)
    signing.can_ask(
        step, signatures.run(actor, row), content=now, seen=content, stops=stops, whom=found.user_id if found else None
    ).or_raise()
    assert found is not None
    end_asked(row)
    SignatureAsk.objects.create(
        circle_id=row.circle_id, pack=row, step=step, content_hash=now, whom=found, waits=found,
        by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.record(row.circle_id, "orders.signature_asked", pack=row.pk, step=step, whom=found.pk)


@writes(permissions.SIGN_PACK, OrderPack)
def hand_back(actor: Actor, row: OrderPack, *, why: str) -> None:
    """Hand an application back unsigned: it stands on the Today of whoever asked, until they change it or ask again."""
    tasks.refuse_closed(row.circle_id)
    one = row.signature_asks.filter(state=SignatureAsk.State.ASKED).first()
    signing.can_hand_back(mine=one is not None and one.waits_id == actor.membership_id, why=why).or_raise()
    assert one is not None
    one.state, one.waits_id, one.back_at = SignatureAsk.State.BACK, one.by_id, actor.at
    actor.keys.seal(one, back_why=why.strip())
    one.save()
    actor.record(row.circle_id, "orders.signature_handed_back", pack=row.pk, step=one.step)
