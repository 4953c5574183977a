"""The life of a crime as a picture and as tables, from the one table that decides it."""

from __future__ import annotations

from collections.abc import Iterator

from joindots.law.crime_life import SAID, STAGES, Step, reachable, step_of, steps


def section() -> str:
    """The crime's part of the page of states."""
    head = (
        "## A crime, from the report to the sentence\n\nThe picture shows how far it has come; bail or custody, and a "
        "review or an appeal that is open, stand beside it. Every pair of a state and an event that no row allows is "
        "refused by a sentence. After * the victim is told first, by safe contact, or the reason why not is recorded."
    )
    return f"{head}\n\n{_picture()}\n\n{_rows()}\n\n{_stages()}\n"


def _picture() -> str:
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> reported"]
    for one in steps().values():
        if one.to_stage:
            lines += [f"    {stage} --> {one.to_stage}: {one.label}" for stage in one.stages.split()]
    return "\n".join([*lines, "```"])


def _rows() -> str:
    rows = ["| event | from | while | to | changes beside it | only if | written down | source |", "| --- " * 8 + "|"]
    rows += [f"| {' | '.join(_cells(one))} |" for one in steps().values()]
    return "\n".join(rows)


def _cells(one: Step) -> Iterator[str]:
    yield f"{one.label}{' *' if one.tell_first else ''} (`{one.event}`)"
    yield one.stages.replace(" ", ", ")
    yield "; ".join([*([f"bail: {one.bail.replace(' ', ', ')}"] if one.bail else []),
                     *([f"open: {one.open}"] if one.open else [])])  # fmt: skip
    yield one.to_stage or "the same"
    yield "; ".join([*([f"bail: {one.to_bail}"] if one.to_bail else []),
                     *([f"open: {one.to_open}"] if one.to_open else [])])  # fmt: skip
    yield one.guard
    yield one.records
    yield one.source + (f" ({one.mark})" if one.verify else "")


def _stages() -> str:
    rows = ["| state | it is | what can follow, at some point of it |", "| --- | --- | --- |"]
    for stage in STAGES:
        lives = [life for life in reachable() if life.stage == stage]
        events = dict.fromkeys(one.event for one in steps().values())
        following = [f"`{event}`" for event in events if any(step_of(life, event) for life in lives)]
        rows.append(f"| {stage} | {SAID[stage]} | {', '.join(following) or 'nothing'} |")
    return "\n".join(rows)
