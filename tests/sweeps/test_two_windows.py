"""Two windows on one thing: what the first changed, the second, opened before, changes no more; whatever the route."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import resolve, reverse

from joindots.access.door import Ref
from joindots.audit.models import Entry
from joindots.casework import queries as cases
from joindots.chronology import actions as chronology
from joindots.evidence import actions as evidence
from joindots.evidence.rules.cyber import Captured
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.links import SHOWS, End
from joindots.jobs import tasks
from joindots.kernel.when import When
from joindots.people import actions as people
from joindots.vault.files import Sealer
from joindots.web.chronology import urls as chronology_urls
from joindots.web.disclosure import urls as disclosure_urls
from joindots.web.evidence import urls as evidence_urls
from joindots.web.log import urls as log_urls
from tests.browsing import SignIn
from tests.stage import Stage

CHANGES = {
    "correct_entry": ("/log/{entry}/correct/", "words"),
    "withdraw_entry": ("/log/{entry}/", ""),
    "bring_back_entry": ("/log/{entry}/", ""),
    "mark_entry": ("/log/{entry}/", ""),
    "undo_link": ("/log/{entry}/", ""),
    "withdraw_gap": ("/cases/{reference}/without-record/", ""),
    "group": ("/cases/{reference}/group/?at={source}-3", "name"),
    "episode": ("/episodes/{episode}/", "name"),
    "undo_grouping": ("/cases/{reference}/episodes/", ""),
    "withdraw_belief": ("/cases/{reference}/who-is-who/", ""),
    "withdraw_protected": ("/cases/{reference}/never-leaves/", ""),
    "lift_mark": ("/cases/{reference}/never-leaves/", ""),
    "withdraw_capture": ("/cases/{reference}/online/", ""),
    "file": ("/files/{source}/", ""),
    "remove": ("/files/{source}/", ""),
}
"""Every route that changes what is there: the page with its form, and the field that the two windows fill otherwise."""
ADDS = {
    "add_pictures", "choose_links",  # each adds a link of its own, which can be undone; the same one is added once
    "found_changed", "check",  # each adds a note beside the others
    "take_out",  # makes a file of its own from one found inside another; the same content is kept once
    "words",  # versions by number: held in evidence's own tests
    "send_piece",  # its sender's alone: held in evidence's own tests
    "stop_job", "resume_job",  # held in jobs' own tests
    "disclosure", "fetch_disclosure", "release",  # asking, deciding and fetching: held in the tests of releases
}  # fmt: skip
NOWHERE = {"StringConverter": "2222-2222", "IntConverter": 7, "SlugConverter": "car", "UUIDConverter": UUID(int=7)}
LOOKS = ("read", "looked_at", "opened", "taken")


class Forms(HTMLParser):
    """The forms of a page that are sent by POST, with what a browser would send of each untouched."""

    def __init__(self, here: str, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._here, self._open, self._area, self._select = here, False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = told.get("method") == "post"
            if self._open:
                self.found.append((told.get("action") or self._here, {}))
        if not self._open or not self.found:
            return
        data, name = self.found[-1][1], told.get("name", "")
        if tag == "input" and name and told.get("type") not in ("file", "submit"):
            if told.get("type") not in ("radio", "checkbox") or "checked" in told:
                data[name] = told.get("value", "on")
        elif tag == "textarea":
            self._area, data[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in told or self._select not in data):
            data[self._select] = told.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area and self._open:
            self.found[-1][1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"
        self._area = "" if tag == "textarea" else self._area
        self._select = "" if tag == "select" else self._select


@pytest.fixture
def here(stage: Stage) -> dict[str, Any]:
    """A case with one of everything that can be changed."""
    stage.at = datetime.now(UTC)
    case, asha = stage.case(victim="Rhian Example", summary="", own_number=""), stage.actor("asha")
    sealer = Sealer()
    sealer.write("".join(f"{n:02}/03/2025, 21:00 - Cal Example: words {n}\n" for n in range(1, 9)).encode())
    arrived = evidence.bring_in(asha, case, name="chat.txt", sealed=sealer.close())
    assert arrived.job is not None
    assert tasks.run(arrived.job) == "done"
    told = Telling(When(None, None, given="in spring"), ("near",), words="He waited")
    entry = evidence.write_entry(asha, case, telling=told).reference
    evidence.link(asha, case, kind=SHOWS, ends=(End(entry=entry), End(source=arrived.source)), why="")
    page = Captured("https://example.org/cal", "profile", "client", When(None, None, given="in spring"))
    evidence.keep_capture(asha, case, source=arrived.source, told=page)
    evidence.tell_gap(
        asha, case, first=date(2025, 7, 1), last=date(2025, 7, 3), why="phone_gone", told_by="client", words=""
    )
    episode = chronology.name_episode(asha, case, name="The spring", entries=(entry,))
    circle = Ref(cases.case(asha, case).circle)
    cal = people.add_person(asha, circle, name="Cal Example", stands_as="suspect")
    source = f"shown:{arrived.source}:Cal Example"
    people.say_who(asha, circle, accounts=(source,), person=cal, sure="staff", said_by="staff", why="the writing")
    people.protect(asha, circle, kind="postcode", word="ZZ99 3WZ")
    chronology.keep_out(asha, case, end=End(entry=entry), why="It names a school")
    stage.close()
    return {"reference": case.key, "entry": entry, "episode": episode, "source": arrived.source}


def writes() -> Counter[str]:
    """How often each deed stands in the books, looking and downloading left out."""
    return Counter(code for code in Entry.objects.values_list("code", flat=True) if not code.endswith(LOOKS))


def form_of(client: Client, page: str, name: str) -> tuple[str, dict[str, str]]:
    answer = client.get(page)
    assert answer.status_code == 200, page
    found = [
        one for one in Forms(page, answer.content.decode()).found if resolve(one[0].partition("?")[0]).url_name == name
    ]
    assert found, f"{page} has no form for {name}"
    return found[-1]


def test_the_second_of_two_windows_changes_nothing(sign_in: SignIn, here: Mapping[str, Any]) -> None:
    client, passed = sign_in("asha"), []
    for name, (page, differs) in CHANGES.items():
        address, data = form_of(client, page.format(**here), name)
        first, second = ({**data, "why": word, **({differs: word} if differs else {})} for word in ("one", "two"))
        before = writes()
        client.post(address, first)
        after = writes()
        assert after - before, f"{name} by the first window"
        answer = client.post(address, second)
        assert answer.status_code in (302, 404, 409, 422), f"{name} by the second window"
        if writes() != after:
            passed.append((name, writes() - after))
    assert passed == []


def test_every_route_that_changes_what_is_there_is_tried_or_only_adds(sign_in: SignIn) -> None:
    client = sign_in("asha")
    routes = [one for urls in (log_urls, chronology_urls, evidence_urls, disclosure_urls) for one in urls.urlpatterns]
    unknown = []
    for route in routes:
        named = set(route.pattern.converters) - {"reference"}
        if named and route.name not in CHANGES and route.name not in ADDS:
            kinds = {name: type(one).__name__ for name, one in route.pattern.converters.items()}
            given = {name: NOWHERE[kind] for name, kind in kinds.items()}
            if client.post(reverse(f"web:{route.name}", kwargs=given)).status_code != 405:
                unknown.append(route.name)
    assert unknown == [], "say in this file whether it changes what is there or only adds"
