"""JSON as a stream: the upper levels walked key by key, each record below taken whole, in bounded memory.

The standard library's scanner reads each record from a sliding window of text. It was preferred to a
push parser because it keeps halves of emoji that a phone cut apart, where yajl writes a question mark.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from joindots.evidence.readers.json_leaves import EXCERPT, Doubled, Odd, leaves_of, step
from joindots.evidence.readers.source import DAMAGE

CHUNK = 1 << 19
"""Bytes read at a time."""
LONGEST = 1 << 22
"""Characters that one value may have; a longer one is skipped and listed, and the reading goes on."""
DEEPEST = 64
"""Levels walked one by one; what lies deeper is taken whole."""
LONGEST_TOKEN = 12
"""A fault this near the window's end may be a word, a number or an escape cut in two."""
LOST = "\ufffd"
"""Stands for half an emoji or a byte that is not UTF-8; the original is kept beside."""

_SPACE = re.compile(r"[ \t\n\r]*")
_LONE = re.compile("[\ud800-\udfff]")
_X_ESCAPE = re.compile(r"(\\[^x])|\\x([0-9A-Fa-f]{2})")
_BETWEEN = re.compile(r"\}[ \t\n\r]*,[ \t\n\r]*\{")
_IN_STRING = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_STRUCTURE = re.compile(r'[\[{]+|[\]}]+|"')
_ENDS_NUMBER = re.compile(r"[,\]}\s]")
_ENDS_ALONE = frozenset('"}]el')


class Broken(Exception):
    """The text is damaged, cut off or no JSON from here on: nothing after this place can be read."""

    def __init__(self, pointer: str, excerpt: str = "") -> None:
        super().__init__(pointer)
        self.pointer = pointer
        self.excerpt = excerpt


class TooLong(Exception):
    """One value was too long or nested too deeply. It was skipped; the walk goes on behind it."""

    def __init__(self, pointer: str, excerpt: str) -> None:
        super().__init__(pointer)
        self.pointer = pointer
        self.excerpt = excerpt


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    doubled = Doubled(made)
    last = {key: place for place, (key, _) in enumerate(pairs)}
    doubled.lost = tuple(pair for place, pair in enumerate(pairs) if last[pair[0]] != place)
    return doubled


def _whole_number(text: str) -> int | Odd:
    return int(text) if len(text) < 20 else Odd(text)


_SCAN = json.JSONDecoder(object_pairs_hook=_object, parse_constant=Odd, strict=False).raw_decode
_SCAN_LONG_NUMBERS = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=Odd, parse_int=_whole_number, strict=False
).raw_decode


