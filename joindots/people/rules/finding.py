"""What somebody may mean by a few words typed to find a person: each reading as a look-up asks for it (pure)."""

from __future__ import annotations

import unicodedata
from typing import Final

from joindots.kernel.identities import key_of_address, key_of_number

MOST: Final = 120
"""Letters of what is looked up; longer is no name, number or mark."""
MOST_WORDS: Final = 6
NAME: Final = "name"
WORD: Final = "name_word"
"""One word of a name of several: a surname alone is enough to be found."""
ALSO_WORD: Final = "also_word"
"""One word of another name somebody goes by or went by."""
ALSO: Final = {"alias": "also called", "maiden": "earlier surname", "nickname": "nickname"}
"""Other names: found as a name is, and shown as the marks they are."""
NOT_KNOWN: Final = "Name not known"
"""What stands for somebody whose name nobody knows: no name, so nobody is found by it or taken for somebody else."""


def folded(name: str) -> str:
    """A name as looked up: without accents, case, commas or double spaces."""
    flat = unicodedata.normalize("NFKD", name.replace(",", " "))
    return " ".join("".join(sign for sign in flat if not unicodedata.combining(sign)).casefold().split())


def plate(mark: str) -> str:
    """A vehicle's mark as compared: capitals and digits alone, so that `zz99 abc` is `ZZ99ABC`."""
    return "".join(sign for sign in mark.upper() if sign.isalnum())


def marks_of_name(name: str) -> tuple[tuple[str, str], ...]:
    """How a name is kept to be found: whole, and by each of its words where it has several."""
    whole = folded(name)
    if not whole or whole == folded(NOT_KNOWN):
        return ()
    words = dict.fromkeys(whole.split())
    return ((NAME, whole), *((WORD, word) for word in words if len(words) > 1))


def compared(kind: str, value: str) -> str:
    """How an identifier is compared; it is shown as it was given."""
    if kind == "vehicle":
        return plate(value)
    if kind == "email":
        return value.casefold()
    return folded(value) if kind in {"handle", "address"} else value


def indexed(kind: str, value: str) -> tuple[str, str]:
    """The kind and value under which a mark is looked up: another name as a name is, whatever it is kept as."""
    if kind in ALSO:
        return NAME, folded(value)
    return (WORD, folded(value)) if kind == ALSO_WORD else (kind, compared(kind, value))


def readings(typed: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Every reading of the words typed: marks (kind, value) of which one person must bear all.

    A number, a mail address, a handle, a plate, a place, a whole name, or the words of a name in any order.
    """
    text = " ".join(typed.split())
    if not text or len(text) > MOST:
        return ()
    whole, number, address = folded(text), key_of_number(text), key_of_address(text)
    found: list[tuple[tuple[str, str], ...]] = [((NAME, whole),), ((WORD, whole),)] if whole else []
    words = tuple(dict.fromkeys(whole.split()))
    if 1 < len(words) <= MOST_WORDS:
        found.append(tuple((WORD, word) for word in words))
    found += [((kind, whole.removeprefix("@")),) for kind in ("handle", "address") if whole]
    found += [(("number", number),)] if number else []
    # In small letters as now compared, and as typed: what was kept before stands so until the next rotation.
    found += [(("email", key),) for key in dict.fromkeys((address.casefold(), address))] if address else []
    if any(sign.isdigit() for sign in text) and plate(text):
        found.append((("vehicle", plate(text)),))
    return tuple(found)
