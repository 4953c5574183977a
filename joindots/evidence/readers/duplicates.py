"""Which records of several files show the same act: grouped for counting, never merged or dropped.

The rules (evidence guide, section 8), in the order in which they are asked:

1. Records of one export are never grouped with each other: "?" twice in one minute is two acts. A file is one
   export; a zip of several is as many (`export_of`).
2. Two threads of different files are one chat if they have one name and, in the period both cover,
   at least half of the smaller is also in the larger; or, whatever their names, if they share a run
   of four records, one after the other, from two senders.
3. In one chat the n-th record of a file with one sender, minute and content is the same act as the
   n-th such record of another. So the acts are as many as the richest file shows, never fewer.
4. Outside one chat two records are one act only if both ends are hard identifiers and equal, the
   text is long and equal, and no file shows it twice within a minute either way.
5. Mails with one Message-ID are one act.

Two channels are never one act: the same words sent by text and by chat were sent twice.
Memory: about 70 bytes a record; the records themselves wait in a temporary file without a name.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import combinations
from typing import BinaryIO, Final

import msgspec

from joindots.evidence.readers.records import OWN_THINGS, Communication, Identity
from joindots.evidence.readers.writable import writable
from joindots.kernel.identities import plain

RUN: Final = 4
"""Records in a row, from two senders, that two threads must share to be one chat under two names."""
LONG: Final = 12
"""Letters of a text that is not said twice by chance in two minutes."""
FILE_BY_FILE: Final = frozenset({"whatsapp", "sms", "mms", "imessage", "call"})
"""Channels whose exports are one file each: two such files in one zip are two exports."""
PARTS: Final = 64
CROWD: Final = 64
"""More threads than this with one record alike say nothing about which are one chat."""
BATCH: Final = 1_000
UNDATED: Final = -1
LAST_MINUTE: Final = 1 << 40
_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00b4": "'", "\u2026": "..."})
_encode = msgspec.msgpack.Encoder()
_decode = msgspec.msgpack.Decoder(list[Communication])


def folded(text: str) -> str:
    """The text as two exporters would agree on it: NFC, plain quotes, single spaces, no invisible marks."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", plain(text)).translate(_QUOTES)
    return _SPACE.sub(" ", text).strip()


def export_of(one: Communication) -> tuple[str, str | None, str | None]:
    """The export a record stands in: its file, and in an archive the part or the member that is one by itself."""
    return one.source_file, one.extra.get("part"), one.place.member if one.channel in FILE_BY_FILE else None


def named(identity: Identity) -> str:
    """Who it is, as far as a file says: the hard identifier, else the name shown in small letters."""
    return identity.key or folded(identity.shown or "").lstrip("~ ").casefold()


def content(one: Communication) -> str:
    """What was said or done. A picture that was sent counts as a picture: one export may hold it and another not.

    A photo or file that stands for itself is its bytes.
    """
    if one.channel in OWN_THINGS:
        return "b" + " ".join(media.sha256 or media.name or "" for media in one.media)
    if one.text:
        return "t" + folded(one.text)
    if one.media:
        return "m"
    return f"k{one.kind} {one.duration_s} {one.amount_pence}"


def _minute(at: datetime) -> int:
    """Minutes since the year 1, of a moment in UTC."""
    return (at.toordinal() * 24 + at.hour) * 60 + at.minute


def _hash(*parts: object) -> int:
    """64 bits, seeded anew in each process: nobody can make two texts collide on purpose."""
    return hash(parts) & 0xFFFF_FFFF_FFFF_FFFF


class _Rows:
    """Numbers of records in parts by a hash, so that one part at a time is sorted."""

    def __init__(self) -> None:
        self._hashes = [array("Q") for _ in range(PARTS)]
        self._numbers = [array("Q") for _ in range(PARTS)]

    def add(self, found: int, number: int) -> None:
        self._hashes[found % PARTS].append(found)
        self._numbers[found % PARTS].append(number)

    def alike(self) -> Iterator[tuple[int, list[int]]]:
        """Each hash with the numbers of its records, ascending."""
        for hashes, numbers in zip(self._hashes, self._numbers, strict=True):
            by_hash: dict[int, list[int]] = defaultdict(list)
            for found, number in zip(hashes, numbers, strict=True):
                by_hash[found].append(number)
            yield from by_hash.items()


class _Thread(msgspec.Struct):
    """A chat as one export has it. `source` is the export's number, `file` that of the file it stands in."""

    number: int
    file: int
    source: int
    label: tuple[str, str]
    first: int = LAST_MINUTE
    last: int = UNDATED
    run: tuple[int, ...] = ()
    sender: str = ""
    alone: int = 0
    """Records in a row by this sender, so far."""


