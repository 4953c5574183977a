"""The form of an entry of the log: what it holds as it was sent, what it tells, what is missing. It loses no word."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.http import QueryDict

from joindots.evidence.queries import IncidentPage
from joindots.evidence.readers.vague import count_in, read_count
from joindots.evidence.rules.entries import (
    FIRST_SIX,
    KINDS,
    REPORTED,
    REPORTED_PERSON,
    SENT,
    SOMEBODY,
    TOLD_BY,
    UNKNOWN_WHO,
    Telling,
    can_keep,
)
from joindots.evidence.rules.moments import days_named
from joindots.evidence.rules.telling import (
    LONGEST_FORM,
    OTHER_WAYS,
    PARTS,
    WAYS,
    Asked,
    NotTold,
    can_be,
    told,
    without_time,
)
from joindots.kernel.when import When, london_day
from joindots.law import tables

LEANS = frozenset({"now", "today", "yesterday"})
"""Buttons that lean on the moment."""
NO_NAME = "The person reported"
UNNAMED = frozenset({"", "not known", "unknown", "name not known"})
KEEP = "keep"
"""The time stays as it is; offered when an entry is corrected."""
TEXTS = (
    "way", "other", "clock", "day", "last_day", "part", "event", "time_words", "times", "told_by", "where", "words",
    "effect", "saw", "reference", "why", "doer", "doer_words",
)  # fmt: skip
LISTS = ("kind", "behaviour", "reported")
_ISO_DAY = re.compile(r"^(?:\d{4}-\d\d-\d\d)?$")
MOST_FILES = 60
MOST_ID = 1 << 63
"""Greater numbers are no id of a file, and no database takes them."""
MOST_LETTERS = 20_000
"""Of one field, as it is taken in; what is too long to be kept is said, and shown again."""
OFTEN = "Enter how often as a number, such as 12 or about 12. Leave it empty for once."
PLACE_OF = {"kind_missing": "kind", "times_range": "times", "words_long": "words", "short_long": "where",
            "why_missing": "why", "why_long": "why", "doer_unknown": "doer"}  # fmt: skip
"""Which field a rule's refusal belongs to."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the form holds, as it was sent."""

    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exact: bool = False
    ahead: bool = False
    """That a time which is still to come is right."""
    without_time: bool = False
    begun: str = ""
    form: str = ""
    files: tuple[int, ...] = ()
    """Ids of files that are kept already and are to be linked with the entry."""

    def text(self, name: str) -> str:
        """One field's words; empty where it was not sent."""
        return self.texts.get(name, "")


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a group: its code, its words, and whether it is chosen."""

    code: str
    says: str
    chosen: bool
    more: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands in the way of keeping an entry: the field it belongs to, and the cure."""

    field: str
    says: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a sheet tells, or what is missing in it."""

    telling: Telling | None
    missing: tuple[Missing, ...] = ()
    timeless: bool = False
    """Whether it can be kept without a time, since none can be read."""
    ahead: bool = False


def blank(at: datetime, *, like: IncidentPage | None = None) -> Sheet:
    """A fresh sheet; with the kinds of another entry for "the same again"."""
    lists = {"kind": like.telling.kinds, "behaviour": like.telling.behaviours} if like else {}
    told_by = like.telling.told_by if like else "client"
    return Sheet({"told_by": told_by}, lists, begun=at.isoformat(), form=uuid4().hex)


def filled(page: IncidentPage, at: datetime) -> Sheet:
    """A sheet that says what an entry says now."""
    now = page.telling
    often = "" if now.times == 1 and not now.times_about else f"{'about ' if now.times_about else ''}{now.times}"
    texts = {
        "way": KEEP, "times": often, "told_by": now.told_by, "where": now.where, "words": now.words,
        "effect": now.effect, "saw": now.saw, "reference": now.reference, "doer": doer_code(now),
        "doer_words": now.doer_words,
    }  # fmt: skip
    lists = {"kind": now.kinds, "behaviour": now.behaviours, "reported": now.reported}
    return Sheet(texts, lists, begun=at.isoformat(), form=uuid4().hex)


def sheet_of(post: QueryDict) -> Sheet:
    """The sheet as it was sent."""
    texts = {name: post.get(name, "").replace("\r\n", "\n").strip()[:MOST_LETTERS] for name in TEXTS}
    lists = {name: tuple(dict.fromkeys(post.getlist(name)[:60])) for name in LISTS}
    return Sheet(
        texts, lists, "exact" in post, "ahead" in post, "without_time" in post, post.get("begun", "")[:40],
        post.get("form", "")[:40], ids_of(post.getlist("shown")),
    )  # fmt: skip


def ids_of(given: Sequence[str]) -> tuple[int, ...]:
    """Ids of files as a form hands them back."""
    numbers = (int(one) for one in given[:MOST_FILES] if one.isdecimal() and len(one) < 20)
    return tuple(dict.fromkeys(one for one in numbers if one < MOST_ID))


def stored(sheet: Sheet) -> str:
    """A half-written sheet as JSON, to be sealed."""
    told = {"texts": dict(sheet.texts), "lists": {name: list(codes) for name, codes in sheet.lists.items()}}
    return json.dumps({**told, "exact": sheet.exact, "begun": sheet.begun, "form": sheet.form, "files": sheet.files})


def restored(text: str, at: datetime) -> tuple[Sheet, str]:
    """The sheet that was half-written, and what it said of the time where that has to be said anew.

    "Now" and "last night" lean on the moment they were written. On another day, or hours later, nobody can tell
    which moment is meant: they are shown, and asked again.
    """
    kept = json.loads(text)
    lists = {name: tuple(codes) for name, codes in kept["lists"].items()}
    files = tuple(kept.get("files", ()))
    sheet = Sheet(kept["texts"], lists, kept["exact"], begun=kept["begun"], form=kept["form"], files=files)
    return leaned(sheet, at)


def leaned(sheet: Sheet, at: datetime) -> tuple[Sheet, str]:
    """A sheet that was filled in before, for its form at a moment; and what has to be said anew, as above."""
    begun = _begun(sheet, at)
    if at - begun <= LONGEST_FORM and london_day(begun) == london_day(at):
        return sheet, ""
    leaning = {
        name: "" for name in ("way", "clock", "time_words") if sheet.text("way") in LEANS or name == "time_words"
    }
    if not _ISO_DAY.match(sheet.text("day")):
        leaning |= {"day": "", "last_day": ""}
    said = [sheet.text(name) for name in (*leaning,) if sheet.text(name)]
    return replace(sheet, texts={**sheet.texts, **leaning}, begun=at.isoformat()), ", ".join(said)


def too_old(sheet: Sheet, at: datetime) -> bool:
    """Whether its time leans on a moment that is longer ago than a form stands open: "now" would be another now."""
    leans = sheet.text("way") in LEANS or bool(sheet.text("time_words"))
    return leans and at - _begun(sheet, at) > LONGEST_FORM


def taken(sheet: Sheet, at: datetime, *, before: Telling | None = None) -> Taken:
    """What a sheet tells that is kept at a moment. `before` is what a corrected entry has said."""
    missing: list[Missing] = []
    when, timeless = _time(sheet, at, before.when if before else None, missing)
    often = _often(sheet, missing)
    telling = _telling(sheet, when or without_time(""), often or (1, False))
    telling = replace(telling, days=_days(sheet, at, before))
    refused = can_keep(telling)
    if not refused:
        missing.insert(0, Missing(PLACE_OF.get(refused.reason.code, "kind"), str(refused.reason)))
    ahead = False
    if when is not None and not sheet.ahead and not (may_be := can_be(when, at)):
        missing.append(Missing("ahead", str(may_be.reason)))
        ahead = True
    return Taken(None if missing else telling, tuple(missing), timeless, ahead or sheet.ahead)


def _time(sheet: Sheet, at: datetime, before: When | None, missing: list[Missing]) -> tuple[When | None, bool]:
    if sheet.text("way") == KEEP and before is not None and not sheet.text("time_words"):
        return before, False
    way = "" if sheet.text("way") == KEEP else sheet.text("way")
    asked = Asked(
        way, sheet.text("other"), sheet.text("clock"), sheet.exact, sheet.text("day"), sheet.text("last_day"),
        sheet.text("part"), sheet.text("event"), sheet.text("time_words"),
    )  # fmt: skip
    try:
        return told(asked, _begun(sheet, at), at), False
    except NotTold as nothing:
        if sheet.without_time:
            words = (asked.words, asked.event, asked.day, asked.last_day, asked.clock)
            return without_time("; ".join(one for one in words if one)), False
        missing.append(Missing(nothing.field, str(nothing)))
        return None, True


def _days(sheet: Sheet, at: datetime, before: Telling | None) -> tuple[date, ...]:
    """The days that the words for the time name one by one, where the words alone say when; or those it had."""
    words, way = sheet.text("time_words"), sheet.text("way")
    if way == KEEP and before is not None and not words:
        return before.days
    return days_named(words, _begun(sheet, at)) if words and way in ("", KEEP, "another") else ()


def _begun(sheet: Sheet, at: datetime) -> datetime:
    try:
        begun = datetime.fromisoformat(sheet.begun)
    except ValueError:
        return at
    return begun if begun.tzinfo else at


def _often(sheet: Sheet, missing: list[Missing]) -> tuple[int, bool] | None:
    """How often, from its own field, or from the words for the time where they say it."""
    if text := sheet.text("times"):
        often = (int(text), False) if text.isdecimal() and len(text) < 9 else read_count(text)
        if often is None:
            missing.append(Missing("times", OFTEN))
        return often
    words = sheet.text("time_words")
    return read_count(words) or count_in(words) if words else None


def _telling(sheet: Sheet, when: When, often: tuple[int, bool]) -> Telling:
    chosen = sheet.lists.get
    doer, person, doer_words = _doer(sheet)
    return Telling(
        when, _in_order(KINDS, chosen("kind", ())), chosen("behaviour", ()), *often, sheet.text("told_by") or "client",
        _in_order(REPORTED, chosen("reported", ())), sheet.text("reference"), sheet.text("where"),
        sheet.text("words"), sheet.text("effect"), sheet.text("saw"), doer, person, doer_words,
    )  # fmt: skip


def doer_code(telling: Telling) -> str:
    """Who did it as the form's own choice: the code, and behind a dash the person where one is named."""
    return f"{telling.doer}-{telling.doer_person}" if telling.doer_person else telling.doer


