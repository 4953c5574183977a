"""Every route of the service, and a filled case to ask it about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zlib import crc32

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.casework.models import Case
from joindots.chronology import actions as chronology
from joindots.chronology.models import Disclosure, GroupingStep, KeptOut, Pack
from joindots.evidence import actions as evidence
from joindots.evidence.models import Exhibit, Incident
from joindots.evidence.rules.cyber import Captured
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.links import SHOWS, End
from joindots.jobs import actions as jobs
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.justice import actions as justice
from joindots.justice.actions import Said
from joindots.justice.rules.allegations import Put
from joindots.justice.rules.proceedings import Brought, Took
from joindots.kernel.when import When, london_day
from joindots.law.episode import Happened
from joindots.notices import actions as notices
from joindots.orders import actions as orders
from joindots.orders import queries as watched
from joindots.orders.actions import packs
from joindots.orders.models import PackAct
from joindots.orders.rules.asks import Ask
from joindots.people import actions as people
from joindots.people.models import Belief, Person, ProtectedWord
from joindots.people.rules.reaching import Card, Kind, Use, Way
from joindots.people.rules.windows import read
from joindots.privacy import actions as privacy
from joindots.risk import actions as risks
from joindots.risk.models import Prompt
from joindots.risk.rules.judging import Judging
from joindots.vault.files import Sealer
from tests.stage import CANARY, Stage

CHAT = f"""10/06/2025, 21:14 - Cal {CANARY}: You have a lovely voice, {CANARY}
26/06/2025, 19:02 - Maya {CANARY}: Please don't message me again.
27/06/2025, 08:00 - Cal {CANARY}: {CANARY} again
"""
LIBRARY = ("account_", "mfa_")
CASE_PARAMETERS = {
    "reference",
    "source",
    "job",
    "exhibit",
    "pack",
    "application",
    "entry",
    "link",
    "episode",
    "disclosure",
    "word",
    "mark",
    "capture",
    "gap",
    "assessment",
    "judgement",
    "prompt",
    "change",
    "room",
    "person",
    "way",
    "notice",
    "circle",
    "copy",
    "ask",
}


@dataclass
class Filled:
    """A case with a file that was read, an exhibit, jobs and a pack; and ids that lead nowhere."""

    case: Ref
    here: dict[str, Any] = field(default_factory=dict)
    nowhere: dict[str, Any] = field(default_factory=dict)


def fill(stage: Stage) -> Filled:
    """Make the case, by the actions a person's clicks would call, and run its jobs."""
    case = stage.case()
    sealer = Sealer()
    sealer.write(CHAT.encode())
    arrived = evidence.bring_in(stage.actor("asha"), case, name=f"Chat with {CANARY}.txt", sealed=sealer.close())
    assert arrived.job is not None
    inside = Sealer()
    inside.write(CANARY.encode())
    exhibit = evidence.keep_exhibit(
        stage.actor("asha"), Ref(arrived.source), name=f"{CANARY}.jpg", kind="image/jpeg", sealed=inside.close()
    )
    told = Telling(When(None, None, given=f"when {CANARY} rang"), ("near",), words=f"He waited, {CANARY}")
    entry = evidence.write_entry(stage.actor("asha"), case, telling=told).reference
    shown = (End(entry=entry), End(source=arrived.source))
    capture = evidence.keep_capture(
        stage.actor("asha"), case, source=arrived.source,
        told=Captured(f"https://example.org/{CANARY}", "profile", "client", When(None, None, given=f"when {CANARY} sat")),
    )  # fmt: skip
    gap = evidence.tell_gap(
        stage.actor("asha"), case, first=date(2025, 7, 1), last=date(2025, 7, 3), why="phone_gone", told_by="client",
        words=f"It lay at {CANARY}",
    )  # fmt: skip
    link = evidence.link(stage.actor("asha"), case, kind=SHOWS, ends=shown, why=f"It shows {CANARY}")
    episode = chronology.name_episode(
        stage.actor("asha"), case, name=f"The week of {CANARY}", note=f"It shows {CANARY}", entries=(entry,)
    )
    named = people.add_person(
        stage.actor("asha"),
        Ref(cases.case(stage.actor("asha"), case).circle),
        name=f"Cal {CANARY}",
        stands_as="suspect",
    )
    people.say_who(
        stage.actor("asha"), Ref(cases.case(stage.actor("asha"), case).circle), accounts=(f"name:{CANARY}",),
        person=named, sure="staff", said_by="staff", why=f"as {CANARY} said",
    )  # fmt: skip
    taken_on(stage, case)
    opposed(stage)
    made = chronology.ask_for_pack(stage.actor("asha"), case, about=(f"Cal {CANARY}",))
    for job in Job.objects.order_by("made_at"):
        tasks.run(job.pk)
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    stage.close()
    assert Exhibit.objects.get().pk == exhibit
    here = {
        "room": therapy_room(stage),
        **reached(stage),
        "reference": case.key,
        "source": arrived.source,
        "job": made,
        "exhibit": exhibit,
        "pack": Pack.objects.get().pk,
        "entry": entry,
        "disclosure": disclosure(stage, case),
        "word": ProtectedWord.objects.get().pk,
        "mark": KeptOut.objects.get().pk,
        "release": uuid4(),
        "referral": uuid4(),  # one that came is a circle of its own: held in the web's own tests
        "ask": asked(stage),
        "figure": "applied",
        "form": "csv",
        "link": link,
        "capture": capture,
        "gap": gap,
        **risk(stage, case),
        **order(stage),
        **application(stage, entry),
        "event": "decide_yes",
        "crime": crime(stage, case),
        "happened": "recorded",
        "file_form": "MG12",
        "copy": privacy.begin_copy(stage.actor("asha"), Ref(Case.objects.get().circle_id)),
        "code": "car_tracker",
        "episode": episode,
        "step": GroupingStep.objects.get().pk,
        "belief": Belief.objects.get().pk,
        "sending": uuid4(),  # its sender's alone: held in evidence's own tests
        # A spreadsheet of cases and a taking out are their own circles': swept in `transfer`, nowhere here.
        "sheet": uuid4(),
        "taking": uuid4(),
    }
    nowhere: dict[str, Any] = {
        "room": "2222-2222",
        "person": uuid4(),
        "way": uuid4(),
        "notice": uuid4(),
        "circle": uuid4(),
        "token": "nowhere",
        "reference": "2222-2222",
        "sending": uuid4(),
        "source": 7,
        "job": uuid4(),
        "exhibit": uuid4(),
        "pack": uuid4(),
        "entry": "2222-2222",
        "disclosure": uuid4(),
        "word": uuid4(),
        "mark": uuid4(),
        "release": uuid4(),
        "referral": uuid4(),
        "ask": uuid4(),
        "figure": "applied",
        "form": "csv",
        "link": uuid4(),
        "capture": uuid4(),
        "copy": uuid4(),
        "gap": uuid4(),
        "code": "car_tracker",
        "episode": "2222-2222",
        "step": uuid4(),
        "belief": uuid4(),
        "sheet": uuid4(),
        "taking": uuid4(),
        "assessment": uuid4(),
        "judgement": uuid4(),
        "order": uuid4(),
        "breach": uuid4(),
        "application": uuid4(),
        "act": uuid4(),
        "term": uuid4(),
        "part": "risk",
        "what": "service",
        "paper": uuid4(),
        "template": uuid4(),
        "event": "decide_yes",
        "crime": uuid4(),
        "happened": "recorded",
        "file_form": "MG12",
        "prompt": uuid4(),
        "change": uuid4(),
    }
    cases.case(stage.actor("asha"), case)
    stage.close()
    return Filled(case, here, nowhere)


