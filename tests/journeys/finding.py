"""What axe finds on a page in each width, and whatever sticks out of it."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW, PHONE, WIDE = 320, 375, 1280
AXE = Axe().axe_script
#: Only what is wrong comes back: carrying all that is right out of the browser took longer than finding it.
FIND = """() => axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(
    one => `${one.id} ${one.nodes[0].html.slice(0, 160)}`))"""


def faults(page: Page, state: str, widths: Sequence[int] = (NARROW, WIDE)) -> list[str]:
    """One line for each fault of the page as it is now shown, named by its state; the page keeps the last width."""
    found = []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{state} at {width}: {fault}" for fault in page.evaluate(FIND)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{state} at {width}: wider than the screen")
    return found
