"""Signatures that are asked for end by themselves: once signed, or once the content is another."""

from __future__ import annotations

from joindots.orders.models import OrderPack, SignatureAsk


def asked_to_sign(row: OrderPack) -> SignatureAsk | None:
    """What of an application waits for a signature, or was handed back and waits for whoever asked."""
    return row.signature_asks.exclude(waits=None).first()


def end_asked(row: OrderPack, *, but: str = "") -> None:
    """Nobody is asked for a signature any more, unless what is to be signed still has the content `but`."""
    waiting = row.signature_asks.exclude(waits=None).exclude(content_hash=but)
    waiting.update(state=SignatureAsk.State.OVER, waits=None)
