"""The application for an order, from none to sent, by the people it needs, in a browser and counted.

A case of 300 entries and 60 exhibits (`bench.force`). An officer begins the order and its application, writes the parts
told in words, takes over the judgement that stands, relies on acts, ties them to grounds and eight terms to acts, has
it checked and signs; two colleagues sign from their own Today; the officer makes the final papers and the bundle of
exhibits, fetches it, and writes down that it was sent. Twice: relying on what the shown rule suggests, reading it; and
relying on the whole log, which whoever wrote it does not read again: what that would take is said beside it. Whose
statements there are is named in the application; they are written elsewhere and exhibited.

The minutes are a practised person's by the keystroke-level model: see `bench.hands`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from playwright.sync_api import Page

from bench.force import ENTRIES, EXHIBITS, RESPONDENT, SECRET, VICTIM, lines
from bench.hands import WORDS_A_SECOND, Count, Hands, chromium
from bench.pages import served
from bench.store import sqlite
from bench.table import Figure, verdict
from bench.timing import run

MOST_MINUTES = 10.0
MOST_SECONDS = 10.0
TELEPHONE = 5.0
"""Seconds to take up a telephone and find the six digits, beside typing them."""
PARTS = {
    "respondent": {"name": RESPONDENT, "born": "12 May 1989", "court": "Harrowby Magistrates’ Court",
                   "applicant": "Chief Constable of Northshire", "address": "4 Quay Street, Harrowby",
                   "work": "Days, Harrowby market"},
    "protected": {"names": VICTIM},
    "risk": {"impact": "She sleeps elsewhere."},
    "interim": {"why": "He came again this week."},
    "exhibits": {},
    "statements": {"made": f"{VICTIM}, 3 November 2026, signed", "officer": "DC Nand, 4 November 2026"},
    "others": {"live": "NS/26/104417, live", "warned": "2026-06-15"},
}  # fmt: skip
TERMS = {"P01": ("message", ""), "P02": ("through", ""), "P05": ("near", "100 metres"), "P06": ("near", ""),
         "P07": ("home", ""), "P08": ("online", ""), "P09": ("online", ""), "P15": ("home", "")}  # fmt: skip
"""Of the library, each because of the acts of a kind; where its words leave a distance open, which."""
POLICED = "By report and phone records"


@dataclass
class Force:
    """The three officers at their pages; `took` are the minutes of all three in each stage."""

    hands: dict[str, Hands]
    case: str
    took: dict[str, float] = field(default_factory=dict)

    @property
    def minutes(self) -> float:
        """Of all three, but for reading the log."""
        return sum(one.count.seconds for one in self.hands.values()) / 60

    def done(self, stage: str) -> None:
        """Note what a stage took."""
        self.took[stage] = self.minutes - sum(self.took.values())

    def says(self) -> str:
        """Each stage and its minutes."""
        return ", ".join(f"{stage} {minutes:.1f}" for stage, minutes in self.took.items())


def button(hands: Hands, name: str) -> Any:
    """A button by its words."""
    return hands.page.get_by_role("button", name=name)


def link(hands: Hands, name: str) -> Any:
    """A link by its words."""
    return hands.page.get_by_role("link", name=name, exact=True)


def begin(force: Force) -> None:
    """The order is thought of and its application begun."""
    hands = force.hands["priya"]
    hands.go(f"/cases/{force.case}/orders/")
    hands.write(hands.page.locator("#why"), "He comes nearer after every warning.")
    hands.follow(button(hands, "Begin"))
    hands.follow(button(hands, "Open the pack"))


def words(force: Force) -> None:
    """The parts that are told in words, and the risk as it was judged."""
    hands = force.hands["priya"]
    hands.follow(link(hands, "Respondent"))
    for part, sheet in PARTS.items():
        assert hands.page.url.endswith(f"/part/{part}/")
        if part == "risk":
            hands.follow(button(hands, "Take over judgement 1"))
        if part == "interim":
            hands.tick(hands.page.locator("#asked-yes"))
        for code, said in sheet.items():
            hands.write(hands.page.locator(f"#{code}"), said)
        hands.follow(button(hands, "Keep it as completed"), ends=bool(sheet))


def acts(force: Force, *, everything: bool) -> None:
    """The acts relied on, each tied to grounds with who will prove them."""
    hands = force.hands["priya"]
    hands.follow(link(hands, "Acts relied on"))
    hands.follow(link(hands, "Choose from the log"))
    if everything:
        hands.choose(hands.page.locator("#only"), value="all")
        hands.follow(hands.page.get_by_role("button", name="Show", exact=True))
    hands.follow(button(hands, "Rely on all"))
    for box in hands.page.locator("input[name=ground]").all():
        hands.tick(box)
    hands.write(hands.page.locator("#prover"), "PC Okoro")
    hands.follow(button(hands, "Write this on all"), ends=True)
    hands.follow(link(hands, "The pack"))


def terms(force: Force) -> None:
    """Terms from the library, each worded, tied to acts, and looked at for what it touches."""
    hands = force.hands["priya"]
    hands.follow(link(hands, "Prohibitions and requirements"))
    for code, (kind, distance) in TERMS.items():
        hands.follow(hands.page.locator(f"a[href$='?kind={code}']"))
        hands.follow(hands.page.locator(f"button[name=tick][value={kind}]"))
        if distance:
            hands.replace(hands.page.locator("#text"), "a stated distance", distance)
        policed = hands.page.locator("#policed")
        if not policed.input_value():
            hands.write(policed, POLICED)
        hands.follow(button(hands, "Keep it: it affects nothing else"))
    hands.follow(link(hands, "The pack"))


def signed(force: Force) -> None:
    """The check is looked at; then three people sign, each asked by the one before."""
    hands = force.hands["priya"]
    hands.follow(link(hands, "Check"))
    hands.follow(link(hands, "Sign-off"))
    sign(hands, "DC Nand", ask="Tom")
    for name, rank, asks in (("tom", "DS Hale", "Marsh"), ("marsh", "Superintendent Marsh", "")):
        hands = force.hands[name]
        hands.go("/today/")
        hands.follow(hands.page.locator("a[href$='/sign/']").first)
        sign(hands, rank, ask=asks)


def sign(hands: Hands, name: str, *, ask: str) -> None:
    """Sign with a second factor given anew, and ask the next colleague."""
    hands.follow(link(hands, "Second factor"))
    hands.pause(TELEPHONE)
    hands.write(hands.page.locator("input[name=code]"), digits())
    hands.follow(button(hands, "Go on"), ends=True)
    hands.write(hands.page.locator("#name"), name)
    hands.follow(button(hands, "Sign draft"), ends=True)
    if ask:
        hands.choose(hands.page.locator("#whom"), label=ask)
        hands.follow(button(hands, "Put it on their Today"), ends=True)


def sent(force: Force) -> dict[str, Any]:
    """The final papers, the bundle with its exhibits, and that it was sent; what machines took, and the bytes."""
    hands, figures = force.hands["priya"], dict[str, Any]()
    figures["same"] = twice(hands.page.context.new_page(), hands.page.url.removesuffix("sign/"))
    hands.go(hands.page.url)
    began = time.perf_counter()
    hands.follow(button(hands, "Make the final papers"))
    hands.wait(hands.page.locator("#see"))
    figures["made"] = time.perf_counter() - began
    hands.follow(hands.page.locator("#see"))
    began, papers = time.perf_counter(), hands.page.url
    hands.follow(button(hands, "Make the bundles with the exhibits"))
    hands.page.locator("#see").wait_for(timeout=1_200_000)
    figures["enclosed"] = time.perf_counter() - began
    hands.go(papers)
    bundle = hands.page.locator("form[action$='/court/'] button")
    figures["bytes"] = len(hands.take(bundle))
    hands.follow(link(hands, "Once they are handed over: write down that they were sent"))
    hands.write(hands.page.locator("#to"), "Harrowby Magistrates’ Court")
    hands.write(hands.page.locator("#how"), "By the court’s portal")
    hands.follow(button(hands, "Write down that it was sent"), ends=True)
    assert hands.page.get_by_role("heading", name="12. Sent", exact=True).count()
    return figures


def twice(page: Page, pack: str) -> bool:
    """Whether papers of an unchanged draft, made once more, are the same bytes; nobody's hands."""
    hashes = []
    for _ in range(2):
        page.goto(pack)
        page.get_by_role("button", name="Make the papers, marked draft").click()
        page.locator("#see").click(timeout=300_000)
        page.locator(".jd-hash").first.wait_for()
        hashes.append(page.locator(".jd-hash").all_inner_texts())
    page.close()
    return len(hashes[0]) > 2 and hashes[0] == hashes[1]