def risk(stage: Stage, case: Ref) -> dict[str, UUID]:
    """A form asked in part, a judgement, a change and what it asks for; every word of them a canary."""
    circle, day = Ref(Case.objects.get().circle_id), london_day(stage.at)
    asked = risks.start(stage.actor("asha"), circle)
    risks.answer(stage.actor("asha"), Ref(asked), question="fear", said="yes", words=f"of {CANARY}")
    change = risks.note_change(stage.actor("asha"), circle, kind="moved", day=day, said=f"to {CANARY}")
    said = Judging("high", day, day + timedelta(days=7), f"He waits, {CANARY}", ("person",), f"and {CANARY}")
    judged = risks.judge(stage.actor("asha"), circle, said=said)
    stage.close()
    prompt = Prompt.objects.get(rule="trigger").pk
    return {"assessment": asked, "judgement": judged, "prompt": prompt, "change": change}


def order(stage: Stage) -> dict[str, UUID]:
    """Bail with a condition, a protected person, a step beside it and a breach; every word of them a canary."""
    officer, day = replace(stage.actor("asha"), roles=frozenset({Role.POLICE_SPOC})), date(2025, 6, 26)
    circle = Ref(Case.objects.get().circle_id)
    key = Ref(orders.begin_other(officer, circle, kind="bail_pre", on=day, why=f"He waits, {CANARY}"))
    orders.record(officer, key, new=Happened(event="order_made", on=day, told="told"), note=f"As {CANARY} said")
    said = {"text": f"Not to write to {CANARY}", "place": f"{CANARY} Road"}
    orders.add_condition(officer, key, library="P01", starts=None, ends=None, **said)
    orders.protect(officer, key, name=f"Maya {CANARY}")
    orders.tick(officer, key, code="police_computer", on=day, note=CANARY)
    act = watched.watch(officer, key).acts[-1]
    verdicts = {one.id: "breach" for one in act.beside}
    orders.decide(officer, key, act=act.name, stands=act.stands, verdicts=verdicts, why=CANARY)
    (breach,) = watched.breaches(officer, key)
    return {"order": UUID(str(key.key)), "breach": breach.id}


