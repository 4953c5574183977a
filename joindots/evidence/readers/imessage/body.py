"""What the lines of one message say: its words, and what the exporter wrote beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from joindots.evidence.readers.imessage.lines import stamp
from joindots.evidence.readers.records import Kind

DELETED = "This message was deleted from the conversation!"
RESPONDED = "This message responded to an earlier message."
_TAPBACKS = ("Tapbacks:", "Reactions:")
_SET_IN = "    "
"""How newer versions of the exporter set in each tapback."""
_TAPBACK = re.compile(
    r"(?P<what>Loved|Liked|Disliked|Laughed|Laughed at|Emphasized|Questioned"
    r"|(?:[^\x00-\x7f]|[0-9#*]\ufe0f?\u20e3)\S{0,15})"
    r" by (?P<by>.+)|(?P<sticker>(?:\S+ )?Sticker from .+)"
)
_EFFECTS = frozenset(
    "Sent with " + name
    for name in (
        "Confetti", "Echo", "Fireworks", "Balloons", "Heart", "Lasers", "Shooting Star", "Shooting Start", "Sparkles",
        "Spotlight", "Slam", "Loud", "Gentle", "Invisible Ink",
    )
)  # fmt: skip
"""How a message was made to appear on the other phone; one version of the exporter misspells a name."""
_TRANSLATED = "Translated from:"
"""Above it stands what a phone made of the words, below it the words themselves."""
_EDITED = re.compile(r"Edited (?P<after>.+?) later: (?P<text>.*)")
_UNSENT = re.compile(r"(?P<who>.+?) unsent this message part(?: (?P<after>.+) after sending)?!")
_TAKEN_BACK = re.compile(r"(?P<who>.+) (?:unsent a message!|deleted a message\.)")
"""The whole of a message that was taken back, as older versions of the exporter write it."""
_WHOEVER = ("They", "You")
_STICKER = re.compile(r"(?:\S+ )?Sticker from .+?: (?P<path>.+?)(?: \((?:App|Genmoji prompt): .+\))?")
_FILE = re.compile(
    r"attachments[/\\]\S.*|[A-Za-z]:\\.+\\.+\.\w{1,8}|.*/Library/(?:Messages|SMS)/(?:Attachments|StickerCache)/.+"
    r"|[~/].*/attachments/.+\.\w{1,8}|[~/].*/[0-9a-f]{2}/[0-9a-f]{40}"
)
_MISSING = ("Attachment missing!", "Attachment missing name metadata!")
_TRANSCRIPTION = "Transcription: "
_LOCATION = ("Started sharing location!", "Stopped sharing location!", "Shared location!")
_LONGEST_VERSION = 200
"""Lines of a first version before its first edit; without a bound, a hostile file could cost hours."""
_UNIT = re.compile(r"(\d+) (day|hour|minute|second)s?")


@dataclass(slots=True)
class Body:
    """The words of a message and what stands beside them. `files` are (path, type); a path may be missing."""

    text: str | None = None
    kind: Kind = "text"
    files: list[tuple[str | None, str | None]] = field(default_factory=list)
    edited_after: timedelta | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def read(lines: list[str], sender: str = "") -> Body:
    """Sort the lines of a message. What has no known shape is the sender's own words."""
    body = Body()
    if len(lines) == 1 and (found := _TAKEN_BACK.fullmatch(lines[0])) and found["who"] in (*_WHOEVER, sender):
        return Body(kind="unsent", extra={"unsent": [{"by": found["who"], "after": None}]})
    words: list[str] = []
    at = 0
    if lines and lines[-1] == RESPONDED:
        body.extra["reply"] = True
        lines = lines[:-1]
    if lines and lines[0] == DELETED:
        body.kind = "deleted"
        at = 1
    while at < len(lines):
        taken = _tapbacks(lines, at, body) or _edits(lines, at, body, words) or _line(lines[at], body)
        if not taken and lines[at] in _EFFECTS and (words or body.files):
            body.extra.setdefault("effects", []).append(lines[at])
        elif not taken:
            words.append(lines[at])
        at += taken or 1
    body.text = _own(words, body)
    if body.kind == "text" and body.files:
        body.kind = "media"
    if body.kind == "text" and body.text in _LOCATION:
        body.kind = "location"
    return body


