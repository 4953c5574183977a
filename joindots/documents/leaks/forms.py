"""Protected words turned into needles: every way of writing one that is looked for, with how strictly.

Short needles must stand as words of their own, long ones may stand inside others; how long is measured by
`python -m bench leaks` over packs that hold nothing protected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import phonenumbers

from joindots.documents.leaks.folding import fold
from joindots.documents.leaks.protected import Kind, Protected, Word
from joindots.documents.leaks.streets import doors, postcodes, with_towns

SHORTEST = 2
"""One letter stands everywhere: a protected word of one cannot be looked for."""
FREE = 7
"""From this many letters a needle may begin and end inside a word."""
ANY_SPLIT = 6
"""Below it the letters stand together, or each alone: `Ian` is not found in `I an…`."""
ONE_OFF = 8
"""From this many letters a needle is found with one letter added, left out, changed, or two changed over."""
NUMBER = 9
"""Digits of a telephone number without its first nought."""

READ_ONE_OFF = ("postcode", "vehicle")
"""In words that a machine read in a picture (`QJU` for `9JU`), these too are found with one sign wrong."""
_TELLS = re.compile(r"(?=.*[a-z].*[a-z])(?:.*\d){5}")
"""A name without its ending tells a file by letters and digits; digits alone would be a day or a time."""
_NEVER_ONE_OFF = {"postcode", "vehicle", "file name"}
"""One letter off, these are another house's, another car's, the next photograph's."""
_LAST = {
    "school", "ltd", "limited", "plc", "llp", "academy", "college", "nursery", "surgery", "hospital", "university",
    "group", "inc",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Needle:
    """One folded way of writing a protected word.

    `written`: as it was given (else a part or another way). `whole`: begins and ends where words do.
    `split`: spaces may stand anywhere in it; otherwise nowhere, or between all of its letters.
    `one_off`: also looked for with one letter wrong; `letters`: but every digit right.
    """

    folded: str
    kind: Kind
    written: bool = True
    whole: bool = False
    split: bool = True
    one_off: bool = False
    letters: bool = False

    @property
    def digits(self) -> bool:
        """Whether it is a number and nothing else."""
        return self.folded.isdigit()


def needles(protected: Protected) -> tuple[Needle, ...]:
    """Every needle once; of two alike the one as written stays."""
    found: dict[str, Needle] = {}
    for word in protected.words:
        for needle in _ways(word):
            there = found.get(needle.folded)
            if len(needle.folded) >= SHORTEST and (there is None or (needle.written and not there.written)):
                found[needle.folded] = needle
    return tuple(found.values())


def _ways(word: Word) -> Iterator[Needle]:
    return _WAYS[word.kind](word)


def _plain(folded: str, kind: Kind, *, written: bool = True, whole: bool = False, one_off: bool = True) -> Needle:
    return Needle(
        folded,
        kind,
        written,
        whole=whole or len(folded) < FREE,
        split=len(folded) >= ANY_SPLIT,
        one_off=one_off and len(folded) >= ONE_OFF and kind not in _NEVER_ONE_OFF,
    )


def _exact(folded: str, kind: Kind, *, written: bool = True) -> Needle:
    """Letters and digits of a fixed form, which people split as they like."""
    return Needle(folded, kind, written, whole=True)


def _fixed(word: Word) -> Iterator[Needle]:
    yield _exact(fold(word.text), word.kind)


def _other(word: Word) -> Iterator[Needle]:
    yield _plain(fold(word.text), word.kind)


def _handle(word: Word) -> Iterator[Needle]:
    yield _plain(fold(word.text.rstrip("/").rsplit("/", 1)[-1]), word.kind)


def _address(word: Word) -> Iterator[Needle]:
    """A house number one off is another house, perhaps in another town; with its town behind it, it is a slip."""
    for folded, written in doors(word.text):
        if len(folded) >= ANY_SPLIT:
            needle = _plain(folded, "address", written=written, whole=not written, one_off=written)
            yield replace(needle, letters=needle.one_off)
    for folded in with_towns(word.text):
        yield _plain(folded, "address")
    for postcode in postcodes(word.text):
        yield _exact(postcode, "postcode")


def _number(word: Word) -> Iterator[Needle]:
    digits = fold(word.text)
    try:
        number = phonenumbers.parse(word.text, "GB")
    except phonenumbers.NumberParseException:
        yield _plain(digits, "number")
        return
    national = str(number.national_number)
    if len(national) >= NUMBER:
        yield Needle(national, "number", one_off=True)
    else:
        yield _exact(digits, "number")


def _email(word: Word) -> Iterator[Needle]:
    yield _plain(fold(word.text), "email")
    name, _, domain = word.text.partition("@")
    dotted = domain.replace(".", " dot ")
    for spoken in (
        f"{name} at {domain}",
        f"{name} at {dotted}",
        f"{name} {dotted}",
        f"{name.replace('.', ' dot ')} at {dotted}",
    ):
        yield _plain(fold(spoken), "email", written=False, whole=True, one_off=False)


def _name(word: Word) -> Iterator[Needle]:
    parts = [part for part in re.split(r"[\s,]+", word.text.strip()) if fold(part)]
    if "," in word.text:
        # "Hale, Mia": the surname came first.
        parts = parts[1:] + parts[:1]
    yield _plain(fold("".join(parts)), word.kind)
    if len(parts) > 1:
        first, last = fold(parts[0]), fold(parts[-1])
        yield _plain(first + last, word.kind)
        yield _plain(last + first, word.kind, written=False, whole=True, one_off=False)
        yield _plain(last + fold("".join(parts[:-1])), word.kind, written=False, whole=True, one_off=False)
        kept = parts if word.parts else parts[:1] if word.kind == "child" else []
        for part in kept:
            yield _part(fold(part), word.kind)


def _part(folded: str, kind: Kind) -> Needle:
    return Needle(folded, kind, written=False, whole=True, split=len(folded) >= ANY_SPLIT)


def _organisation(word: Word) -> Iterator[Needle]:
    names = {word.text, re.sub(r"\bsaint\b", "St", word.text, flags=re.IGNORECASE)}
    names.add(re.sub(r"\bst\b\.?", "Saint", word.text, flags=re.IGNORECASE))
    for name in sorted(names, key=lambda name: name != word.text):
        parts = name.split()
        yield _plain(fold(name), word.kind)
        if len(parts) > 2 and fold(parts[-1]) in _LAST:
            yield _plain(fold("".join(parts[:-1])), word.kind, written=False)


def _file_name(word: Word) -> Iterator[Needle]:
    name = word.text.replace("\\", "/").rsplit("/", 1)[-1]
    stem = name.rpartition(".")[0] or name
    yield _plain(fold(name), "file name")
    if _TELLS.search(fold(stem)):
        yield _plain(fold(stem), "file name", written=False, whole=True)


_WAYS: dict[str, Callable[[Word], Iterator[Needle]]] = {
    "address": _address,
    "postcode": _fixed,
    "number": _number,
    "email": _email,
    "handle": _handle,
    "workplace": _organisation,
    "school": _organisation,
    "child": _name,
    "bystander": _name,
    "vehicle": _fixed,
    "file name": _file_name,
    "other": _other,
}
