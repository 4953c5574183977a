"""What the leak check sees and says of it: texts are searched, findings are kept, nothing secret is repeated."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from joindots.documents.leaks.decoding import APART, readings
from joindots.documents.leaks.matching import Hit, Matcher
from joindots.documents.leaks.protected import kind_says
from joindots.documents.pixels import Ocr
from joindots.kernel.words import Words, words

METADATA, UNREAD = "metadata", "unread"
ENCODED = "encoded"
SURE_BY_CHANCE = 7
"""Among bytes that mean something else, shorter words stand by chance."""
_STRING = re.compile(rb"[\x20-\x7e\t\r\n]{5,}")


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """Something that must not leave as it is. It holds nothing of what was found.

    `kind`: a kind of protected word, `metadata` (the file says more than can be seen in it) or `unread` (it could
    not be looked into). `variant`: how the word was written, `encoded`, or for `unread` what could not be read.
    """

    place: str
    kind: str
    variant: str = ""

    @property
    def says(self) -> Words:
        """The finding in a sentence that names the cure."""
        if self.kind == UNREAD:
            return words(
                "leak_unread",
                "{place} could not be looked into: {why}. Take it out, or have a named person look through it.",
                place=self.place,
                why=self.variant,
            )
        if self.kind == METADATA:
            return words(
                "leak_metadata",
                "{place} carries details that cannot be seen in it ({what}). Use a cleaned copy of it.",
                place=self.place,
                what=self.variant,
            )
        return words(
            "leak_found",
            "{place} holds {what} that must not leave ({how}). Have it kept back there, or take it out.",
            place=self.place,
            what=kind_says(self.kind),
            how=self.variant,
        )


@dataclass(slots=True)
class Looking:
    """One leak check under way. `vouched`: names of files whose sight or sound a named person has been through."""

    matcher: Matcher
    ocr: Ocr | None = None
    vouched: Collection[str] = ()
    found: dict[Leak, None] = field(default_factory=dict)

    def text(self, place: str, text: str) -> None:
        """Search a text and all that it carries."""
        for hit in self.matcher.search(text):
            self._hit(place, hit)
        for reading in readings(text):
            for hit in self.matcher.search(reading):
                self._hit(place, hit, encoded=True)

    def read(self, place: str, words: Sequence[str]) -> None:
        """Search words that a machine read in a picture."""
        for hit in self.matcher.search(" ".join(words), read=True):
            self._hit(place, hit)

    def name(self, place: str, name: str) -> str:
        """Search the name of a file; the place if the name may be said, else words in its stead."""
        clean = True
        for hit in (hit for text in (name, *readings(name)) for hit in self.matcher.search(text, glued=True)):
            clean = False
            self._hit(f"The name of {place}", hit)
        return name if clean and name.strip() else place

    def bytes(self, place: str, data: bytes) -> None:
        """Search the strings among bytes that mean something else; only what does not stand there by chance."""
        for text in strings(data):
            for hit in self.matcher.search(text, exact=True):
                if hit.end - hit.start >= SURE_BY_CHANCE:
                    self._hit(place, hit)

    def metadata(self, place: str, what: str) -> None:
        """The file carries what cannot be seen in it."""
        self.found[Leak(place, METADATA, what)] = None

    def unread(self, place: str, why: str) -> None:
        """It could not be looked into. Blocks, and no tick opens it."""
        self.found[Leak(place, UNREAD, why)] = None

    def unseen(self, name: str, place: str, why: str) -> None:
        """What it shows or sounds like is unknown; a named person may have been through it."""
        if name not in self.vouched:
            self.unread(place, why)

    def _hit(self, place: str, hit: Hit, *, encoded: bool = False) -> None:
        self.found[Leak(place, hit.kind, ENCODED if encoded else hit.variant)] = None


def strings(data: bytes) -> Iterator[str]:
    """What reads as text among bytes: as they are, and without noughts, which stand between the letters of UTF-16."""
    for body in (data, data.replace(b"\0", b"")) if b"\0" in data else (data,):
        if text := APART.join(found.decode("ascii") for found in _STRING.findall(body)):
            yield text