def _own(words: list[str], body: Body) -> str | None:
    """The sender's own words, without what a phone translated them into."""
    while words and words[-1] == "":
        words.pop()
    if words.count(_TRANSLATED) == 1 and 0 < (below := words.index(_TRANSLATED)) < len(words) - 1:
        body.extra["translation"] = "\n".join(words[:below])
        words = words[below + 1 :]
    return "\n".join(words) or None


def _line(line: str, body: Body) -> int:
    """One line of a known shape: 1 if it was one."""
    if not ("/" in line or ":" in line or "!" in line or "\\" in line):
        return 0
    if line in _MISSING:
        body.files.append((None, None))
    elif ("/" in line or "\\" in line) and _FILE.fullmatch(line):
        body.files.append((line, None))
    elif "Sticker from " in line and (found := _STICKER.fullmatch(line)):
        body.files.append((found["path"], "sticker"))
        body.extra.setdefault("stickers", []).append(line)
    elif line.startswith(_TRANSCRIPTION) and body.files:
        body.extra["transcription"] = line.removeprefix(_TRANSCRIPTION)
    elif "unsent" in line and (found := _UNSENT.fullmatch(line)):
        body.kind = "unsent" if body.kind != "deleted" else body.kind
        body.extra.setdefault("unsent", []).append({"by": found["who"], "after": found["after"]})
    else:
        return 0
    return 1


def _tapbacks(lines: list[str], at: int, body: Body) -> int:
    """The list of tapbacks, if one begins here: how many lines it takes, with the blank one after it."""
    end = _end_of_tapbacks(lines, at)
    if not end:
        return 0
    found: list[dict[str, str]] = body.extra.setdefault("tapbacks", [])
    for one in filter(None, (_TAPBACK.fullmatch(line.strip()) for line in lines[at + 1 : end])):
        what = one["what"] or "Sticker"
        found.append({"what": what, "by": one["by"]} if one["by"] else {"what": what, "shown": one["sticker"]})
    return end - at + (end < len(lines) and lines[end] == "")


def _end_of_tapbacks(lines: list[str], at: int) -> int:
    """Where a list of tapbacks that begins here ends; 0 if none does. One that is not set in ends with a blank line."""
    if lines[at] not in _TAPBACKS:
        return 0
    end = at + 1
    while end < len(lines) and _TAPBACK.fullmatch(lines[end].strip()):
        end += 1
    set_in = end < len(lines) and all(line.startswith(_SET_IN) for line in lines[at + 1 : end])
    closed = end == len(lines) or lines[end] == "" or set_in
    return end if end > at + 1 and closed else 0


def _edits(lines: list[str], at: int, body: Body, words: list[str]) -> int:
    """An edited part, if one begins here: a stamped first version, then each later one.

    The newest version joins the words; all are kept in `extra`.
    """
    first = stamp(lines[at])
    if first is None or not first.rest.startswith(" "):
        return 0
    versions: list[dict[str, Any]] = [{"at_shown": first.shown, "lines": [first.rest[1:]]}]
    end = at + 1
    while end < len(lines) and not (len(versions) > 1 and _ends_versions(lines, end)):
        if len(versions) == 1 and end - at > _LONGEST_VERSION:
            return 0
        if later := _EDITED.fullmatch(lines[end]):
            versions.append({"after": later["after"], "lines": [later["text"]]})
        else:
            versions[-1]["lines"].append(lines[end])
        end += 1
    if len(versions) < 2:
        return 0
    body.kind = "edited" if body.kind == "text" else body.kind
    gaps = [duration(one["after"]) for one in versions[1:]]
    body.edited_after = None if None in gaps else sum(filter(None, gaps), timedelta())
    for one in versions:
        one["text"] = "\n".join(one.pop("lines"))
    body.extra.setdefault("versions", []).extend(versions)
    words.append(versions[-1]["text"])
    return end - at + (end < len(lines) and lines[end] == "")


def _ends_versions(lines: list[str], at: int) -> bool:
    return lines[at] == "" or lines[at] in _EFFECTS or _end_of_tapbacks(lines, at) > 0


def duration(words: str) -> timedelta | None:
    """ "1 hour, 49 seconds" as a length of time; None if any of it has another shape."""
    total = timedelta()
    for part in words.split(", "):
        found = _UNIT.fullmatch(part)
        if not found:
            return None
        total += timedelta(**{found[2] + "s": int(found[1])})
    return total
