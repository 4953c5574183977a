"""The chat inside a file as given: the text file itself or the one in a zip, its encoding, and whose chat it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.whatsapp import sentences_marked as marked
from joindots.evidence.readers.whatsapp.cutting import Readable
from joindots.evidence.readers.whatsapp.headers import header
from joindots.evidence.readers.whatsapp.sentences import plain

SAMPLE: Final = 1 << 16
MOST_COMPARED: Final = 50
"""Chats in one archive up to which they are searched for one another's names."""
_MARK: Final = rb"(?:: |\xe2\x80[\x8e\x8f])"
_BOMS: Final = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_TITLES: Final = (
    r"WhatsApp Chat with|WhatsApp Chat -|WhatsApp Chat mit|WhatsApp-Chat mit|Chat de WhatsApp con|"
    r"Conversación de WhatsApp con|Chat WhatsApp con|Conversa do WhatsApp com|Conversa no WhatsApp com|"
    r"Discussion WhatsApp avec|Chat WhatsApp avec|WhatsApp-chat met|WhatsApp-gesprek met|Czat WhatsApp z użytkownikiem|"
    r"Czat WhatsApp z|Czat WhatsApp -|Conversație WhatsApp cu|Conversaţie WhatsApp cu|Discuție WhatsApp cu|"
    r"WhatsApp Sohbeti -|WhatsApp Sohbet -|دردشة واتساب مع|محادثة واتساب مع|WhatsApp چیٹ|"
    r"Чат WhatsApp с|Чат WhatsApp із|WhatsApp चैट -|WhatsApp চ্যাট|WhatsApp ચેટ|与|صحبت واتساپ با|"
    r"WhatsApp-chatt med|WhatsApp-samtale med|WhatsApp-chat med|WhatsApp keskustelu|WhatsApp Chat"
)
_TITLE = re.compile(rf"^(?:{_TITLES})[ _:\-]*(?P<name>.+?)(?: ?\(\d+\))?\.(?:txt|zip)$", re.IGNORECASE)
_HINT = re.compile(r"whats ?app|واتساب|واتساپ|^_chat|[/\\]_chat", re.IGNORECASE)
_LOG_LEVELS = frozenset("info debug error warn warning critical trace notice fatal verbose severe audit".split())


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat's text inside a source."""

    member: str | None
    open: Callable[[], Readable]
    thread: str | None
    encoding: str


def chats(source: Source) -> list[Chat]:
    """Every chat in the source: one, as a rule."""
    if not source.members:
        return [_chat(source, None, source.open)] if source.head[:2] != b"PK" else []
    found = []
    for member in source.members:
        name = member.name.rpartition("/")[2]
        if not name.lower().endswith(".txt") or member.name.startswith("__MACOSX/") or name.startswith("._"):
            continue

        def opened(name: str = member.name) -> BinaryIO:
            return source.open_member(name)

        with opened() as stream:
            head = stream.read(SAMPLE)
        if looks_like_chat(head, name if _HINT.search(name) else source.name):
            found.append(_chat(source, member.name, opened))
    return _own(found)


def _own(found: list[Chat]) -> list[Chat]:
    """The chats but those that another one names as a file sent in it: they are its attachments."""
    if not 1 < len(found) <= MOST_COMPARED:
        return found
    names = [(chat.member or "").rpartition("/")[2].encode() for chat in found]
    pattern = re.compile(_MARK + rb"(" + b"|".join(map(re.escape, names)) + rb")(?:\xe2\x80[\x8e\x8f])?(?: \(|>)")
    sent = {name for chat, own in zip(found, names, strict=True) for name in _sent(chat, pattern) if name != own}
    return [chat for chat, name in zip(found, names, strict=True) if name not in sent] or found


def _sent(chat: Chat, pattern: re.Pattern[bytes]) -> set[bytes]:
    """Names of files that a chat says were sent: `NAME (file attached)`, or `<attached: NAME>` on an iPhone."""
    stream, held = chat.open(), b""
    names: set[bytes] = set()
    while block := stream.read(1 << 20):
        held += block
        names.update(found[1] for found in pattern.finditer(held))
        held = held[-2048:]
    return names


