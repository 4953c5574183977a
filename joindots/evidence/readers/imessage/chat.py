"""One conversation of an export: its blocks as communications, with who is who as far as the file says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from msgspec.structs import replace

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.imessage import body as bodies
from joindots.evidence.readers.imessage.blocks import ME, MOST_VOICES, Block, Survey, blocks, nested_stamp, survey
from joindots.evidence.readers.imessage.clock import Clock
from joindots.evidence.readers.imessage.lines import ANNOUNCED, NESTED, Line, Stamp
from joindots.evidence.readers.records import (
    Candidate,
    Communication,
    Direction,
    Identity,
    Item,
    Kind,
    Media,
    NotUnderstood,
    Place,
    Question,
    QuestionName,
)
from joindots.evidence.readers.shelf import Shelf
from joindots.evidence.readers.source import Source
from joindots.kernel.identities import key_of_address, key_of_number

_NOT_UTF8 = "not_utf8_replaced"
_ORPHANED = "orphaned"
NOBODY = "none"
"""The answer to `owner` where none of the names is the phone's own."""
_EXCERPT = 80


class Chat:
    """One text file of an export. `opened` gives its stream from the start, as often as asked."""

    def __init__(
        self,
        source: Source,
        answers: Answers,
        opened: Callable[[], BinaryIO],
        shelf: Shelf,
        member: str | None = None,
    ) -> None:
        self._source = source
        self._answers = answers
        self._opened = opened
        self._shelf = shelf
        self._member = member
        path = PurePosixPath(member or source.name)
        self._folder = "" if member is None or str(path.parent) == "." else f"{path.parent}/"
        self.name = path.stem
        self.thread = None if self.name == _ORPHANED else self.name
        self.survey: Survey = survey(opened, lambda: Clock(source, answers))
        self.first: datetime | None = None
        self.last: datetime | None = None
        self._seq = 0
        self._answered: dict[tuple[str, str], str] = {}
        self._before: datetime | None = None
        self._owners, self._owner_open, self._owner_unknown = self._owner()
        self._identities: dict[str, Identity] = {}
        self._recipients = self._named_or_only()

    def items(self, seq: int) -> Iterator[Item]:
        """Every record from number `seq` on, tiling the file with what was not understood; then questions."""
        self._seq = seq
        with self._opened() as stream:
            for block in blocks(stream, self.survey.quoted):
                yield from self._block(block)
        yield from self.survey.clock.questions()
        if self._owner_open:
            yield self._owner_question()

    def _block(self, block: Block) -> Iterator[Item]:
        if block.too_long or block.stamp is None or block.kind == "unreadable":
            yield self._unread(block)
        elif block.kind == "announcement":
            yield self._announcement(block, block.stamp)
        else:
            yield from self._messages(block, block.stamp)

    def _unread(self, block: Block) -> NotUnderstood:
        excerpt = block.stamp.shown if block.stamp else next((one.text for one in block.body if one.text), "")
        place = Place(self._member, block.line, block.byte, block.length)
        if block.too_long:
            return NotUnderstood(place, "too_long", excerpt[:_EXCERPT])
        if block.stamp:
            return NotUnderstood(place, "broken", excerpt)
        return NotUnderstood(place, "unknown_line" if excerpt.strip() else "headings", excerpt[:_EXCERPT])

    def _announcement(self, block: Block, at: Stamp) -> Communication:
        sentence = at.rest[1:]
        found = ANNOUNCED.fullmatch(sentence)
        kind: Kind = "unknown"
        if found:
            kind = "unsent" if found["what"].startswith("unsent") else "system"
        who = found["who"] if found else ""
        own = who == "You" or who in self._owners
        direction: Direction = "unknown"
        if found and (who == "You" or not self._owner_unknown):
            direction = "out" if own else "in"
        shown = bodies.Body(text=sentence, kind=kind)
        sender = Identity() if own or not who else self._identity(who)
        return self._record(self._place(block), at, sender, direction, shown)

    def _messages(self, block: Block, at: Stamp) -> Iterator[Communication]:
        lines, copies, alone = self._parted(block.body)
        body = bodies.read([line.text for line in lines], block.sender)
        if block.quoted:
            body.extra["lines_like_a_head"] = block.quoted
        key = (at.shown, block.sender)
        length = alone[0][0].byte - block.byte if alone else block.length
        quoted_of = self._answered.pop(key, None)
        record = self._message(
            Place(self._member, block.line, block.byte, length), at, block.sender, body, quoted_of, block.valid
        )
        for copy in copies:
            self._answered[copy] = record.id
        yield record
        end = block.byte + block.length
        for number, reply in enumerate(alone):
            until = alone[number + 1][0].byte if number + 1 < len(alone) else end
            yield self._reply(reply, until, record.id, block.valid)

    def _parted(self, lines: list[Line]) -> tuple[list[Line], list[tuple[str, str]], list[list[Line]]]:
        """A message's own lines, the replies that stand again elsewhere, and those that stand only here."""
        own: list[Line] = []
        copies: list[tuple[str, str]] = []
        alone: list[list[Line]] = []
        at = 0
        while at < len(lines):
            head = nested_stamp(lines[at])
            if head is None or at + 1 == len(lines) or not lines[at + 1].text.startswith(NESTED):
                own.append(lines[at])
                at += 1
                continue
            key = (head.shown, lines[at + 1].text.strip())
            counts = self.survey.replies.get(key)
            end = at + 2
            if counts:
                end += counts[0]
                counts.rotate(-1)
                copies.append(key)
            else:
                while end < len(lines) and lines[end].text:
                    end += 1
                alone.append(lines[at:end])
            at = end + (end < len(lines) and lines[end].text == "")
        return own, copies, alone

    def _reply(self, lines: list[Line], until: int, answers_id: str, valid: bool) -> Communication:
        head = nested_stamp(lines[0])
        assert head is not None  # it is what made these lines a reply
        sender = lines[1].text.strip()
        body = bodies.read([line.text.removeprefix(NESTED) for line in lines[2:]], sender)
        place = Place(self._member, lines[0].number, lines[0].byte, until - lines[0].byte)
        return self._message(place, head, sender, body, answers_id, valid)

    def _message(
        self, place: Place, at: Stamp, sender: str, body: bodies.Body, quoted_of: str | None, valid: bool
    ) -> Communication:
        if at.read_by:
            body.extra |= {"read_by": at.read_by, "read_after": at.read_after}
        direction: Direction = "out" if sender in self._owners else "in"
        if self._owner_unknown:
            direction = "unknown"
        return self._record(place, at, self._identity(sender), direction, body, quoted_of, valid)

    def _record(
        self,
        place: Place,
        at: Stamp,
        sender: Identity,
        direction: Direction,
        body: bodies.Body,
        quoted_of: str | None = None,
        valid: bool = True,
    ) -> Communication:
        moment = self.survey.clock.moment(at.at, place.byte or 0)
        self._stretch(moment.earliest, moment.latest)
        flags = moment.flags
        if moment.earliest and self._before and moment.latest and moment.latest < self._before:
            flags = (*flags, "out_of_order")
        self._before = moment.earliest or self._before
        edited = moment.earliest + body.edited_after if moment.earliest and body.edited_after is not None else None
        own: tuple[QuestionName, ...] = ("owner",) if self._owner_open else ()
        seq, self._seq = self._seq, self._seq + 1
        return Communication(
            id=f"{self._source.sha256[:16]}-{seq}",
            source_file=self._source.sha256,
            place=place,
            seq=seq,
            channel="imessage",
            kind=body.kind,
            thread=self.thread,
            direction=direction,
            sender=sender,
            recipients=self._recipients if direction == "out" else (),
            at_earliest=moment.earliest,
            at_latest=moment.latest,
            at_shown=at.shown,
            precision=moment.precision,
            zone_basis=moment.basis,
            time_flags=flags,
            text=body.text,
            text_mended=None if valid else _NOT_UTF8,
            media=tuple(self._file(path, kind) for path, kind in body.files),
            quoted_of=quoted_of,
            edited_at=edited if moment.earliest == moment.latest else None,
            certainty_of_sender="account_shown" if sender.shown or direction == "out" else "unknown",
            extra=body.extra,
            open=(*moment.open, *own),
        )

    def _file(self, path: str | None, kind: str | None) -> Media:
        """A file by its path, which the exporter writes with backslashes on Windows."""
        if not path:
            return Media(type=kind)
        found = path if ":" in path[:2] else path.replace("\\", "/")
        return replace(self._shelf.media(found, self._folder, kind), name=path)

    def _place(self, block: Block) -> Place:
        return Place(self._member, block.line, block.byte, block.length)

    def _stretch(self, earliest: datetime | None, latest: datetime | None) -> None:
        if earliest and latest:
            self.first = min(self.first or earliest, earliest)
            self.last = max(self.last or latest, latest)

    def _identity(self, shown: str) -> Identity:
        found = self._identities.get(shown)
        if found is None:
            if len(self._identities) == MOST_VOICES:
                self._identities.clear()
            found = self._identities[shown] = Identity(shown, key_of_number(shown) or key_of_address(shown))
        return found

    def _named_or_only(self) -> tuple[Identity, ...]:
        """Whom the owner wrote to: those the file's name tells, or the only other voice; else not known."""
        named = tuple(self._identity(one) for one in self.name.split(" - ")[0].split(", "))
        if all(one.key for one in named):
            return named
        others = [self._identity(name) for name in self.survey.voices if name not in self._owners]
        return tuple(others) if len(others) == 1 and not self.survey.group else ()

    # whose phone

    def _owner(self) -> tuple[frozenset[str], bool, bool]:
        """The owner's names in this file, whether that must be asked, and whether it is not known.

        The exporter writes `Me`, unless told another name. A receipt settles it: only the owner's
        messages are "Read by them", and what others sent is read by the owner's name.
        """
        voices = self.survey.voices
        if ME in voices or not voices:
            return frozenset((ME,)), False, False
        settled = {name for name, voice in voices.items() if voice.theirs_read} | (self.survey.readers & voices.keys())
        if settled:
            return frozenset((ME, *settled)), False, False
        if len(voices) == 1:  # nobody wrote back
            return frozenset((ME,)), False, False
        given: Any = self._answers.to(self._source.sha256, self._source.name, "owner", self._member)
        if given == NOBODY or (isinstance(given, str) and given in voices):
            return frozenset((ME, given)), False, False
        return frozenset((ME,)), given != NOT_SURE, True

    def _owner_question(self) -> Question:
        voices = self.survey.voices
        details = tuple(Candidate(name, "", one.count, one.first, one.last) for name, one in voices.items())
        name, voice = next(iter(voices.items()))
        return Question(
            self._source.sha256,
            self._source.name,
            "owner",
            "Which of these is the person whose phone or computer this was?",
            (*voices, NOBODY),
            f"{voice.first} {name}",
            self._member,
            details,
        )
