"""Whom a service fits: what is asked, why a listing fits or not in one line, and the order of the fitting (pure).

What a listing does not tell is never a no: it stays, says "does not say whether …", and goes below one that tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from joindots.directory.rules.listing import ALL, RELATIONS, TAKEN_WORDS, WAIT_LASTS, Listing, stale
from joindots.directory.rules.places import UK, Place, area_says
from joindots.directory.rules.tables import needs
from joindots.kernel.when import LOCAL
from joindots.kernel.words import Words, words
from joindots.law import hours as opening

ORDER = (
    "In this order: confirmed lately before stale, sure before perhaps, your own area before a nation before the UK, "
    "open now, the shortest wait told, then by name."
)
ENGLISH = "english"
FORMER = "ex_partner"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for. Empty means it was not asked."""

    place: Place | None = None
    need: str = ""
    relation: str = ""
    sex: str = ""
    age: int | None = None
    language: str = ""
    open_now: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a listing fits, on what it fails, and what is to be said of it in one line."""

    fails: tuple[str, ...]
    """Codes: area, need, relation, sex, age, language, closed. Empty: it fits."""
    line: tuple[Words, ...]
    unsure: int
    reach: int
    """0 its own area, 1 perhaps, 2 a nation, 3 the whole country."""
    state: opening.Open

    def __bool__(self) -> bool:
        return not self.fails


def fit(one: Listing, asked: Asked, at: datetime) -> Fit:
    """How a listing meets what is asked, at a moment."""
    told = [
        _area(one, asked), _need(one, asked), _relation(one, asked), _sex(one, asked), _age(one, asked),
        _language(one, asked),
    ]  # fmt: skip
    state = opening.state(one.hours, at)
    fails = [each.fails for each in told if each.fails]
    if asked.open_now and state is opening.Open.CLOSED:
        fails.append("closed")
    line = [each.says for each in told if each.says is not None]
    wait = _wait(one, at.astimezone(LOCAL).date())
    return Fit(
        tuple(fails), (*line, *([wait] if wait else [])),
        sum(each.unsure for each in told) + (asked.open_now and state is opening.Open.NOT_KNOWN),
        _reach(one, asked), state,
    )  # fmt: skip


def place_in_order(one: Listing, fits: Fit, fresh_until: date | None, day: date) -> tuple[object, ...]:
    """The key by which listings that fit are sorted, as `ORDER` says."""
    return (
        stale(fresh_until, day), fits.unsure, fits.reach, fits.state is not opening.Open.OPEN,
        one.wait_days if one.wait_days is not None else 10_000, one.name.casefold(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoneFits:
    """That no service fits: where, what was asked, and which wish shut out how many that cover the place."""

    place: str
    asked: tuple[Words, ...]
    shut_out: tuple[tuple[str, int], ...]
    """Codes as in `Fit.fails`, most first: what a helpline records with an unmet need."""

    @property
    def says(self) -> Words:
        """The sentence of the page."""
        if not self.asked:
            return words("none_covers", "None covers {place}.", place=self.place)
        wished = ", ".join(map(str, self.asked))
        return words("none_fits", "None covers {place} for {wished}.", place=self.place, wished=wished)


def none_fits(asked: Asked, failed: Iterable[Fit]) -> NoneFits:
    """What is said, and handed to who records unmet need, where nothing fits."""
    counts: dict[str, int] = {}
    for each in failed:
        for code in each.fails:
            counts[code] = counts.get(code, 0) + 1
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    place = asked.place.says if asked.place else "any place here"
    return NoneFits(place, tuple(wishes(asked)), tuple(order))


def wishes(asked: Asked) -> list[Words]:
    """What was asked besides the place, in words."""
    told = []
    if asked.need in needs():
        told.append(words("wish_need", "{need}", need=needs()[asked.need].label.lower()))
    if asked.relation in RELATIONS:
        told.append(
            words("wish_relation", "stalking by {relation}", relation=RELATIONS[asked.relation])
            if asked.relation == FORMER
            else words("wish_other_relation", "stalking by {relation}, not only by former partners",
                       relation=RELATIONS[asked.relation])
        )  # fmt: skip
    if asked.sex in ("female", "male"):
        told.append(words("wish_sex", "{sex}", sex=TAKEN_WORDS[asked.sex]))
    if asked.age is not None:
        told.append(words("wish_age", "somebody aged {age}", age=asked.age))
    if asked.language:
        told.append(words("wish_language", "somebody who speaks {language}", language=asked.language))
    if asked.open_now:
        told.append(words("wish_open", "now"))
    return told


@dataclass(frozen=True, slots=True)
class _Told:
    says: Words | None = None
    fails: str = ""
    unsure: bool = False


def _area(one: Listing, asked: Asked) -> _Told:
    place = asked.place
    if place is None:
        return _Told(words("covers", "covers {area}", area=_areas(one)) if one.areas else None)
    if _local(one, place):
        return _Told(words("takes_area", "takes your area"))
    wide = [code for code in one.areas if code in place.sure]
    if wide:
        return _Told(words("takes_whole", "takes {area}", area=area_says(wide[0])))
    for code in one.areas:
        if code in place.maybe or (place.inside and _in_area(code, place.inside)):
            return _Told(
                words("perhaps_area", "takes {area}: ask whether that is yours", area=area_says(code)), "", True
            )
    return _Told(fails="area")


def _local(one: Listing, place: Place) -> bool:
    return any(code in place.sure for code in one.areas if ":" in code)


def _in_area(code: str, letters: str) -> bool:
    rest = code.removeprefix(f"pc:{letters}")
    return rest != code and rest[:1].isdigit()


def _reach(one: Listing, asked: Asked) -> int:
    place = asked.place
    if place is None or _local(one, place):
        return 0
    wide = [code for code in one.areas if code in place.sure]
    return 1 if not wide else 3 if UK in wide else 2


def _areas(one: Listing) -> str:
    said = [area_says(code) for code in one.areas]
    return ", ".join(said[:3]) + (f" and {len(said) - 3} more" if len(said) > 3 else "")


def _need(one: Listing, asked: Asked) -> _Told:
    if not asked.need or asked.need in one.needs:
        return _Told()
    if one.needs:
        return _Told(fails="need")
    return _Told(words("need_untold", "does not say what it helps with"), "", True)


def _relation(one: Listing, asked: Asked) -> _Told:
    if ALL in one.relations:
        return _Told(words("any_relation", "not only former partners"))
    if not one.relations:
        if not asked.relation:
            return _Told()
        return _Told(words("relation_untold", "does not say whether it takes only former partners"), "", True)
    if asked.relation and asked.relation not in one.relations:
        return _Told(fails="relation")
    names = ", ".join(RELATIONS[code] for code in one.relations if code in RELATIONS)
    return _Told(words("only_relations", "only where it is by {relations}", relations=names))


def _sex(one: Listing, asked: Asked) -> _Told:
    if one.taken in ("female", "male"):
        if asked.sex in ("female", "male") and asked.sex != one.taken:
            return _Told(fails="sex")
        return _Told(words("only_sex", "{sex} only", sex=TAKEN_WORDS[one.taken]))
    if asked.sex in ("female", "male") and one.taken == "not_told":
        return _Told(words("sex_untold", "does not say whether it takes {sex}", sex=TAKEN_WORDS[asked.sex]), "", True)
    return _Told()


def _age(one: Listing, asked: Asked) -> _Told:
    low, high = one.min_age, one.max_age
    if asked.age is not None and ((low is not None and asked.age < low) or (high is not None and asked.age > high)):
        return _Told(fails="age")
    if low is not None and high is not None:
        return _Told(words("ages_between", "aged {low} to {high}", low=low, high=high))
    if low is not None:
        return _Told(words("ages_from", "aged {low} and over", low=low))
    return _Told(words("ages_to", "aged up to {high}", high=high) if high is not None else None)


def _language(one: Listing, asked: Asked) -> _Told:
    wanted = asked.language.casefold()
    spoken = {each.casefold() for each in one.languages}
    if not wanted or (wanted == ENGLISH and not spoken):
        return _Told()
    if wanted in spoken:
        return _Told(words("speaks", "speaks {language}", language=asked.language))
    if one.interpreter == "yes":
        return _Told(words("interpreter", "brings an interpreter"))
    if spoken or one.interpreter == "no":
        return _Told(fails="language")
    return _Told(words("language_untold", "does not say which languages it speaks"), "", True)


def _wait(one: Listing, day: date) -> Words | None:
    if one.wait_days is None:
        return None
    if one.wait_days == 0:
        told = words("no_wait", "no wait")
    elif one.wait_days == 1:
        told = words("wait_one", "wait 1 day")
    else:
        told = words("wait", "wait {days} days", days=one.wait_days)
    if one.wait_told_on is None or one.wait_told_on >= day - WAIT_LASTS:
        return told
    when = f"{one.wait_told_on.day} {one.wait_told_on:%B %Y}"
    return words("wait_old", "{told} (told on {when}: ask anew)", told=told, when=when)
