"""What the words after a header are: a text, a file, a deleted message, a missed call, the app's own line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from joindots.evidence.readers.records import Direction, Kind, Media
from joindots.evidence.readers.whatsapp import sentences as say
from joindots.evidence.readers.whatsapp import sentences_marked as marked
from joindots.evidence.readers.whatsapp.app_lines import LRM, app_says, is_notice
from joindots.evidence.readers.whatsapp.clock_words import MARKS, SPACES

_M = f"[{MARKS}]"
_ANGLED = re.compile(rf"^{_M}*<\s?(?P<what>[^<>\n]{{3,80}}?)\s?>{_M}*(?:\n(?P<rest>.*))?$", re.DOTALL)
_EDITED = re.compile(rf"<(?P<what>[^<>\n]{{4,60}})>{_M}{{0,4}}\s{{0,4}}$")
_ATTACHED_IOS = re.compile(r"<(?P<word>[^<>:\n]{2,40}):\s?(?P<file>[^<>\n]{1,250}\.[^<>\n.\s]{1,10})>")
_IOS_FILE = re.compile(r"^\d{8}-")
_ATTACHED_ANDROID = re.compile(
    rf"^{_M}*(?P<file>[^\n]{{1,250}}?\.[\w]{{1,10}}){_M}* {_M}*\((?P<word>[^()\n]{{4,40}}(?:\(\w+\))?)\)"
    rf"{_M}*(?:\r?\n(?P<rest>.*))?$",
    re.DOTALL,
)
_OWN_FILE = re.compile(r"^(?:IMG|VID|AUD|PTT|STK|DOC|GIF|PTV)-\d{8}-WA\d+")
_OMITTED_IOS = re.compile(rf"^(?P<rest>.*){LRM}{_M}*<?(?P<what>[^<>\n]{{4,60}})>?{_M}*$", re.DOTALL)
_MAP = re.compile(
    r"^(?P<word>[^:\n]{1,40}):\s+https?://(?:maps\.(?:google|apple)\.|(?:www\.)?google\.[a-z.]+/maps|goo\.gl/maps)"
)
_BY_ADMIN = re.compile(r"^this message was deleted by admin .+$")
_POLL = re.compile(rf"\n{LRM}?[^\n:]{{2,24}}: [^\n]+ \({LRM}?\d+ [^\n()]{{2,24}}\)")
"""A choice of a poll with its votes, under the question."""
_MISSED = say.MISSED_VOICE | say.MISSED_VIDEO
_CALL_BACK = re.compile(r"[,.]\s|[，،]\s?|\s(?:at|um|à|a las|às|alle|om|o)\s\d|\s\(")
_ONCE = re.compile(r"\bview once\b")
REPEATED: Final = frozenset({"deleted", "media", "view_once", "call_missed"})
"""Kinds whose words are often the same to the letter, so that they are looked at once."""
_LONGEST: Final = 600
"""Characters; no sentence of the app's own is longer."""
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_DURATION = re.compile(r"(\d+) (s|m|h)\w*")


@dataclass(slots=True)
class Body:
    """What a message's words turned out to be."""

    kind: Kind
    text: str | None
    media: tuple[Media, ...] = ()
    duration_s: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)


