"""Reading one file: find the format that claims it, and give back its items or a plain refusal."""

from __future__ import annotations

from collections.abc import Iterator

from joindots.evidence.readers.answers import NO_ANSWERS, Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.problems import NotReadable, not_readable
from joindots.evidence.readers.records import Item
from joindots.evidence.readers.registry import offered
from joindots.evidence.readers.source import DAMAGE, Source
from joindots.kernel.problems import Problem


def claim(source: Source, *, native: bool = True) -> Format:
    """The first format that claims the file. `native=False` passes over decoders outside Python."""
    with _Guard(source.name, "this kind of file"):
        for one in offered(source):
            if (native or not one.native) and one.claims(source):
                return one
    raise not_readable(
        "format_unknown",
        "{name} is not in a form that can be read here. It is kept as it is.",
        name=source.name,
    )


def read(
    source: Source,
    answers: Answers = NO_ANSWERS,
    media: MediaSink | None = None,
    *,
    native: bool = True,
) -> Iterator[Item]:
    """Every item of the file, in the file's own order. `media` defaults to hashing only.

    Raises NotReadable and nothing else: a reader's own failure becomes a plain refusal. Items given
    before a refusal are right as far as they go, and the file is then not whole.
    """
    return read_as(claim(source, native=native), source, answers, media or HashOnly())


def read_as(one: Format, source: Source, answers: Answers, media: MediaSink) -> Iterator[Item]:
    """Every item of the file by a format already chosen, guarded as `read` is."""
    with _Guard(source.name, one.says):
        yield from one.read(source, answers, media)


class _Guard:
    """Turns whatever a reader raises into a refusal. Written as a class: a generator may be closed in it."""

    def __init__(self, name: str, says: str) -> None:
        self.name = name
        self.says = says

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, Problem):
            return
        raise refusal(self.name, self.says, error) from error


def refusal(name: str, says: str, error: Exception) -> NotReadable:
    """The plain sentence for what a reader raised."""
    if isinstance(error, MemoryError | RecursionError):
        return not_readable(
            "too_large_inside",
            "{name} could not be read: something in it is larger or more deeply nested than can be held "
            "safely. It is kept as it is. Export a shorter period and bring that in.",
            name=name,
        )
    if isinstance(error, (OSError, *DAMAGE)):
        return not_readable(
            "damaged",
            "{name} could not be read to its end: it is damaged or cut off ({why}). It is kept as it is. "
            "Copy it from the device again.",
            name=name,
            why=str(error).rstrip(".").lower() or type(error).__name__,
        )
    return not_readable(
        "reader_failed",
        "{name} could not be read: the reader for {says} met something it does not know ({what}). The file "
        "is kept as it is and nothing was guessed. Export it again; if that does not help, tell whoever "
        "looks after this system.",
        name=name,
        says=says,
        what=type(error).__name__,
    )
