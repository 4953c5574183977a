"""The leak bar as code: one pack judged by the leak check, by redaction, and by a finder that shares nothing with them."""

from __future__ import annotations

from dataclasses import dataclass

from joindots.documents.leaks.finding import find
from joindots.documents.redaction.stripping import strip
from joindots.documents.tests.independent import Finder
from joindots.documents.tests.packs import Named, Pack
from joindots.kernel.problems import RuleBroken


@dataclass
class Judged:
    """What became of one pack with a secret in it.

    `stopped`: the check blocked it as it was. `seen`: the other finder sees the secret in it too. `copies`: whether
    the check let the redacted copies go. `leaked`: what the other finder saw in anything that the check let go.
    """

    stopped: bool
    seen: bool
    copies: bool
    leaked: list[tuple[str, str]]


def judged(pack: Pack) -> Judged:
    """Check the pack, make copies of its files that may leave, and check those; look at all that passed."""
    protected = pack.world.secrets.protected()
    other = Finder(pack.world.secrets, pack.drawn)
    stopped = bool(find(pack.files, protected, pack.drawn))
    seen = other.in_files(pack.files)
    copies = redacted(pack)
    passed = not find(copies, protected, pack.drawn)
    leaked = ([] if stopped else seen) + (other.in_files(copies) if passed else [])
    return Judged(stopped, bool(seen), passed, leaked)


def redacted(pack: Pack) -> list[Named]:
    """A copy of each file of which one can be made, under a name that says nothing."""
    copies = []
    for number, (_, data) in enumerate(pack.files, start=1):
        try:
            copy = strip(data, pack.world.secrets.protected(), pack.drawn)
        except RuleBroken:
            continue
        copies.append((f"exhibits/{number:03d}{copy.suffix}", copy.data))
    return copies


def blocked(pack: Pack) -> bool:
    """Whether the check stops a pack."""
    return bool(find(pack.files, pack.world.secrets.protected(), pack.drawn))