class Bodies:
    """Classifies the words of one chat.

    `marks` is whether this file marks the app's own words with U+200E. A file that does so says by
    their absence that a person typed the words; one that has lost every mark is read by its words.
    """

    def __init__(self, *, iphone: bool, marks: bool, files: Mapping[str, Media]) -> None:
        self.iphone = iphone
        self.marks = marks
        self.files = files
        self._known: dict[str, Body] = {}

    def of(self, text: str) -> Body:
        """The kind of a message that has a sender. `text` is without the line's own end."""
        known = self._known.get(text)
        if known:
            return known
        body = (self._attached(text) if text[1:2] == "<" else None) or self._edited(text) or self._unedited(text)
        body = body or Body("text", text)
        if len(text) < 80 and body.kind in REPEATED and len(self._known) < 1000:
            self._known[text] = body
        return body

    def nameless(self, text: str) -> Body:
        """The kind of a line without a sender: a missed call, else the app's own line."""
        shown = _app_words(text)
        missed = self._call(say.plain(text), shown)
        return missed or Body("system", shown or None)

    def _edited(self, text: str) -> Body | None:
        found = _EDITED.search(text, max(len(text) - 90, 0)) if ">" in text[-4:] else None
        if not found or not ((key := say.plain(found["what"])) in say.EDITED or marked.EDITED.search(key)):
            return None
        if self.iphone and self.marks and LRM not in text[max(found.start() - 3, 0) : found.start()]:
            return None
        words = text[: found.start()].rstrip(MARKS + " \n")
        inner = self._unedited(words)
        if inner is None:
            return Body("edited", words)
        inner.extra["edited"] = True
        return inner

    def _unedited(self, text: str) -> Body | None:
        key = say.plain(text) if len(text) <= _LONGEST else text
        generated = not self.iphone or LRM in text[:4] or not self.marks
        if not key and not text.strip(MARKS + SPACES + "\r\n"):
            return Body("unknown", None, extra={"shown": text} if text else {})
        if generated:
            if key in say.DELETED or key in say.YOU_DELETED or _BY_ADMIN.match(key):
                return Body("deleted", _app_words(text))
            if text.strip() == "null" and not self.iphone:
                return Body("view_once", None, extra={"shown": text})
            if key in say.WAITING:
                return Body("unknown", text.strip(MARKS))
        return self._attached(text) or self._omitted(text, generated=generated) or self._other(text, key)

    def _attached(self, text: str) -> Body | None:
        found = _ATTACHED_ANDROID.match(text) if ")" in text else None
        if found:
            name = found["file"].strip(MARKS)
            known = say.plain(found["word"]) in say.ATTACHED or name in self.files
            if known or _OWN_FILE.match(name):
                return Body("media", found["rest"] or None, (self.media(name),))
        for one in _ATTACHED_IOS.finditer(text) if "<" in text else ():
            name = one["file"].strip(MARKS)
            told = LRM in text[max(one.start() - 2, 0) : one.start()]
            if told or (not self.marks and (_IOS_FILE.match(name) or name in self.files)):
                ahead, behind = self._caption(text[: one.start()]), self._caption(text[one.end() :])
                caption = "\n".join(part for part in (ahead, behind) if part)
                return Body("media", caption or None, (self.media(name),))
        return None

    def _caption(self, rest: str) -> str | None:
        return rest.strip(MARKS + " \r\n") or None

    def media(self, name: str) -> Media:
        """The file of that name: found in the export, or only named."""
        return self.files.get(name) or Media(name=name, present=False, type=media_type(name))

    def _omitted(self, text: str, *, generated: bool) -> Body | None:
        found = _ANGLED.match(text) if "<" in text[:8] else None
        if found:
            key = say.plain(found["what"])
            kind, once = marked.OMITTED_TYPES.get(key), bool(_ONCE.search(key))
            if kind or key in say.OMITTED or marked.leaves_media_out(key) or (once and marked.left_out(key)):
                return self._left_out(found["rest"], found["what"], kind, once=once)
        if not self.iphone:
            return None
        late = _OMITTED_IOS.match(text) if LRM in text else None
        if late and (kind := marked.OMITTED_TYPES.get(say.plain(late["what"]))):
            return self._left_out(late["rest"], late["what"], kind)
        if generated and (kind := marked.OMITTED_TYPES.get(say.plain(text))):
            return self._left_out(None, text.strip(MARKS), kind)
        key = say.plain(text)
        once = bool(_ONCE.search(key)) and marked.left_out(key)
        if LRM in text[:4] and ((kind := marked.left_out_type(key)) or once):
            return self._left_out(None, text.strip(MARKS), kind, once=once)
        return None

    def _left_out(self, rest: str | None, shown: str, kind: str | None, *, once: bool = False) -> Body:
        caption = self._caption(rest or "")
        name = None
        if kind == "document" and caption and "\n" not in caption:
            name, caption = caption.split(" • ")[0].strip(MARKS + " "), None
        elif caption and kind is None and "\n" not in caption and re.fullmatch(r"[^\n/]+\.\w{1,5}", caption):
            name, caption = caption, None
        media = self.media(name) if name else Media(present=False, type=kind)
        return Body("view_once" if once else "media", caption, (media,), extra={"shown": shown})

    def _other(self, text: str, key: str) -> Body | None:
        if key in say.LIVE_LOCATION and (not self.iphone or LRM in text or not self.marks):
            return Body("location", text.strip(MARKS))
        place = _MAP.match(text.lstrip(MARKS)) if "://" in text else None
        if place and say.plain(place["word"]) in say.LOCATION:
            return Body("location", text.strip(MARKS))
        if not self.iphone or LRM not in text[:4]:
            return self._unmarked(text, key) if self.iphone and not self.marks else None
        shown = _app_words(text)
        call = self._call(key, shown)
        if call:
            return call
        if _ONCE.search(key) and key.startswith("you "):
            return Body("view_once", None, extra={"shown": shown})
        if _POLL.search(text):
            return Body("text", shown)
        if app_says(shown).system:
            return Body("system", shown)
        return Body("unknown", shown, extra={"shown_with_mark": True})

    def _unmarked(self, text: str, key: str) -> Body | None:
        """What the app wrote, in an iPhone's export that has lost its marks."""
        return Body("system", _app_words(text)) if is_notice(text) else self._call(key, text)

    def _call(self, key: str, shown: str) -> Body | None:
        head = _CALL_BACK.split(key, maxsplit=1)[0].rstrip(" ,.")
        if key in _MISSED or head in _MISSED:
            return Body("call_missed", _app_words(shown))
        found = marked.CALL.match(key)
        if not found or not found["how"]:
            return None
        how = found["how"]
        seconds = sum(int(n) * _SECONDS[unit] for n, unit in _DURATION.findall(how))
        if seconds or "answered" in how:
            return Body("call_answered", _app_words(shown), duration_s=seconds or None)
        if "call back" in how:
            return Body("call_missed", _app_words(shown))
        return Body("unknown", _app_words(shown), extra={"call": how})


