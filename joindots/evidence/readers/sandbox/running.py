"""One operation on a stranger's bytes, done in a child behind walls: a thumbnail, a redaction, words of a picture."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar, get_type_hints

import msgspec

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.sandbox import frames, parent
from joindots.evidence.readers.sandbox.limits import MIB, Limits

P = ParamSpec("P")
R = TypeVar("R")

LIMITS = Limits(file=48 * MIB, memory=1536 * MIB, seconds=30, bytes_a_second=MIB, silence=180.0)
"""For one picture or document. A hostile one costs 30 seconds of one core, and one more for each MiB."""


def run(
    operation: Callable[Concatenate[bytes, P], R],
    data: bytes,
    *arguments: P.args,
    **named: P.kwargs,
) -> R:
    """Do `operation(data, *arguments, **named)` in a child process behind walls, and give back what it returns.

        small = run(pictures.thumbnail, data, 480)
        clean = run(redaction.picture, data, boxes=[(10, 20, 200, 40)])

    `operation` is a function at the top of a module, without side effects, whose first argument is the bytes and whose
    arguments and return value have types written on them: they travel as MessagePack and come back as those types
    (numbers, text, bytes, tuples, lists, dicts, None, frozen dataclasses, msgspec structs). Nothing but these arguments
    reaches the child: no file, no network, no key, no database, no other program.

    Raises NotReadable, with a plain sentence, when the operation raises (a `Problem` keeps its own words), takes
    longer than 30 seconds or more than 1.5 GiB of memory, crashes, answers in other types than it promised, gets or
    gives more than 48 MiB, or when this machine has no walls that hold a decoder outside Python (`Walls.native`).
    A child costs 0.1 s to start (measured), so give one call all there is to do on one file.
    """
    return run_named("The file", LIMITS, operation, data, *arguments, **named)


def run_named(
    name: str,
    limits: Limits,
    operation: Callable[Concatenate[bytes, P], R],
    data: bytes,
    *arguments: P.args,
    **named: P.kwargs,
) -> R:
    """As `run`, within other limits, with the name by which refusals call what is opened."""
    call = frames.Call(data, tuple(map(_packed, arguments)), {key: _packed(value) for key, value in named.items()})
    if len(data) > limits.file:
        raise not_readable(
            "file_too_large",
            "{name} is larger than {most} MB, the most that is opened at one time.",
            name=name, most=f"{limits.file // 1_000_000:,}",
        )  # fmt: skip
    start = frames.Start(
        name=name, sha256="", size=len(data), answers=(), send_media=False, as_lines=False, memory=limits.memory,
        cpu_seconds=limits.cpu_seconds(len(data)), show_tracebacks=bool(os.environ.get(parent.SHOW_TRACEBACKS)),
        operation=f"{operation.__module__}:{operation.__qualname__}", native=True,
    )  # fmt: skip
    returns = get_type_hints(operation)["return"]
    answer = parent.answer_of(start, limits, _packed(call))
    try:
        result: R = msgspec.msgpack.decode(answer, type=returns)
    except msgspec.MsgspecError:
        raise parent.made_no_sense(name) from None
    return result


def _packed(value: object) -> bytes:
    return msgspec.msgpack.encode(value)