class Walk:
    """A place in a JSON text that moves forward only.

    `members` and `elements` open what stands at the place; for each key or index they yield, the
    caller takes exactly one value with `value`, `members`, `elements` or `leaves`. `odd` is true once
    the text held something that may need mending (half an emoji, a byte that is not UTF-8).
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = b""
        self._text = ""
        self._at = 0
        self._ended = False
        self._failed = False
        self._refused = False
        self.odd = False
        self.path: list[str | int] = []
        self._more()
        self._text = self._text.removeprefix("\ufeff")

    @property
    def pointer(self) -> str:
        """The JSON pointer of the place, after RFC 6901."""
        return "".join("/" + step(part) for part in self.path)

    def peek(self) -> str:
        """The first character of what comes next; empty at the end of the file."""
        while True:
            match = _SPACE.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def members(self) -> Iterator[str]:
        """The keys of the object that comes next, one by one, doubled ones included."""
        self._take("{")
        self.path.append("")
        first = True
        while self.peek() != "}":
            if not first:
                self._take(",")
            first = False
            self.path[-1] = key = self._key()
            yield key
        self._at += 1
        self.path.pop()

    def elements(self) -> Iterator[int]:
        """The indexes of the array that comes next, one by one."""
        self._take("[")
        self.path.append(0)
        index = 0
        while self.peek() != "]":
            if index:
                self._take(",")
            self.path[-1] = index
            yield index
            index += 1
        self._at += 1
        self.path.pop()

    def records(self) -> Iterator[Any]:
        """The values of the array that comes next, at speed; `path[-1]` is the index of each.

        One that was skipped comes as the TooLong that says so.
        """
        self._take("[")
        self.path.append(0)
        index = 0
        between = ""
        while self.peek() != "]":
            if index:
                self._take(",")
                self.peek()
            batch = self._batch(between)
            for found in batch if batch is not None else self._single():
                self.path[-1] = index
                yield found
                index += 1
            if not between and (match := _BETWEEN.match(self._text, self._at - 1)):
                between = match.group()
            self.path[-1] = index
        self._at += 1
        self.path.pop()

    def _single(self) -> Iterator[Any]:
        try:
            yield self.value()
        except TooLong as long:
            yield long

    def _batch(self, between: str) -> list[Any] | None:
        """All objects of the window but the last, read in one go: four times as fast as one by one.

        The window is cut where an object seems to end and the next to begin. Inside a string or a
        deeper list that would leave a quote or a bracket open, so a cut that reads well is right.
        """
        cut = self._text.rfind(between, self._at) if between and not self._refused else -1
        if cut < 0:
            return None
        try:
            found, end = _SCAN(f"[{self._text[self._at : cut + 1]}]")
        except (ValueError, RecursionError):
            self._refused = True
            return None
        self._at += end - 2  # at the end of this array, where the cut lay beyond it
        return list(_without_halves(found) if self.odd else found)

    def value(self) -> Any:
        """The value that comes next, whole. Raises TooLong (and goes on behind it) or Broken."""
        if not self.peek():
            self._broken()
        scan = _SCAN
        while True:
            try:
                found, end = scan(self._text, self._at)
            except json.JSONDecodeError as error:
                self._grow_or_break(error)
            except RecursionError:
                raise self._skipped() from None
            except ValueError:  # more digits than the interpreter takes
                scan = _SCAN_LONG_NUMBERS
            else:
                if end < len(self._text) or self._ended or self._text[end - 1] in _ENDS_ALONE:
                    self._at = end
                    return _without_halves(found) if self.odd else found
                self._grow()

    def leaves(self) -> Iterator[tuple[str, Any]]:
        """Pointer and value of every leaf under what comes next, however large; too long ones as Odd."""
        opening = self.peek() if len(self.path) < DEEPEST else ""
        if opening == "{":
            for _ in self.members():
                yield from self.leaves()
        elif opening == "[":
            for _ in self.elements():
                yield from self.leaves()
        else:
            try:
                yield from leaves_of(self.value(), self.pointer)
            except TooLong as long:
                yield long.pointer, Odd(long.excerpt)

    def finish(self) -> None:
        """Raise Broken if anything but space follows the document, or its archive is damaged."""
        if self.peek() or self._failed:
            self._broken()

    def _key(self) -> str:
        try:
            key = self.value() if self.peek() == '"' else None
        except TooLong:
            key = None
        if key is None:
            self._broken()
        self._take(":")
        return str(key)

    def _take(self, character: str) -> None:
        if self.peek() != character:
            self._broken()
        self._at += 1

    def _broken(self) -> NoReturn:
        raise Broken(self.pointer, self._excerpt())

    def _excerpt(self) -> str:
        return _LONE.sub(LOST, self._text[self._at : self._at + EXCERPT])

    def _grow_or_break(self, error: json.JSONDecodeError) -> None:
        """Read on where the window cut a value short; else the value is damaged."""
        if error.msg.startswith("Invalid \\escape") and self._mend_x_escapes():
            return
        cut = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - LONGEST_TOKEN
        if not cut or self._ended:
            self._broken()
        self._grow()

    def _grow(self) -> None:
        """Read on within a value, by as much again, so that a long one is not scanned too often."""
        if len(self._text) - self._at > LONGEST:
            raise self._skipped()
        self._more(len(self._text) - self._at)

    def _mend_x_escapes(self) -> bool:
        r"""Telegram Desktop writes control characters as `\x0B`, which JSON does not know."""
        rest = self._text[self._at :]
        mended = _X_ESCAPE.sub(lambda found: found[1] or "\\u00" + found[2], rest)
        self._text = self._text[: self._at] + mended
        return mended != rest

    def _more(self, at_least: int = 0) -> bool:
        """Slide the window on; false when the file has no more."""
        while not self._ended:
            new = self._decoded(self._read(max(CHUNK, at_least)))
            if new:
                seam = self._text[-3:] + new[:3]
                self.odd = self.odd or any(half in part for part in (new, seam) for half in ("\\ud", "\\uD"))
                self._text = self._text[self._at :] + new
                self._at = 0
                self._refused = False
                return True
        return False

    def _read(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except (OSError, NotImplementedError, *DAMAGE):
            data = b""  # a damaged archive: what was read so far counts as a file cut off
            self._failed = True
        self._ended = not data
        return self._rest + data

    def _decoded(self, data: bytes) -> str:
        try:
            text, used = codecs.utf_8_decode(data, "strict", self._ended)
        except UnicodeDecodeError:
            text, used = codecs.utf_8_decode(data, "surrogateescape", self._ended)
            self.odd = True
        self._rest = data[used:]
        return text

    def _skipped(self) -> TooLong:
        """Go behind the value at the place, holding no more than one window."""
        skipped = TooLong(self.pointer, self._excerpt())
        if self.peek() not in ("[", "{"):
            self._skip_leaf()
            return skipped
        depth = 0
        while True:
            match = self._run_on(_STRUCTURE)
            run = match.group()
            self._at = match.end()
            if run == '"':
                self._skip_string()
            elif run[0] in "[{":
                depth += len(run)
            else:
                self._at = match.start() + min(depth, len(run))
                depth -= min(depth, len(run))
            if not depth:
                return skipped

    def _run_on(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """The next match; the text before it is let go."""
        while True:
            match = pattern.search(self._text, self._at)
            if match:
                return match
            self._at = len(self._text)
            if not self._more():
                self._broken()

    def _skip_leaf(self) -> None:
        if self.peek() == '"':
            self._at += 1
            self._skip_string()
        else:
            self._at = self._run_on(_ENDS_NUMBER).start()

    def _skip_string(self) -> None:
        while True:
            match = _IN_STRING.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            if self._text.startswith('"', self._at):
                self._at += 1
                return
            if not self._more():
                self._broken()


def _without_halves(found: Any) -> Any:
    """Change in place: no string keeps half an emoji or an undecodable byte, which no output could hold."""
    if isinstance(found, str):
        return _LONE.sub(LOST, found)
    open_ones = [found] if isinstance(found, dict | list) else []
    while open_ones:
        holder = open_ones.pop()
        if isinstance(holder, dict) and any(map(_LONE.search, holder)):
            renamed = [(_LONE.sub(LOST, key), value) for key, value in holder.items()]
            holder.clear()
            holder.update(renamed)
        for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            if isinstance(value, dict | list):
                open_ones.append(value)
            elif isinstance(value, str) and _LONE.search(value):
                holder[key] = _LONE.sub(LOST, value)
    return found


def pieces(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """A file in pieces that overlap by 64 bytes, each with the part that the piece before held already.

    For looking through a whole file for short strings, at the speed of reading it.
    """
    seam = b""
    while True:
        try:
            chunk = stream.read(CHUNK)
        except (OSError, *DAMAGE):
            return
        if not chunk:
            return
        yield seam + chunk, seam
        seam = (seam + chunk)[-64:]
