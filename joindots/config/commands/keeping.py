"""`joindots verify`, `checkpoint`, `backup`, `restore`, `rotate`: what an operator does, without reading a word."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from joindots.config.prepare import setup


def verify(arguments: Sequence[str]) -> int:
    """Name everything that is wrong; the exit status says of which kind."""
    parser = argparse.ArgumentParser(prog="joindots verify", description=verify.__doc__)
    parser.add_argument("--anchor", type=Path, help="a checkpoint kept outside, to compare the books with")
    options = parser.parse_args(arguments)
    setup()
    from joindots.config.keeping import verifying

    wrongs = verifying.verify(options.anchor)
    for wrong in wrongs:
        print(f"{wrong.status.name.lower()}: {wrong.says}")
    if not wrongs:
        print("Everything is whole: every book, every stored file, every seal.")
    return int(verifying.exit_status(wrongs))


def checkpoint(arguments: Sequence[str]) -> int:
    """Sign the heads of all books, and write a copy to keep outside."""
    parser = argparse.ArgumentParser(prog="joindots checkpoint", description=checkpoint.__doc__)
    parser.add_argument("--out", type=Path, required=True, help="file to write; keep it on another machine")
    options = parser.parse_args(arguments)
    setup()
    from joindots.config.keeping import verifying

    options.out.write_text(json.dumps(verifying.checkpoint(), indent=1))
    print(f"Signed. Keep {options.out} on another machine: with it, a cut tail is seen.")
    return 0


def backup(arguments: Sequence[str]) -> int:
    """Write two archives, data and keys, never into one folder. The root key is in neither."""
    parser = argparse.ArgumentParser(prog="joindots backup", description=backup.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder for the data archive")
    parser.add_argument("--keys", type=Path, required=True, help="another folder for the keys archive")
    options = parser.parse_args(arguments)
    setup()
    from joindots.config.keeping import archives
    from joindots.kernel.problems import RuleBroken

    try:
        made = archives.back_up(options.data, options.keys, datetime.now(UTC))
    except RuleBroken as broken:
        print(broken, file=sys.stderr)
        return 1
    print(f"Data: {made[0]}\nKeys: {made[1]}\nThe root key is in neither. Keep it apart from both.")
    return 0


def restore(arguments: Sequence[str]) -> int:
    """Put back data, keys or both, with the service stopped. What was erased since stays erased."""
    parser = argparse.ArgumentParser(prog="joindots restore", description=restore.__doc__)
    parser.add_argument("--data", type=Path, help="data archive")
    parser.add_argument("--keys", type=Path, help="keys archive; leave out to go on with today's keys")
    options = parser.parse_args(arguments)
    if not (options.data or options.keys):
        parser.error("name --data, --keys or both")
    setup()
    from joindots.config.keeping import archives
    from joindots.kernel.problems import RuleBroken

    try:
        if options.keys:
            archives.restore(options.keys, "keys")
        if options.data:
            archives.restore(options.data, "default")
        erased = archives.settle_erased()
    except (RuleBroken, OSError) as broken:
        print(broken, file=sys.stderr)
        return 1
    print(f"Restored. Erased since and kept erased: {erased}.")
    return 0


def rotate(arguments: Sequence[str]) -> int:
    """Make a new root key and wrap every tier's key by it; safe to repeat after a crash."""
    argparse.ArgumentParser(prog="joindots rotate", description=rotate.__doc__).parse_args(arguments)
    setup()
    from joindots.config.keeping.reindexing import reindex
    from joindots.vault import keys

    wrapped = keys.rotate()
    again = reindex()
    print(f"The root key is new: {wrapped} keys wrapped again, {again} blind indexes made again.")
    return 0