def _doer(sheet: Sheet) -> tuple[str, UUID | None, str]:
    """Code, person and own words of who did it; words alone say nothing more than they say."""
    code, _, person = sheet.text("doer").partition("-")
    try:
        named = UUID(person) if person else None
    except ValueError:
        code, named = "?", None
    return code, named, sheet.text("doer_words")


def _in_order(known: Collection[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """Codes in the form's order, and what is not on the list behind them, for the rule to refuse."""
    return (*(code for code in known if code in chosen), *(code for code in chosen if code not in known))


def form_id(sheet: Sheet) -> UUID | None:
    """The sheet's own id, by which a second sending is known."""
    try:
        return UUID(sheet.form)
    except ValueError:
        return None


def choices(
    sheet: Sheet, *, victim: str, reported: Sequence[tuple[UUID, str]] = (), hers: bool = False
) -> dict[str, object]:
    """Every group of buttons, with what is chosen. `reported` are the people reported, by id and name; with `hers` the
    kinds are said in the words of the person being stalked.
    """
    kinds = _kinds(sheet, hers=hers)
    sayer = {**TOLD_BY, "client": victim, "writer": "I saw it myself"}
    return {
        "kinds": kinds[:FIRST_SIX], "more_kinds": kinds[FIRST_SIX:], "finer": [one for one in kinds if one.more],
        "ways": _chosen(WAYS, (sheet.text("way"),)), "other_ways": _chosen(OTHER_WAYS, (sheet.text("other"),)),
        "parts": _chosen({part: part for part in PARTS}, (sheet.text("part"),)),
        "sayers": _chosen(sayer, (sheet.text("told_by") or "client",)),
        "doers": _chosen(doers(reported), (sheet.text("doer"),)),
        "reports": _chosen(REPORTED, sheet.lists.get("reported", ())),
    }  # fmt: skip


def doers(reported: Sequence[tuple[UUID, str]]) -> dict[str, str]:
    """Who may have done it, as the form asks: each person reported by name, somebody they sent, and the others.

    Two people of one name are told apart by nothing here: whoever chooses sees both, and may say more in words.
    """
    known = [(person, NO_NAME if name.strip().casefold() in UNNAMED else name) for person, name in reported]
    first = {f"{REPORTED_PERSON}-{person}": name for person, name in known} or {REPORTED_PERSON: NO_NAME}
    code, name = (f"{SENT}-{known[0][0]}", known[0][1]) if len(known) == 1 else (SENT, "them")
    said = {code: "Somebody sent by " + ("them" if name == NO_NAME else name)}
    return {**first, **said, UNKNOWN_WHO: "Not known who", SOMEBODY: "Somebody else"}


def _kinds(sheet: Sheet, *, hers: bool) -> list[Choice]:
    known, chosen = tables.behaviours(), sheet.lists.get("kind", ())
    finer = sheet.lists.get("behaviour", ())
    return [
        Choice(code, kind.hers if hers else kind.says, code in chosen,
               tuple(Choice(one, known[one].label, one in finer) for one in kind.finer if len(kind.finer) > 1))
        for code, kind in KINDS.items()
    ]  # fmt: skip


def _chosen(words: Mapping[str, str], chosen: Sequence[str]) -> list[Choice]:
    return [Choice(code, says, code in chosen) for code, says in words.items()]


def with_reason(found: Taken, refused: Missing) -> Taken:
    """The same with one thing more that is missing."""
    return replace(found, telling=None, missing=(*found.missing, refused))


def with_files(sheet: Sheet, ids: Sequence[int]) -> Sheet:
    """The same with files that are kept meanwhile."""
    return replace(sheet, files=tuple(dict.fromkeys((*sheet.files, *ids)))[:MOST_FILES]) if ids else sheet
