"""Checks that every file of this pack is as it was when the pack was made: python verify.py

It needs nothing but Python 3 and changes nothing. `manifest-sha256.txt` lists the pack's files,
`tagmanifest-sha256.txt` the lists themselves. Any other tool for SHA-256 can do the same.
"""

import hashlib
import sys
from pathlib import Path


def check(folder: Path) -> list[str]:
    """Sentences on what is wrong; none when all is well."""
    wrong: list[str] = []
    listed: set[str] = set()
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        for line in (folder / manifest).read_text("utf-8").splitlines():
            digest, _, name = line.partition("  ")
            listed.add(name)
            path = folder / name
            if not path.is_file():
                wrong.append(f"{name} is missing.")
            elif _sha256(path) != digest:
                wrong.append(f"{name} has been changed.")
    for path in sorted((folder / "data").rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in listed:
            wrong.append(f"{name} was added: it is not part of the pack.")
    return wrong


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def main() -> int:
    """Say what was found; 0 when all is well."""
    try:
        wrong = check(Path(__file__).resolve().parent)
    except OSError as error:
        wrong = [f"The list of files could not be read ({error.strerror}). Unpack the whole pack and try again."]
    sys.stdout.write("\n".join(wrong or ["Every file is as it was when the pack was made."]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