def digits() -> str:
    """The six digits that the app shows now (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    whole = hmac.new(base64.b32decode(SECRET), moment, hashlib.sha1).digest()
    return f"{(struct.unpack('>I', whole[(at := whole[-1] & 15) : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def driven(environment: dict[str, str], made: dict[str, Any], *, everything: bool) -> tuple[Force, dict[str, Any]]:
    """The whole way in a browser, at a server and worker of its own."""
    with served(environment) as port, chromium(f"http://127.0.0.1:{port}", made["cookies"]) as pages:
        log = lines()
        force = Force({name: Hands(page, log, Count()) for name, page in pages.items()}, made["case"])
        stages: dict[str, Callable[[Force], Any]] = {
            "begun": begin, "words": words, "acts": partial(acts, everything=everything), "terms": terms,
            "signed": signed,
        }  # fmt: skip
        for name, stage in stages.items():
            stage(force)
            force.done(name)
        figures = sent(force)
        force.done("made and sent")
        return force, figures


def drafting(*, everything: bool) -> Iterator[Figure]:
    """From no application to one that was sent."""
    with sqlite() as environment:
        done = run([sys.executable, "-m", "bench.force"], environment)
        if done.status:
            raise RuntimeError("bench.force did not end well: what it said stands above.")
        force, figures = driven(environment, json.loads(done.out.splitlines()[-1]), everything=everything)
    yield from told(force, figures, everything=everything)


def told(force: Force, figures: dict[str, Any], *, everything: bool) -> Iterator[Figure]:
    """What was counted, as figures: the drafter's minutes, and those of all three."""
    one = force.hands["priya"].count
    log = one.log_words / WORDS_A_SECOND / 60
    minutes = one.seconds / 60 + (0 if everything else log)
    says = "the whole log relied on" if everything else "relying on what the rule suggests"
    yield Figure(
        f"an order from none to sent, {ENTRIES} entries, {EXHIBITS} exhibits, {says}",
        f"{minutes:.1f} min of a person’s", f"≤ {MOST_MINUTES:.0f} min", verdict(minutes <= MOST_MINUTES),
        peer=f"reading the log’s lines: {log:.1f} min{' more' if everything else ' of it'}",
    )  # fmt: skip
    yield Figure(
        "   of which", f"hands {one.hands / 60:.1f} min", peer=f"{one.keys} keys, {one.presses} presses, {one.chunks} "
        f"thoughts, {one.pages} pages, {one.words} words, {one.waited:.0f} s waited; {one.known_words} words of labels",
    )  # fmt: skip
    yield Figure("   with both who sign after them", f"{force.minutes:.1f} min", peer=force.says())
    yield Figure(
        "   the final papers, from the press to the result", f"{figures['made']:.1f} s", f"≤ {MOST_SECONDS:.0f} s",
        verdict(figures["made"] <= MOST_SECONDS),
        peer=f"{figures['enclosed']:.0f} s: the bundle with its exhibits, for which nobody waits",
    )  # fmt: skip
    yield Figure("   the same draft again", "the same bytes" if figures["same"] else "other bytes", "the same bytes",
                 verdict(figures["same"]))  # fmt: skip


DRAFTING = {"drafting": partial(drafting, everything=False), "drafting_all": partial(drafting, everything=True)}