class Spool:
    """Takes the records of all files, then gives them back in order, each with its `dup_group`.

    `alike` names who an identity is; the caller may know more (a person's answers) than the file.
    The order of the files does not matter: the same records give the same groups. A group is named
    by the file and place of one of its records.
    """

    def __init__(self, alike: Callable[[Identity], str] = named, file: BinaryIO | None = None) -> None:
        self.alike = alike
        self.acts = 0
        # A caller whose records may not touch the disk gives a file in memory.
        self._file = file or tempfile.TemporaryFile()  # noqa: SIM115 – lives as long as the spool; has no name on disk
        self._waiting: list[Communication] = []
        self._files: dict[str, int] = {}
        self._sources: dict[tuple[str, str | None, str | None], int] = {}
        self._threads: list[_Thread] = []
        self._by_name: dict[tuple[object, str, str | None], _Thread] = {}
        self._names: dict[Identity, str] = {}
        self._records: Counter[int] = Counter()
        self._place_of = array("I")
        self._thread = array("I")
        self._minute = array("q")
        self._same, self._runs, self._hard = _Rows(), _Rows(), _Rows()

    def add(self, one: Communication) -> None:
        """Take one record; those of one file in the file's own order."""
        number = len(self._thread)
        thread = self._thread_of(one)
        minute, latest = UNDATED, UNDATED
        if one.at_earliest is not None and one.at_latest is not None:
            minute, latest = _minute(one.at_earliest), _minute(one.at_latest)
            thread.first, thread.last = min(thread.first, minute), max(thread.last, minute)
        self._thread.append(thread.number)
        self._minute.append(minute)
        self._place_of.append(self._next_place(thread.file))
        sender, said = self._who(one.sender), content(one)
        same = _hash(one.channel, sender, minute, latest, said, one.at_shown if minute == UNDATED else None)
        if one.channel == "email" and one.place.pointer:
            same = _hash("mail", one.place.pointer)
            self._hard.add(same, number)
        self._same.add(same, number)
        if one.kind != "system":
            thread.alone = thread.alone + 1 if sender == thread.sender else 1
            thread.sender = sender
            thread.run = run = (*thread.run[1 - RUN :], same)
            if len(run) == RUN > thread.alone:
                self._runs.add(_hash(run), number)
        if one.recipients and one.sender.key and minute != UNDATED and said[0] == "t" and len(said) > LONG:
            ends = tuple(sorted({to.key for to in one.recipients if to.key}))
            if ends:
                self._hard.add(_hash(one.channel, one.sender.key, ends, said), number)
        self._keep(one)

    def grouped(self) -> Iterator[Communication]:
        """All records in the order given, each with the group of its act. `acts` is then known."""
        self._flush()
        files = list(self._files)

        def rank(number: int) -> tuple[str, int]:
            return files[self._threads[self._thread[number]].file], self._place_of[number]

        groups = _Groups(self._threads, self._thread, self._minute, rank)
        groups.link(self._same.alike(), self._runs.alike())
        found = groups.acts(self._same.alike(), self._hard.alike())
        self.acts = groups.count
        self._file.seek(0)
        number = 0
        while head := self._file.read(4):
            for one in _decode.decode(self._file.read(int.from_bytes(head, "big"))):
                file, place = rank(found[number])
                msgspec.structs.force_setattr(one, "dup_group", f"{file[:16]}-{place}")
                number += 1
                yield one
        self._file.close()

    def _thread_of(self, one: Communication) -> _Thread:
        export = export_of(one)
        name = (export, one.channel, one.thread)
        known = self._by_name.get(name)
        if known is None:
            file = self._files.setdefault(one.source_file, len(self._files))
            source = self._sources.setdefault(export, len(self._sources))
            label = (one.channel, folded(one.thread or "").casefold())
            known = self._by_name[name] = _Thread(len(self._threads), file, source, label)
            self._threads.append(known)
        return known

    def _who(self, identity: Identity) -> str:
        known = self._names.get(identity)
        if known is None:
            known = self._names[identity] = self.alike(identity)
        return known

    def _next_place(self, file: int) -> int:
        self._records[file] += 1
        return self._records[file] - 1

    def _keep(self, one: Communication) -> None:
        self._waiting.append(one)
        if len(self._waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        try:
            data = _encode.encode(self._waiting)
        except (UnicodeEncodeError, OverflowError):
            data = _encode.encode([writable(one) for one in self._waiting])
        self._file.write(len(data).to_bytes(4, "big") + data)
        self._waiting = []


class _Groups:
    """The threads joined to chats, and the records of each chat to acts."""

    def __init__(
        self, threads: list[_Thread], thread: array[int], minute: array[int], rank: Callable[[int], tuple[str, int]]
    ) -> None:
        self.threads = threads
        self.rank = rank
        self.thread = thread
        self.minute = minute
        self.chat = list(range(len(threads)))
        self.count = 0

    def link(self, same: Iterable[tuple[int, list[int]]], runs: Iterable[tuple[int, list[int]]]) -> None:
        """Join the threads that are one chat, by rule 2."""
        for _, numbers in runs:
            for one, other in self._pairs(numbers):
                self._join(one, other)
        shared: Counter[tuple[int, int]] = Counter()
        for _, numbers in same:
            if len(numbers) > 1:
                tally = Counter(self.thread[number] for number in numbers)
                for one, other in self._pairs(numbers):
                    if self.threads[one].label == self.threads[other].label:
                        shared[one, other] += min(tally[one], tally[other])
        for pair, in_period in self._in_period(shared).items():
            if 2 * shared[pair] >= in_period:
                self._join(*pair)

    def _pairs(self, numbers: list[int]) -> Iterator[tuple[int, int]]:
        """Threads of different exports among these records."""
        found = sorted({self.thread[number] for number in numbers})
        if len(found) <= CROWD:
            for one, other in combinations(found, 2):
                if self.threads[one].source != self.threads[other].source:
                    yield one, other

    def _in_period(self, pairs: Counter[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """For each pair, how many records the smaller of the two has in the period both cover."""
        periods: dict[int, list[tuple[tuple[int, int], int, int]]] = defaultdict(list)
        for pair in pairs:
            low, high = self._period(*pair)
            for thread in pair:
                periods[thread].append((pair, low, high))
        counts: Counter[tuple[tuple[int, int], int]] = Counter()
        for thread, minute in zip(self.thread, self.minute, strict=True):
            for pair, low, high in periods.get(thread, ()):
                if low <= minute <= high:
                    counts[pair, thread] += 1
        return {pair: min(counts[pair, pair[0]], counts[pair, pair[1]]) for pair in pairs}

    def _period(self, one: int, other: int) -> tuple[int, int]:
        """The minutes both cover; where that is none, the records without a time are compared."""
        a, b = self.threads[one], self.threads[other]
        low, high = max(a.first, b.first), min(a.last, b.last)
        return (low, high) if low <= high else (UNDATED, UNDATED)

    def acts(self, same: Iterable[tuple[int, list[int]]], hard: Iterable[tuple[int, list[int]]]) -> array[int]:
        """For every record the first record of its act, by rules 3 to 5."""
        groups = array("I", bytes(4 * len(self.thread)))
        for _, numbers in same:
            if len(numbers) == 1:
                groups[numbers[0]] = numbers[0]
                self.count += 1
                continue
            nth: Counter[tuple[int, int]] = Counter()
            acts: dict[tuple[int, int], list[int]] = defaultdict(list)
            for number in numbers:
                chat, source = self._root(self.thread[number]), self._source(number)
                acts[chat, nth[chat, source]].append(number)
                nth[chat, source] += 1
            self.count += len(acts)
            for members in acts.values():
                first = min(members, key=self.rank)
                for number in members:
                    groups[number] = first
        self._join_hard(groups, hard)
        return groups

    def _source(self, number: int) -> int:
        return self.threads[self.thread[number]].source

    def _join_hard(self, groups: array[int], hard: Iterable[tuple[int, list[int]]]) -> None:
        """Rules 4 and 5: runs of records a minute apart at most, no file twice."""
        joined: dict[int, int] = {}
        for _, numbers in hard:
            numbers.sort(key=self.minute.__getitem__)
            for cluster in self._clusters(numbers):
                sources = {self._source(number) for number in cluster}
                spread = self.minute[cluster[-1]] - self.minute[cluster[0]]
                if len(sources) == len(cluster) > 1 and spread <= 1:
                    self._join_groups(joined, {groups[number] for number in cluster})
        if joined:
            for number, group in enumerate(groups):
                groups[number] = _root_of(joined, group)

    def _clusters(self, numbers: list[int]) -> Iterator[list[int]]:
        cluster = numbers[:1]
        for number in numbers[1:]:
            if self.minute[number] - self.minute[cluster[-1]] > 1:
                yield cluster
                cluster = []
            cluster.append(number)
        yield cluster

    def _join_groups(self, joined: dict[int, int], groups: set[int]) -> None:
        roots = {_root_of(joined, group) for group in groups}
        least = min(roots, key=self.rank)
        for root in roots - {least}:
            joined[root] = least
            self.count -= 1

    def _join(self, one: int, other: int) -> None:
        self.chat[self._root(one)] = self._root(other)

    def _root(self, thread: int) -> int:
        while self.chat[thread] != thread:
            self.chat[thread] = self.chat[self.chat[thread]]
            thread = self.chat[thread]
        return thread


def _root_of(joined: dict[int, int], group: int) -> int:
    while group in joined:
        group = joined[group]
    return group