def asked(stage: Stage) -> UUID:
    """An ask for an order with a canary in what may hold one: it names nothing that must not leave."""
    circle = Ref(Case.objects.get().circle_id)
    ask = Ask("spo", "Maya", "Somebody of a choir", "He waits each week, and nothing binds him any more.")
    what = orders.Asking("cleveland", ask, basis="charity_advocacy", why_basis=f"He waits for {CANARY} each week")
    return orders.ask_for_order(stage.actor("asha"), circle, what=what)


def application(stage: Stage, entry: str) -> dict[str, object]:
    """The application for an order: a part, an act and a term, every word of them a canary. Papers are made in orders'
    own tests, and a template is its agency's.
    """
    officer = replace(stage.actor("asha"), roles=frozenset({Role.POLICE_SPOC}))
    circle, day = Ref(Case.objects.get().circle_id), london_day(stage.at)
    key = packs.begin_pack(officer, Ref(orders.consider(officer, circle, on=day, why=f"He waits, {CANARY}")))
    packs.keep_part(officer, Ref(key), part="risk", sheet={"risk": f"He waits, {CANARY}"}, done=True)
    packs.add_acts(officer, Ref(key), entries=(entry,))
    act = PackAct.objects.get().pk
    term = packs.keep_term(
        officer, Ref(key), term=None, library="P01", text=f"Not to ring {CANARY}", acts=(act,), policed=CANARY,
        touches={}, settled="", provider="",
    )  # fmt: skip
    stage.close()
    return {
        "application": key, "act": act, "term": term, "part": "risk", "what": "service", "paper": uuid4(),
        "template": uuid4(),
    }  # fmt: skip


def crime(stage: Stage, case: Ref) -> UUID:
    """A crime followed from its report; every word of it a canary."""
    officer, day = stage.actor("asha"), london_day(stage.at)
    report = casework.note_report(
        officer, case, force="other", reported_on=day, stage="reported", crime_reference=CANARY
    )
    key = justice.follow(officer, Ref(report), what=f"He waits, {CANARY}")
    said = Said(event="not_recorded", on=day, told="overridden", note=f"As {CANARY}", why_not_told=f"for {CANARY}")
    justice.record(officer, Ref(key), said=said)
    return key


def opposed(stage: Stage) -> None:
    """Who the primary victim is, something on record, proceedings and a request to be told, each word a canary."""
    asha, circle, day = stage.actor("asha"), Ref(Case.objects.get().circle_id), london_day(stage.at)
    justice.say_primary(
        asha, circle, finding="ours", covers=(), looked=("starts", "fears", "timing"), why=f"He waits, {CANARY}. " * 3,
        review_on=day + timedelta(days=9),
    )  # fmt: skip
    put = Put("victim", "crime", day, "reported", "cleveland", None, CANARY, CANARY, CANARY, CANARY, CANARY)
    justice.put_on_record(asha, circle, put=put)
    key = justice.log_proceeding(asha, circle, new=Brought("family", "reported", CANARY, day, CANARY, CANARY))
    justice.note_proceeding(asha, Ref(key), step=Took("hearing", day, CANARY, 60, 1250))
    justice.ask_to_be_told(
        asha, circle, scheme="police_powers", right="know", asker="police", who_asked=CANARY, about=CANARY,
        asked_on=day, why=CANARY,
    )  # fmt: skip


