"""When the orders and bail of a case bind, as its timeline shows them, and the acts that lie inside by their dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle
from joindots.kernel.dots import Binds, Dated, Term
from joindots.kernel.when import london_day
from joindots.law.counting import day_said
from joindots.law.episode import Binding, Episode
from joindots.orders import permissions, tasks
from joindots.orders.models import Order
from joindots.orders.queries.life import OrderLine
from joindots.orders.rules import watch as rules
from joindots.orders.rules.watch import Span
from joindots.orders.tasks.watch import binds_until, marks_near, standing_conditions

BAIL = frozenset({"bail_pre", "bail_post"})


@reads_one(permissions.SEE_ORDERS, Circle)
def course(actor: Actor, circle: Circle, *, terms: bool) -> tuple[Binds, ...]:
    """Each order as it was made, with its days in words: with its conditions, as far as it is looked after here; or
    else with its acts, which only those have for whom order watch is open.
    """
    rows = list(Order.objects.filter(circle=circle).order_by("considered_on", "id"))
    rows = [row for row in rows if not terms or row.told_on is None]
    steps = tasks.steps_of(row.pk for row in rows)
    return tuple(one for row in rows for one in _of(actor, row, tasks.episode_of(row, steps[row.pk]), terms))


def _of(actor: Actor, row: Order, episode: Episode, terms: bool) -> Iterator[Binds]:
    bound = tasks.spans(row, episode)
    line = OrderLine.of(actor, row, episode)
    acts = [*_dated(actor, row, bound)] if not terms and actor.may(permissions.SEE_WATCH) else []
    said = tuple(_terms(actor, row)) if terms else ()
    for binding, span in zip(episode.bindings, bound, strict=True):
        name = f"Interim {line.label[0].lower()}{line.label[1:]}" if binding.interim else line.label
        yield Binds(
            name, "Interim order" if binding.interim else line.label.removesuffix(" conditions"),
            f"{name}: {_says(line, binding, span)}", row.kind in BAIL, binding.made,
            london_day(span.served[0]) if span.served else None, span.last, f"/orders/{row.pk}/",
            tuple(one for one in acts if rules.placed(one.when, (span,)) is not None), said,
        )  # fmt: skip


def _terms(actor: Actor, row: Order) -> Iterator[Term]:
    for one in standing_conditions(row):
        yield Term(actor.keys.open(one.text), one.since, binds_until(one))


def _dated(actor: Actor, row: Order, bound: Sequence[Span]) -> Iterator[Dated]:
    """Every record by its own time; none where that time does not tell."""
    for one in marks_near(actor, row, bound):
        placed = rules.placed(one.when, bound)
        if placed is not None and placed.label is not None:
            yield Dated(one.entry, one.source, one.seq, one.when, one.channel, one.kinds, one.doer, one.direction,
                        one.talk[0], placed.label)  # fmt: skip


def _says(line: OrderLine, binding: Binding, span: Span) -> str:
    """The days of one order: made, served or known, and its end."""
    known = "not written down as served"
    if span.served:
        served = binding.served is not None and span.served_says.startswith(day_said(binding.served))
        known = f"{'served' if served else 'known'} {span.served_says}"
    if span.last:
        last = f"last day {day_said(span.last)}"
    else:
        last = "until further order" if line.until_further_order else "no last day written down"
    told = f"; as told by {line.told_by}" if line.told_by else ""
    return f"made {span.made_says}, {known}, {last}{told}"
