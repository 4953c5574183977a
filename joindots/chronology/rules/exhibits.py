"""Which files are exhibits, in what order, and which are listed without being enclosed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from joindots.chronology.rules.drafts import Draft
from joindots.chronology.rules.given import SourceRead
from joindots.documents.contents import Exhibit

WHOLE_SOURCE = "it also holds words of other people, which are kept back. Whoever holds the source can show it."
UNREAD = "it could not be read, so nobody can say whose words it holds. It is kept as it is."
NARROWED = "it also holds records that were not taken in, by choice. Whoever holds the source can show it."
OF_OTHERS = "it belongs to words of other people, which are kept back."


def exhibits_of(sources: Sequence[SourceRead], drafts: Sequence[Draft], private: set[int]) -> tuple[Exhibit, ...]:
    """The sources first, then the files found in them: in order of the entries, then the rest.

    One SHA-256 is one exhibit. A source in which anything is kept back (`private`), or of which only a
    part was taken in, is not enclosed: it would carry the very words. Nor is a file in it that no shown record carries.
    """
    numbered: dict[str, Exhibit] = {}
    for number, source in enumerate(sources):
        why = WHOLE_SOURCE if number in private else NARROWED if source.narrowed else ""
        why = UNREAD if source.problem and not source.communications else why
        _add(numbered, source.name, source.sha256, source.size, f"source, {source.says}", why)
    sizes = {one.sha256: (one.size, one.type, one.name) for source in sources for one in source.attachments}
    for name, sha256, size, kind in _shown_media(drafts):
        held_size, held_kind, held_name = sizes.get(sha256, (size, kind, name))
        if sha256 in sizes or size is not None:
            _add(
                numbered,
                name or held_name or "a file",
                sha256,
                held_size or 0,
                kind or held_kind or "file in a source",
                "",
            )
    for number, source in enumerate(sources):
        for one in source.attachments:
            why = OF_OTHERS if number in private else ""
            _add(numbered, "a file" if why else one.name, one.sha256, one.size, one.type or "file in a source", why)
    return tuple(numbered.values())


def _add(numbered: dict[str, Exhibit], name: str, sha256: str, size: int, says: str, why_not: str) -> None:
    if sha256 not in numbered:
        numbered[sha256] = Exhibit(len(numbered) + 1, name, sha256, size, says, why_not=why_not)


def _shown_media(drafts: Sequence[Draft]) -> Iterator[tuple[str | None, str, int | None, str | None]]:
    for draft in drafts:
        for act in draft.acts:
            for held in (act.first, *act.others):
                for media in held.c.media:
                    if media.sha256 and media.present:
                        yield media.name, media.sha256, media.size, media.type
