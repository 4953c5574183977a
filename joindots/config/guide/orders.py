"""The lives of orders as pictures and as tables, from the two tables that decide them."""

from __future__ import annotations

from collections.abc import Iterator

from joindots.law.life import IN_FORCE, SAID, STAGES, Life, Step, Table, reachable, step_of, steps


def section() -> str:
    """The order's part of the page of states."""
    head = (
        "## A stalking protection order\n\nInterim and full order are one life. The picture shows how far it has come; "
        "what is asked of a court meanwhile (variation, renewal, discharge, appeals) and the notification stand beside "
        "it. Every pair of a state and an event that no row allows is refused by a sentence. After * the person "
        "protected is told first, by safe contact, or the reason why not is recorded."
    )
    other = (
        "## Any other order, notice or bail\n\nOne simpler life for every other kind. A row that names kinds is for "
        "these alone. After * the person protected is told first, by safe contact, or the reason why not is recorded."
    )
    parts = [head, _picture(), _rows(), _stages(), other, _picture("order_life"), _rows("order_life")]
    return "\n\n".join(parts) + "\n"


def _picture(by: Table = "spo_life") -> str:
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> considered"]
    for one in steps(by).values():
        if one.to_stage:
            lines += [f"    {stage} --> {one.to_stage}: {one.label}" for stage in one.stages.split()]
    return "\n".join([*lines, "```"])


def _rows(by: Table = "spo_life") -> str:
    rows = ["| event | from | while | to | changes beside it | only if | written down | source |", "| --- " * 8 + "|"]
    rows += [f"| {' | '.join(_cells(one))} |" for one in steps(by).values()]
    return "\n".join(rows)


def _cells(one: Step) -> Iterator[str]:
    yield f"{one.label}{' *' if one.tell_first else ''} (`{one.event}`)"
    yield one.stages.replace(" ", ", ")
    yield "; ".join([*([_kinds(one)] if one.kinds else []),
                     *([f"notification {one.notification}"] if one.notification else []),
                     *([f"{one.needs} open"] if one.needs else [])])  # fmt: skip
    yield one.to_stage or "the same"
    yield "; ".join([*([f"notification {one.to_notification}"] if one.to_notification else []),
                     *([f"opens {one.opens}"] if one.opens else []),
                     *([f"closes {one.closes.replace(' ', ', ')}"] if one.closes else [])])  # fmt: skip
    yield one.guard
    yield one.records
    yield one.source + (f" ({one.mark})" if one.verify else "")


def _kinds(one: Step) -> str:
    """The kinds that alone have a row, or that have it not."""
    named = [f"`{code}`" for code in one.kinds.removeprefix("not ").split()]
    return ("every kind but " if one.kinds.startswith("not ") else "only ") + ", ".join(named)


def _stages() -> str:
    rows = ["| state | it is | binds its subject | what can follow, at some point of it |", "| --- | --- | --- | --- |"]
    for stage in STAGES:
        lives = [life for life in reachable() if life.stage == stage]
        binds = "yes" if stage in IN_FORCE else "no"
        rows.append(f"| {stage} | {SAID[stage]} | {binds} | {', '.join(_following(lives)) or 'nothing'} |")
    return "\n".join(rows)


def _following(lives: list[Life]) -> Iterator[str]:
    for event in dict.fromkeys(one.event for one in steps().values()):
        if any(step_of(life, event) for life in lives):
            yield f"`{event}`"
