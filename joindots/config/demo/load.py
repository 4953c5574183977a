"""Loads the demo: its people and cases at once, their files as jobs. Safe to repeat and to interrupt."""

from __future__ import annotations

from joindots.config.demo.cases import LARGE, SMALL
from joindots.config.demo.people import load_people


def load() -> None:
    """Bring in whatever of the demo is not there yet. The files are read by the worker, the story's first."""
    from joindots.config.demo.asked_for import enter_asked, enter_rejected
    from joindots.config.demo.helpline import open_helpline
    from joindots.config.demo.opening import open_small
    from joindots.config.demo.requests import enter_requests
    from joindots.config.demo.services import list_services
    from joindots.config.demo.story import open_story
    from joindots.config.demo.taking_on import open_waiting

    staff = load_people()
    list_services(staff)
    enter_requests(staff)
    open_story(staff)
    open_helpline(staff)
    for one in (*SMALL, LARGE):
        open_small(staff, one)
    open_waiting(staff)
    enter_asked(staff)
    enter_rejected(staff)
