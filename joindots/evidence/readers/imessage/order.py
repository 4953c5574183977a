"""Which lines that look like a message's head are really one: those that run forward in time.

The exporter sorts by time. A conversation quoted inside a message, or one made up, looks the same line by
line, but steps out of the order. Such a line stays part of the message it stands in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

HOUR = 3600
MOST_OUT_OF_ORDER = 10
"""If more than one in this many steps out, the file is not sorted and every head counts."""


def quoted(moments: Sequence[int]) -> frozenset[int]:
    """The numbers of the heads that stand in no longest run forward through all `moments`.

    A head that could be either is not among them: no message is ever taken for a quotation in a tie.
    """
    if all(early <= late for early, late in pairwise(moments)):
        return frozenset()
    until = _longest(moments)
    backwards = array("q", (-moment for moment in reversed(moments)))
    onward = _longest(backwards)[::-1]
    longest = max(until)
    in_order = [before + after - 1 == longest for before, after in zip(until, onward, strict=True)]
    out = _far_off(moments, in_order)
    return frozenset() if len(out) * MOST_OUT_OF_ORDER > len(moments) else frozenset(out)


def _far_off(moments: Sequence[int], in_order: Sequence[bool]) -> list[int]:
    """Those out of order by more than an hour: where clocks went back, an hour runs twice by right."""
    out: list[int] = []
    before = moments[0]
    for n, moment in enumerate(moments):
        if in_order[n]:
            before = moment
        elif moment < before - HOUR:
            out.append(n)
    after = moments[-1]
    for n in range(len(moments) - 1, -1, -1):
        if in_order[n]:
            after = moments[n]
        elif moments[n] > after + HOUR:
            out.append(n)
    return out


def _longest(moments: Sequence[int]) -> array[int]:
    """For each moment, the length of the longest run forward that ends with it."""
    ends: list[int] = []
    lengths = array("q")
    for moment in moments:
        at = bisect_right(ends, moment)
        if at == len(ends):
            ends.append(moment)
        else:
            ends[at] = moment
        lengths.append(at + 1)
    return lengths
