"""A practised person at a page, driven in a browser and counted: keys, presses, pages, words to read, waiting.

The minutes are those of the keystroke-level model: S. K. Card, T. P. Moran, A. Newell, "The keystroke-level model for
user performance time with interactive systems", Communications of the ACM 23(7), 1980, 396-410, for a typist who is no
secretary. K 0.28 s for each key and each press of the mouse; P 1.1 s to point; H 0.4 s from the keys to the mouse or
back; M 1.35 s before each chunk of work: here each field, each question, each button and link; as by their rules, not
before further boxes of the same set, nor before the button that ends a form straight after its last field. A capital is
two keys. Within a form the next field is reached by the tabulator where that takes fewer seconds than the mouse.

Reading is 240 words a minute. Whatever a page tells of the case is read, once: what was typed or seen before is known
again. What stands in the service's own pages and rules (labels, hints, buttons, the library of terms) is known to
whoever works with it, and is counted apart, for a beginner; so is what the case's own log says, with the rows that tell
it. Waiting is measured: from the press to the page.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.chromium import launching

K, P, H, M = 0.28, 1.1, 0.4, 1.35
WORDS_A_SECOND = 240 / 60
MOST_TABS = 9
STEPS = """(target) => {
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
        .filter(one => one.checkVisibility() && !one.disabled), active = document.activeElement, seen = new Set();
    const stops = all.filter(one => one.type !== "radio" || one === target || one === active
        || (one.name !== target.name && one.name !== active.name && !seen.has(one.name) && seen.add(one.name)));
    return all.includes(active) ? stops.indexOf(target) - stops.indexOf(active) : -1;
}"""
"""How many presses of the tabulator away something is; each set of round buttons is one stop."""
READ = """(log) => {
    const found = [], told = new Map();
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const here = walk.currentNode.parentElement;
        if (!here.checkVisibility() || here.closest("select, script, textarea, code, .jd-hash")) continue;
        const row = here.closest("tr, li");
        if (row && !told.has(row)) told.set(row, log.some(line => row.textContent.includes(line)));
        found.push([walk.currentNode.data, Boolean(row && told.get(row))]);
    }
    return found;
}"""
"""Each text that can be seen, and whether it stands in a row that tells an entry of the log."""


@dataclass
class Count:
    """What one person's hands did and eyes read."""

    keys: int = 0
    presses: int = 0
    homes: int = 0
    chunks: int = 0
    pages: int = 0
    words: int = 0
    log_words: int = 0
    known_words: int = 0
    waited: float = 0.0
    else_seconds: float = 0.0
    """What the model knows nothing of, such as taking up a telephone to read six digits."""

    @property
    def hands(self) -> float:
        """Seconds of hands and of thinking before each chunk."""
        typed = K * (self.keys + self.presses)
        return typed + P * self.presses + H * self.homes + M * self.chunks + self.else_seconds

    @property
    def seconds(self) -> float:
        """All of it, but for reading the log."""
        return self.hands + self.words / WORDS_A_SECOND + self.waited


