"""`joindots demo-files DIR`: writes the demo's invented files, to try `read` and `chronology` on. Needs no server."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str]) -> int:
    """Write every file below DIR; 1 if it cannot be written there."""
    parser = argparse.ArgumentParser(prog="joindots demo-files", description=__doc__)
    parser.add_argument("folder", metavar="DIR", type=Path, help="where to write; made if it is not there")
    folder = parser.parse_args(arguments).folder

    from joindots.config.demo.files import write_all

    try:
        sizes = [size for _, size in write_all(folder)]
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        print(
            f"The files could not be written to {folder}: {why}. Name a folder that you may write to.", file=sys.stderr
        )
        return 1
    print(f"{len(sizes)} files, {sum(sizes):,} bytes, in {folder}. Everybody in them is invented. For example:")
    print(f"  joindots read {folder / 'choir-chat-a.zip'} --jsonl")
    print(f"  joindots chronology {folder / 'choir-chat-a.zip'} {folder / 'calls.xml'} --out {folder / 'pack'}")
    return 0
