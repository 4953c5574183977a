"""Loads the demo: its people at once, its large files as jobs. Safe to repeat and to interrupt."""

from __future__ import annotations

from joindots.config.demo.people import load_people


def load() -> None:
    """Bring in whatever of the demo is not there yet."""
    load_people()