def kind_of(body: Body, direction: Direction) -> Kind:
    """The kind of what a body is, once it is known which way it went.

    A call that the owner made is `call_made`, however it ended. One that nobody took was missed, or rejected,
    by the owner; while it is not known whose phone this is, neither is what kind it is.
    """
    unanswered = body.extra.get("call")
    if direction == "out" and (unanswered or body.kind == "call_answered"):
        return "call_made"
    if direction == "in" and unanswered:
        return _REFUSED.get(unanswered, body.kind)
    return body.kind


_REFUSED: Final[dict[str, Kind]] = {"no answer": "call_missed", "declined": "call_rejected"}


def _app_words(text: str) -> str:
    """The app's own words without the marks that it puts between them."""
    return text.replace(LRM, "").strip(MARKS + " \r\n")


_TYPES: Final = {
    "image": "jpg jpeg png heic heif gif", "sticker": "webp", "video": "mp4 mov 3gp mkv avi m4v",
    "audio": "opus ogg m4a mp3 aac amr wav", "contact": "vcf",
    "document": "pdf doc docx xls xlsx ppt pptx txt csv odt rtf",
}  # fmt: skip
_BY_ENDING = {ending: kind for kind, endings in _TYPES.items() for ending in endings.split()}


def media_type(name: str) -> str | None:
    """The kind of a file by its ending, in the words that an iPhone's export uses."""
    return _BY_ENDING.get(name.rpartition(".")[2].lower())
