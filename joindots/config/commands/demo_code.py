"""`joindots demo-code NAME`: the second factor of a demo person. Refuses everybody else."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Print six digits; 1 if there is no such demo person."""
    from joindots.config.prepare import setup

    setup()
    from joindots.config.demo.people import SHOWN, demo_code

    code = demo_code(arguments[0]) if len(arguments) == 1 else None
    if code is None:
        print(f"Name one demo person, such as {', '.join(SHOWN[:3])}: joindots demo-code asha", file=sys.stderr)
        return 1
    print(code)
    return 0
