"""`joindots clocks`: every clock of the law and of good practice, and the day that one of them answers."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, TextIO

from joindots.kernel.problems import Problem
from joindots.kernel.words import words
from joindots.law.asking import Answer, Clock, ask, clock_named
from joindots.law.catalogue import catalogue

PIPE_CLOSED, REFUSED = 141, 1


def main(arguments: list[str]) -> int:
    """Run the command. Exit status: 0 all answered, 1 something was refused and says why."""
    options = _parser().parse_args(arguments)
    try:
        status = _run(options, sys.stdin)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Problem as problem:
        print(problem, file=sys.stderr)
        return REFUSED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="joindots clocks",
        description="Without a rule: every clock with what it is told, its source, and what of it must be checked "
        "before anybody relies on it. With a rule: the day it answers, and how that was counted.",
        epilog="Example: joindots clocks spo_notify_initial served=2026-03-02. It is no legal advice.",
    )
    parser.add_argument("rule", nargs="?", metavar="RULE", help="the clock's code, as the list has it")
    parser.add_argument("told", nargs="*", metavar="NAME=VALUE", help="what the clock is told")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='answer in JSON lines; without RULE, read questions such as {"rule": "spo_notify_initial", "served": '
        '"2026-03-02"} from standard input, one a line',
    )
    parser.add_argument(
        "--list", action="store_true", dest="listed", help="the list of clocks, or RULE alone (with --jsonl as JSON)"
    )
    return parser


def _run(options: argparse.Namespace, given: TextIO) -> int:
    every = catalogue()
    if options.listed or not (options.rule or options.jsonl):
        for clock in [clock_named(every, options.rule)] if options.rule else every.values():
            print(json.dumps(_listed(clock), ensure_ascii=False) if options.jsonl else "\n".join(_lines(clock)))
        return 0
    if not options.rule:
        return _answer_lines(every, given)
    answer = ask(every, options.rule, _pairs(options.told))
    print(json.dumps(asdict(answer), ensure_ascii=False) if options.jsonl else "\n".join(_said(answer)))
    return 0


def _lines(clock: Clock) -> Iterator[str]:
    yield f"{clock.code}  {clock.about}"
    for one in clock.inputs:
        usual = "" if one.default is None else f" (if not told: {one.default or 'nothing'})"
        yield f"    {one.name}= {one.how}: {one.says}{usual}"
    if clock.law:
        yield f"    Law of {clock.law}" if clock.authority == "statutory" else f"    For {clock.law}"
    yield f"    Source: {clock.source}" + (f". {clock.mark}" if clock.mark else "")


def _listed(clock: Clock) -> dict[str, Any]:
    inputs = [{"name": one.name, "how": one.how, "says": one.says, "default": one.default} for one in clock.inputs]
    return {"rule": clock.code, "about": clock.about, "inputs": inputs, "authority": clock.authority, "law": clock.law,
            "source": clock.source, "verify": clock.mark}  # fmt: skip


def _pairs(told: Iterable[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for one in told:
        name, mark, value = one.partition("=")
        if not mark or not name or name in pairs:
            what = "stands twice" if name in pairs else "is not NAME=VALUE"
            raise Problem(
                words("clock_pair", "“{one}” {what}. Write each once, as served=2026-03-02.", one=one, what=what)
            )
        pairs[name] = value
    return pairs


def _said(answer: Answer) -> Iterator[str]:
    yield answer.says
    yield from (f"  {one}" for one in answer.counting)
    yield f"  Source: {answer.source}" + (f" ({answer.law})" if answer.law else "")
    if answer.verify:
        yield f"  {answer.verify}"


def _answer_lines(every: Mapping[str, Clock], given: TextIO) -> int:
    refused = False
    for number, line in enumerate(given, 1):
        if not line.strip():
            continue
        try:
            answer: dict[str, Any] = asdict(_answered(every, line))
        except Problem as problem:
            refused = True
            answer = {"line": number, "error": str(problem)}
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return REFUSED if refused else 0


def _answered(every: Mapping[str, Clock], line: str) -> Answer:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        question = None
    if not isinstance(question, dict) or not isinstance(question.get("rule"), str):
        example = '{"rule": "spo_notify_initial", "served": "2026-03-02"}'
        raise Problem(
            words("clock_line", "This line is no question. Write one JSON object, as {example}.", example=example)
        )
    told = {name: _text(value) for name, value in question.items() if name != "rule" and value is not None}
    return ask(every, question["rule"], told)


def _text(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
