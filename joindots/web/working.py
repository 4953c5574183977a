"""Long work in words: its steps, and why it ended without a result."""

from __future__ import annotations

from dataclasses import dataclass

from joindots.jobs.queries import JobView

STEPS = {
    "evidence.read": (
        ("received", "Kept byte for byte and sealed"), ("read", "Read"), ("sorted", "Sorted by day"),
        ("held", "Repeats grouped"), ("ready", "Ready"),
    ),
    "chronology.pack": (
        ("received", "Asked for"), ("read", "Records gathered"), ("sorted", "Entries numbered"),
        ("set", "Pages set"), ("sealed", "Sealed"), ("ready", "Ready"),
    ),
}  # fmt: skip
WHY = {
    "stopped": "You asked for a stop. What this work had begun was not kept; what was there before is unchanged.",
    "too_many_attempts": "The work was begun several times and did not come to its end. The file is kept as it is.",
    "archive_unsafe": "The zip file was not opened, because something in it is not safe. It is kept as it is. "
    "If it came from an app's own export, make the export again.",
    "archive_locked": "The zip file is locked with a password. Unlock it on the device it came from, or export it "
    "again without one.",
    "archive_broken": "The zip file is damaged or cut off. Copy it from the device again.",
    "damaged": "The file is damaged or cut off. It is kept as it is. Copy it from the device again.",
    "format_unknown": "The file is not in a form that can be read here. It is kept as it is, as an exhibit.",
    "reader_not_ready": "The reader for this kind of file is not ready. The file is kept as it is.",
}
OTHERWISE = "The file could not be read. It is kept as it is, and nothing was guessed. Export it again and bring it in."


@dataclass(frozen=True, slots=True)
class Step:
    """One step: done, now or not begun."""

    name: str
    state: str
    says: str


def steps_of(job: JobView) -> tuple[Step, ...]:
    """The steps of this kind of work, and where it stands."""
    steps = STEPS[job.kind]
    codes = [code for code, _ in steps]
    at = codes.index(job.step) if job.step in codes else 0
    if job.state == "done":
        at = len(codes)
    told = []
    for place, (_, name) in enumerate(steps):
        state = "done" if place < at or (place == 0 and at == 0) else "now" if place == at else ""
        told.append(Step(name, state, {"done": "done", "now": "under way"}.get(state, "not begun")))
    return tuple(told)


def why_ended(job: JobView) -> str:
    """Why the work ended without a result, with the cure."""
    return WHY.get(job.code, OTHERWISE)
