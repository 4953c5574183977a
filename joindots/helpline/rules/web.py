"""What the public form hands over (pure)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WebWords:
    """What somebody wrote on the public form: how to reach them safely, and as much else as they wished."""

    called: str = ""
    way: str = ""
    number: str = field(default="", repr=False)
    times: str = ""
    say: str = ""
    words: str = field(default="", repr=False)
    caller: str = ""