def therapy_room(stage: Stage) -> str:
    """A therapist's notes: in nobody's case, and nobody else's whatever their role."""
    therapist = replace(stage.actor("asha"), roles=frozenset({Role.THERAPIST}))
    room = casework.open_room(therapist, name=f"Maya {CANARY}")
    casework.write_note(therapist, Ref(room), on=london_day(stage.at), attended="came", said=f"She said {CANARY}")
    return room


def reached(stage: Stage) -> dict[str, object]:
    """A card with a way that waits for its round trip, a failed check of a caller, and something that waits to leave."""
    circle, asha = Case.objects.get().circle_id, stage.actor("asha")
    person = Person.objects.get(presences__circle=circle, presences__stands_as="victim").pk
    way = Way(id=uuid4(), kind=Kind.NUMBER, value="07700 900122", uses=(Use.CALL,), main=True)
    card = Card(ways=(way,), windows=read("Any day"), say=f"the dentist of {CANARY}", must_not_know=CANARY)
    people.set_card(asha, Ref(person), card=card)
    people.set_code_word(asha, Ref(person), word=f"paper {CANARY}")
    people.note_silent(asha, Ref(circle), person=person, note=f"breathing, {CANARY}")
    told = notices.prove(asha, Ref(circle), person=person, way=way.id)
    stage.close()
    return {"person": person, "way": way.id, "notice": told.id, "circle": circle, "token": "nowhere"}


def taken_on(stage: Stage, case: Ref) -> None:
    """What is written down while a case is taken on, with the word in every line of it."""
    asha, today = stage.actor("asha"), stage.at.date()
    agreed = casework.agree(asha, case, what=casework.Agreement(
        "refer", "spoken", today, whom=f"House of {CANARY}", purpose=CANARY, said=f"yes, {CANARY}"
    ))  # fmt: skip
    casework.refer(asha, case, what=casework.Referring(
        "support", f"Maya {CANARY}", whom=f"House of {CANARY}", reach=f"ring {CANARY}", tells={"what": CANARY},
        consent=agreed,
    ))  # fmt: skip
    casework.note_report(
        asha, case, force="cleveland", reported_on=today, stage="reported", crime_reference=f"NS-{CANARY}",
        offer=casework.Offer("yes", today, "us", f"{CANARY} service", "waiting"),
    )  # fmt: skip
    casework.set_aside(asha, case, form="summary", fields={"summary": CANARY})


def disclosure(stage: Stage, case: Ref) -> UUID:
    """A pack for disclosure that is asked for and not made; a protected word and a mark before that."""
    asha = stage.actor("asha")
    people.protect(asha, Ref(Case.objects.get().circle_id), kind="other", word=CANARY)
    entry = Incident.objects.get().reference
    chronology.keep_out(asha, case, end=End(entry=entry), why=f"private, {CANARY}")
    chronology.note_told(asha, case, how="phone", told_at=stage.at, said=f"not {CANARY}")
    job = chronology.ask_for_disclosure(asha, case, about=(f"Cal {CANARY}",), recipient=f"For {CANARY}")
    jobs.stop(asha, Ref(job))
    stage.close()
    return Disclosure.objects.get().pk


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, namespace: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every named route of the pages with the names of its parameters. The API knows no session (tests/api)."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "api":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}", tuple(pattern.pattern.converters)


ALWAYS = {"web:case", "web:chronology", "web:file", "web:files", "web:original", "web:exhibit", "web:incident"}
SEED = os.environ.get("JOINDOTS_SWEEP", str(datetime.now(UTC).toordinal()))
"""By which a run's share of the routes is drawn: a new one each day. `JOINDOTS_SWEEP=all` takes every route."""
SHARE = 3


def sampled(names: Iterable[str]) -> list[str]:
    """One in three of the routes, by the seed, and always those that the others are measured by."""
    return sorted(
        name for name in names if SEED == "all" or name in ALWAYS or crc32(f"{SEED} {name}".encode()) % SHARE == 0
    )


def about_a_case() -> list[str]:
    """Routes with a parameter that leads to somebody's case: this run's share of them."""
    return sampled(name for name, names in routes() if set(names) & CASE_PARAMETERS)


def address(name: str, values: dict[str, Any]) -> str:
    """The address of a route, its parameters filled from `values`."""
    wanted = dict(routes())[name]
    return reverse(name, kwargs={key: values[key] for key in wanted})


def ids(values: dict[str, Any]) -> list[str]:
    """The ids as an answer would show them."""
    return [value.hex if isinstance(value, UUID) else str(value) for value in values.values()]