@dataclass
class Hands:
    """One person at one page. `log` are the sentences of the case's own; `seen` what any page has told already."""

    page: Page
    log: Sequence[str]
    count: Count
    seen: set[str] = field(default_factory=set)
    at_keys: bool = False
    set_of: str = ""
    """The set of boxes in which something was ticked last."""

    def go(self, path: str) -> None:
        """Begin at a page, as from a bookmark: one press."""
        self._point()
        with self._arriving():
            self.page.goto(path)

    def follow(self, target: Locator, *, ends: bool = False) -> None:
        """Press a link or button that leads to a page, wait for it, read what is new on it. `ends`: a form just filled,
        so that no thought comes before it.
        """
        with self._arriving(), self.page.expect_navigation(wait_until="load"):
            self._activate(target)
        self.count.chunks -= ends

    def take(self, target: Locator) -> bytes:
        """Press a button that gives a file; the file."""
        began = time.perf_counter()
        with self.page.expect_download() as coming:
            self._activate(target)
        given = Path(coming.value.path()).read_bytes()
        self.count.waited += time.perf_counter() - began
        return given

    def write(self, target: Locator, text: str) -> None:
        """Fill an empty field, or one whose words are all replaced."""
        self._reach(target)
        if target.input_value():
            self._press("Control+a", 2)
        self._type(text)

    def replace(self, target: Locator, old: str, new: str) -> None:
        """Change some words in a field: they are marked by two presses, and others typed."""
        said = target.input_value()
        assert said.count(old) == 1, (said, old)
        self._point()
        self.count.presses += 1
        target.evaluate("(one, at) => { one.focus(); one.setSelectionRange(...at) }",
                        [said.index(old), said.index(old) + len(old)])  # fmt: skip
        self._home(keys=True)
        self._type(new)

    def tick(self, target: Locator) -> None:
        """Tick a box, or choose a round button, by the bar of space or by the mouse."""
        if self._tabbed(target):
            self._press("Space")
        else:
            self._point()
            target.click()
        assert target.is_checked()
        name = target.get_attribute("name") or ""
        self.count.chunks -= name == self.set_of
        self.set_of = name

    def choose(self, target: Locator, *, value: str = "", label: str = "") -> None:
        """Choose from a list: opened by one press, chosen by another."""
        self._point()
        self.count.presses += 1
        target.select_option(value=value) if value else target.select_option(label=label)

    def wait(self, ready: Locator) -> None:
        """Wait until something is there, and go on to what it says."""
        began = time.perf_counter()
        ready.wait_for(timeout=180_000)
        self.count.waited += time.perf_counter() - began

    def pause(self, seconds: float) -> None:
        """Something that is done away from the screen."""
        self.count.else_seconds += seconds

    def read(self) -> None:
        """Read what is new on the page."""
        for text, of_log in self.page.evaluate(READ, list(self.log)):
            for part in parts(text):
                if part and part not in self.seen:
                    self.seen.add(part)
                    words = len(re.findall(r"[\w’'-]+", part))
                    if of_log or any(line in part for line in self.log):
                        self.count.log_words += words
                    elif known(part):
                        self.count.known_words += words
                    else:
                        self.count.words += words

    def _activate(self, target: Locator) -> None:
        if self._tabbed(target):
            self._press("Enter")
        else:
            self._point()
            target.click()

    @contextmanager
    def _arriving(self) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.count.waited += time.perf_counter() - began
        self.count.pages += 1
        self.read()

    def _reach(self, target: Locator) -> None:
        """To a field, by the tabulator or the mouse."""
        if not self._tabbed(target):
            self._point()
            target.click()
        self._home(keys=True)

    def _tabbed(self, target: Locator) -> bool:
        """Whether it was reached by the tabulator, because that took less than the mouse."""
        steps = target.evaluate(STEPS) if self.at_keys else -1
        if not 0 <= steps <= MOST_TABS or K * steps > H + P + K:
            return False
        self.count.chunks += 1
        for _ in range(steps):
            self._press("Tab")
        assert target.evaluate("one => one === document.activeElement"), "the order of focus is another"
        return True

    def _point(self) -> None:
        """A thought, the hand to the mouse, pointing and pressing."""
        self.count.chunks += 1
        self.count.presses += 1
        self._home(keys=False)

    def _home(self, *, keys: bool) -> None:
        self.count.homes += self.at_keys != keys
        self.at_keys = keys

    def _press(self, key: str, many: int = 1) -> None:
        self.page.keyboard.press(key)
        self.count.keys += many

    def _type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.seen |= {*parts(text), *parts(f"{text}.")}
        self.count.keys += len(text) + sum(one.isupper() for one in text)


@cache
def own_words() -> str:
    """All that stands in the service's pages, rules and data of the law, with a # for whatever is filled in."""
    package, said = Path(__file__).resolve().parent.parent / "joindots", []
    for path in sorted(one for kind in ("html", "py", "csv") for one in package.rglob(f"*.{kind}")):
        if "tests" not in path.parts:
            text = path.read_text(encoding="utf-8")
            text = re.sub(r'"\s*\n\s*f?"', "", text) if path.suffix == ".py" else re.sub(r"<[^<>]*>", " ", text)
            said.append(re.sub(r"\{\{[^{}]*\}\}|\{\w[^{}%]*\}", "#", text))
    return " ".join(" ".join(said).split()).lower()


def known(part: str) -> bool:
    """Whether a part of a page stands in the service itself, but for its numbers and where it ends."""
    said = re.sub(r"\s*\(\d+\)$|[.·?]$", "", part.lower()).strip()
    return said in own_words() or re.sub(r"\d[\d,]*", "#", said) in own_words()


def parts(text: str) -> list[str]:
    """Sentences and their halves, without the number that stands before them."""
    return re.split(r"\s*[:;·.?,]\s+", re.sub(r"^\d+\. ", "", " ".join(text.split())))


@contextmanager
def chromium(address: str, cookies: dict[str, str]) -> Iterator[dict[str, Page]]:
    """The machine's own browser, with a page for each person who is signed in."""
    with sync_playwright() as play:
        browser = play.chromium.launch(**launching())
        pages = {}
        for name, cookie in cookies.items():
            context = browser.new_context(base_url=address, locale="en-GB", accept_downloads=True,
                                          viewport={"width": 1280, "height": 900})  # fmt: skip
            context.add_cookies([{"name": "s", "value": cookie, "url": address}])
            pages[name] = context.new_page()
        yield pages
        browser.close()
