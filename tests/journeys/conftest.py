"""What a journey needs: the service at an address, browsers signed in or not, a worker, and silence in the console."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from joindots.jobs import tasks
from joindots.jobs.models import Job
from tests.browsing import SignIn
from tests.stage import Stage

PATIENCE = 30_000
"""Milliseconds to wait for what must come: long, for a busy machine is no fault; nothing waits that is there."""
expect.set_options(timeout=PATIENCE)
#: Chromium reports every page that answers 4xx as an error of its own: those are ours, and meant.
MEANT = ("the server responded with a status of 4", "net::ERR_ABORTED")


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    """The stage plays now: the servers' clock is the real one."""
    stage.at = datetime.now(UTC)


@pytest.fixture
def work() -> Callable[[], int]:
    """The worker: runs every waiting job to its end, here and now. How many it ran."""

    def run() -> int:
        waiting = list(Job.objects.filter(state="queued").order_by("made_at").values_list("pk", flat=True))
        for job in waiting:
            tasks.run(job)
        return len(waiting)

    return run


@pytest.fixture
def worker() -> Iterator[None]:
    """The worker at work beside the browser, as in real life."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(0.1):
            for job in list(Job.objects.filter(state="queued").values_list("pk", flat=True)):
                tasks.run(job)
        connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield
    over.set()
    thread.join(20)


@dataclass
class Desk:
    """Opens browsers at the service, and notes whatever their consoles say."""

    browser: Browser
    address: str
    sign_in: SignIn
    contexts: list[BrowserContext] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, who: str = "", *, script: bool = True, second: bool = True, width: int = 1280) -> Page:
        """A page of a new browser; of somebody signed in where a name is given."""
        context = self.browser.new_context(
            base_url=self.address, java_script_enabled=script, locale="en-GB", accept_downloads=True,
            viewport={"width": width, "height": 900},
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if who:
            client = self.sign_in(who, second=second)
            context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": self.address}])
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(words in message.text for words in MEANT):
            self.said.append(f"{message.type}: {message.text}")


@pytest.fixture
def desk(browser: Browser, live_server: Any, sign_in: SignIn) -> Iterator[Desk]:
    """Browsers at the service. At the end every console must have been silent."""
    made = Desk(browser, live_server.url, sign_in)
    yield made
    for context in made.contexts:
        context.close()
    assert made.said == []


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """A chat in which no date says which number is the day, nor any line whose phone it was."""
    path = tmp_path / "WhatsApp Chat with Cal Example.txt"
    path.write_text(CHAT, encoding="utf-8")
    return path


CHAT = """\
03/04/2025, 21:14 - Cal Example: You have a lovely voice
03/04/2025, 21:16 - Cal Example: I was in the second row
03/04/2025, 21:20 - Cal Example: Did you see me?
04/05/2025, 09:02 - Rhian Example: Please do not message me again.
05/06/2025, 08:00 - Cal Example: You cannot mean that
06/07/2025, 08:01 - Cal Example: I am outside
"""