def _chat(source: Source, member: str | None, opened: Callable[[], BinaryIO]) -> Chat:
    with opened() as stream:
        start = stream.read(SAMPLE)
    encoding = next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8")
    thread = title((member or "").rpartition("/")[2]) or title(source.name)
    if encoding == "utf-8":
        ended = opened if b"\n" in start or b"\r" not in start else lambda: Returns(opened())
        return Chat(member, ended, thread, encoding)
    return Chat(member, lambda: Utf8(opened(), encoding), thread, encoding)


def title(name: str) -> str | None:
    """Whose chat it is by the name that the phone gave the file."""
    found = _TITLE.match(name)
    return found["name"].strip(" _") or None if found else None


def claims(source: Source) -> bool:
    """Whether the source is a WhatsApp export: by its header lines, not by its name alone."""
    if source.members:
        return bool(chats(source))
    return looks_like_chat(source.head, source.name)


def looks_like_chat(head: bytes, name: str) -> bool:
    """Whether a text opens with WhatsApp's headers: two alike with a sender, or one and another sign of it.

    A name alone proves nothing, and a program's log (`[2024-03-12 14:05:06] ERROR: …`) is no chat. A single
    message is one if it opens the file and has a comma between date and time, as the phones of this country write.
    """
    lines = [line for line, _ in sample_lines(head)]
    found = [known for line in lines[:400] if (known := header(line))]
    first = next((i for i, line in enumerate(lines) if header(line)), None)
    if first is None or first > 20:
        return False
    rests = [match["rest"] for _, match in found]
    senders = [rest.partition(": ")[0] for rest in rests if ": " in rest or rest.endswith(":")]
    sign = bool(_HINT.search(name)) or any(_app_wrote(rest) for rest in rests)
    if not sign and any(sender.strip("[] ").casefold() in _LOG_LEVELS for sender in senders):
        return False
    if len(found) == 1 and senders and not any(lines[:first]) and ", " in lines[first][:14]:
        return True
    return (sign and bool(rests) and (bool(senders) or any(_app_wrote(rest) for rest in rests))) or (
        len(found) >= 2 and bool(senders) and found[0][0] == found[1][0] and len(found) * 20 >= len(lines[:400])
    )


def _app_wrote(rest: str) -> bool:
    return "\u200e" in rest[:120] or any(word in plain(rest[:300]) for word in marked.SURE_WORDS)


def sample_lines(head: bytes, *, whole: bool = False) -> Iterator[tuple[str, bool]]:
    """The lines of the first bytes, each with whether it ends in CR LF; the last one only if it is whole."""
    encoding = next((name for bom, name in _BOMS if head.startswith(bom)), "utf-8")
    text = head.decode(encoding, "replace")
    lines = text.split("\n" if "\n" in text else "\r")
    if not whole and len(head) >= SAMPLE and len(lines) > 1:
        lines.pop()
    for line in lines:
        yield line.rstrip("\r"), line.endswith("\r")


class Utf8:
    """A UTF-16 text read as UTF-8, as Notepad's "Unicode" must be. Broken pairs become U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._held = b""
        self._ended = False

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes in UTF-8, at most `size`."""
        while not self._ended and (size < 0 or len(self._held) < size):
            block = self._stream.read(1 << 20)
            self._ended = not block
            self._held += self._decoder.decode(block, self._ended).encode("utf-8", "replace")
        size = len(self._held) if size < 0 else size
        given, self._held = self._held[:size], self._held[size:]
        return given


class Returns:
    """A text whose lines end in a carriage return alone, as old editors write, with line feeds in their place."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`; as many as there are."""
        return self._stream.read(size).replace(b"\r", b"\n")


def no_header(name: str) -> Exception:
    """The refusal of a text in which no message was found."""
    return not_readable(
        "whatsapp_no_header",
        "No WhatsApp message was found in {name}: no line opens with a date, a time and a name. In WhatsApp, open "
        "the chat, choose Export chat, and bring in that file as it is.",
        name=name,
    )
