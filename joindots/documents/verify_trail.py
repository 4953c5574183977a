"""Checks that the trail in this folder is whole and unchanged: python verify_trail.py

It needs nothing but Python 3 and changes nothing. Each book is a file `data/trail/<book>.jsonl`, one entry a line.
An entry's `digest` is the SHA-256 of the digest before it, a line feed, and its `content` written with sorted keys,
without spaces, in UTF-8. `data/trail/heads.json` says how long each book is, what its last digest is, and how many
entries have no content: they name what is not here, and the digests after them still prove that they stood there.
"""

import hashlib
import json
import sys
from pathlib import Path

FIRST = "0" * 64


def check(folder: Path) -> list[str]:
    """Sentences on what is wrong; none when all is well."""
    heads = json.loads((folder / "heads.json").read_text("utf-8"))
    wrong: list[str] = []
    for book, (last, head, closed) in sorted(heads.items()):
        path = folder / f"{book}.jsonl"
        if path.is_file():
            wrong.extend(f"Book {book}, {said}" for said in _book(path, book, last, head, closed))
        else:
            wrong.append(f"Book {book} is missing.")
    added = [path.stem for path in sorted(folder.glob("*.jsonl")) if path.stem not in heads]
    return [*wrong, *(f"Book {book} was added: it is not part of this trail." for book in added)]


def _book(path: Path, book: str, last: int, head: str, closed: int) -> list[str]:
    wrong: list[str] = []
    seq, before = 0, FIRST
    shut = 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            seq += 1
            content = entry["content"]
            if content is None:
                shut, before = shut + 1, entry["digest"]
                continue
            said = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            digest = hashlib.sha256(before.encode() + b"\n" + said).hexdigest()
            if content["seq"] != seq or content["book"] != book:
                wrong.append(f"entry {seq}: an entry is missing or out of place.")
                break
            if entry["digest"] != digest:
                wrong.append(f"entry {seq}: it has been changed.")
                break
            before = digest
    if not wrong and shut != closed:
        wrong.append(f"{shut} entries have no content, and {closed} had none when this was made.")
    if not wrong and (seq, before) != (last, head):
        wrong.append(f"entry {seq}: the end is not the one that was there when this was made.")
    return wrong


def main() -> int:
    """Say what was found; 0 when all is well."""
    try:
        wrong = check(Path(__file__).resolve().parent / "data" / "trail")
    except (OSError, ValueError, KeyError, TypeError) as error:
        wrong = [f"The trail could not be read ({type(error).__name__}). Unpack the whole folder and try again."]
    sys.stdout.write("\n".join(wrong or ["Every entry is as it was written, and none is missing."]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
