"""The child's side of an operation on bytes: find the function, give it its arguments, send back what it returns."""

from __future__ import annotations

import importlib
import inspect
import os
import traceback
from collections.abc import Callable
from typing import Any, get_type_hints

import msgspec

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.reading import refusal
from joindots.evidence.readers.sandbox import frames
from joindots.evidence.readers.sandbox.walls import Walls
from joindots.kernel.problems import Problem

LARGEST_CALL = 1 << 30
"""The parent has refused what is larger than it allows; memory is limited all the same."""


def call(pipe: frames.Pipe, start: frames.Start, walls: Walls) -> None:
    """Do one operation. Whatever goes wrong in it becomes a refusal in words."""
    given = msgspec.msgpack.decode(pipe.receive(LARGEST_CALL)[1], type=frames.Call)
    try:
        if start.native and not walls.native:
            raise not_readable(
                "walls_missing",
                "{name} is kept, but not opened: this machine cannot keep a decoder of pictures apart from the "
                "network. Whoever looks after this system finds on its health page what is missing.",
                name=start.name,
            )  # fmt: skip
        os.environ["OMP_THREAD_LIMIT"] = "1"  # an engine that takes every core would only be slower here
        result = msgspec.msgpack.encode(_result(start.operation, given))
    except (frames.Broken, ConnectionError):
        raise
    except Problem as problem:
        _refuse(pipe, start, problem)
    except Exception as error:  # noqa: BLE001 – whatever a hostile file makes of a decoder, the person gets a sentence
        _refuse(pipe, start, refusal(start.name, "this kind of file", error))
    else:
        pipe.send(frames.RESULT, result)


def _result(name: str, given: frames.Call) -> Any:
    module, _, function = name.partition(":")
    operation: Callable[..., Any] = getattr(importlib.import_module(module), function)
    wanted = list(inspect.signature(operation).parameters)
    hints = get_type_hints(operation)
    arguments = [
        msgspec.msgpack.decode(value, type=hints.get(parameter, Any))
        for parameter, value in zip(wanted[1:], given.arguments, strict=False)
    ]
    named = {key: msgspec.msgpack.decode(value, type=hints.get(key, Any)) for key, value in given.named.items()}
    return operation(given.data, *arguments, **named)


def _refuse(pipe: frames.Pipe, start: frames.Start, problem: Problem) -> None:
    trace = traceback.format_exc() if start.show_tracebacks else ""
    reason = problem.reason
    pipe.send(frames.REFUSED, msgspec.msgpack.encode(frames.Refusal(reason.code, reason.text, reason.values, trace)))
