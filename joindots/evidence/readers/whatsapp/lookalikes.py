"""Which lines in doubt are messages that arrived late, and which are chats quoted inside a message.

A line that opens with the file's own form of header is a header if the clock runs on. Where it steps
back, the line may be a message delivered late, the hour that came twice in autumn, a clock set back, or
a piece of chat pasted into a message. Nothing in the line itself tells; what stands around it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from joindots.evidence.readers.whatsapp.app_lines import app_says, is_notice
from joindots.evidence.readers.whatsapp.clock_words import MARKS
from joindots.evidence.readers.whatsapp.cutting import Batch, Cutter, Readable
from joindots.evidence.readers.whatsapp.headers import Form, Learned, header
from joindots.evidence.readers.whatsapp.stamps_seen import DAY
from joindots.evidence.readers.whatsapp.survey import Line, Run, Seen, first_line

JITTER: Final = 60
"""Seconds by which lines change places in an ordinary chat."""
LATE_WITHOUT_NAME: Final = 120
HOUR: Final = 3600
MOST_COMPARED: Final = 5000
LONG: Final = 10
"""Lines from which a piece of chat from another day is taken for messages: nobody quotes as much in one."""
ALIKE: Final = 3
"""Lines at its top by which the same export is known again."""


def false_headers(
    seen: Seen,
    learned: Learned,
    *,
    crlf: bool,
    thread: str | None,
    is_autumn: Callable[[int], bool],
    again: Callable[[], Readable],
) -> set[int]:
    """Offsets of the lines that only look like headers. `again` opens the chat anew where that is needed."""
    rejected = set(seen.rejected)
    late: list[Run] = []
    for run in seen.runs:
        if run.moved or _autumn(run, is_autumn):
            continue
        if _quoted(run, seen, thread, crlf=crlf):
            rejected.update(line.offset for line in run.lines)
        elif _depth(run) > JITTER and len(run.lines) < LONG and not _begins_an_export(run, seen.opening):
            late.append(run)
    return rejected | _repeats(late, learned, rejected, again)


def _depth(run: Run) -> int:
    return max(run.level - line.at for line in run.lines)


def _autumn(run: Run, is_autumn: Callable[[int], bool]) -> bool:
    """Whether the step back is the hour that came twice."""
    return _depth(run) <= HOUR + JITTER and all(is_autumn(line.at // DAY) for line in run.lines)


def _quoted(run: Run, seen: Seen, thread: str | None, *, crlf: bool) -> bool:
    """Whether the run is a piece of chat inside a message. One line that cannot be real spoils its run.

    More than a day back is no late delivery. A message that nobody in this chat could have sent, an app's
    line that the app never writes, a line announced by a colon, or one that ends as lines inside messages
    end in this file (LF, where messages end in CR LF) is quoted. Two exports joined in one file are not.
    """
    depth = _depth(run)
    if depth <= JITTER:
        return False
    if _announced(run.lines[0], crlf=crlf):
        return True
    if _begins_an_export(run, seen.opening):
        return False
    if depth > DAY:
        return len(run.lines) < LONG or _strange(run, seen.names)
    return any(_foreign(line, run.level - line.at, seen.names, thread) for line in run.lines)


def _begins_an_export(run: Run, opening: Sequence[bytes]) -> bool:
    """Whether the run begins as exports do: with the app's words on encryption, or as this very file begins."""
    if len(run.lines) > 1 and is_notice(_words(run.lines[0])):
        return True
    first = [line.first for line in run.lines[:ALIKE]]
    return len(first) == ALIKE and first == list(opening[:ALIKE])


def _strange(run: Run, names: Counter[bytes | None]) -> bool:
    """Whether a long run holds names that stand nowhere else and only once, or words without a name: no chat."""
    here = Counter(line.name for line in run.lines)
    once = sum(count for name, count in here.items() if name is not None and names[name] <= 0 and count < 2)
    nameless = sum(line.name is None and not app_says(_words(line)).system for line in run.lines)
    return (once + nameless) * 5 > len(run.lines)


def _foreign(line: Line, depth: int, names: Counter[bytes | None], thread: str | None) -> bool:
    if line.name is not None:
        return names[line.name] <= 0 and line.name.decode("utf-8", "replace").strip(MARKS + " ") != thread
    return depth > LATE_WITHOUT_NAME and not app_says(_words(line)).system


def _words(line: Line) -> str:
    """What stands behind the header, and behind the name if there is one."""
    return line.rest.decode("utf-8", "replace")


def _announced(line: Line, *, crlf: bool) -> bool:
    before = line.before
    if crlf and not before.endswith(b"\r"):
        return True
    return before.rstrip().endswith((b":", b"\xef\xbc\x9a"))


def _repeats(late: list[Run], learned: Learned, rejected: set[int], again: Callable[[], Readable]) -> set[int]:
    """Lines of runs that stand in the file already, word for word: copied out of this very chat."""
    wanted = {line.first: line.offset for run in late for line in run.lines}
    if not wanted or len(wanted) > MOST_COMPARED:
        return set()
    found: set[bytes] = set()
    for part in Cutter(again(), learned, rejected):
        if not isinstance(part, Batch):
            continue
        offset, fields = part.offset, iter(part.fields)
        for whole, _, _, _, _, body in zip(*[fields] * 6, strict=True):
            first = first_line(whole, body)
            if wanted.get(first, -1) > offset:
                found.add(first)
            offset += len(whole) + len(body) + 1
    return {line.offset for run in late if any(line.first in found for line in run.lines) for line in run.lines}


def another_export(body: bytes) -> int | None:
    """Where, in the last message of a file, an export of another form begins that was joined to this one.

    Headers of one other form must open as many lines as nobody quotes in one message.
    """
    if body.count(b"\n") < LONG:
        return None
    begins: dict[Form, int] = {}
    count: Counter[Form] = Counter()
    at = 0
    for line in body.split(b"\n"):
        if found := header(line.rstrip(b"\r").decode("utf-8", "replace")):
            begins.setdefault(found[0], at)
            count[found[0]] += 1
            if count[found[0]] == LONG:
                return begins[found[0]] or None
        at += len(line) + 1
    return None
