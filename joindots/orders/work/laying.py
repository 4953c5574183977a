"""Lays the files of a bundle and searches every byte of them. It opens no seal and asks no database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from joindots.documents.contents import Exhibit
from joindots.documents.leaks.finding import find
from joindots.documents.leaks.protected import Protected
from joindots.documents.pixels import Ocr
from joindots.orders.rules import enclosing as rule
from joindots.orders.rules.enclosing import BUNDLES, Enclosed, Shown

INSIDE = {"court": ("bundle", "word"), "serve": ("service",)}
"""The papers in each bundle. Nothing of the court's is in what is served."""
NAMES = {"bundle": "application.pdf", "word": "application.docx", "service": "copy-to-serve.pdf"}


def enclosed(one: Shown, copied: Exhibit) -> Enclosed:
    """An exhibit as the list tells of it."""
    if copied.why_not:
        return Enclosed(one, why_not=copied.why_not)
    return Enclosed(one, rule.name_of(one.one.reference, copied.ending), copied.size, copied.sha256)


def lay(folder: Path, bundle: str, papers: dict[str, bytes], found: list[tuple[Enclosed, Exhibit]], stamp: str) -> None:
    """Lay a bundle's files into a folder: papers, copies, the list of exhibits, and the SHA-256 of each."""
    (folder / rule.FOLDER).mkdir(parents=True)
    for what in INSIDE[bundle]:
        (folder / NAMES[what]).write_bytes(papers[what])
    for one, copied in found:
        if one.name and copied.link_from:
            (folder / one.name).write_bytes(copied.link_from.read_bytes())
    told = tuple(one for one, _ in found)
    (folder / "exhibits.txt").write_text(rule.index(stamp, told, served=bundle == "serve"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    hashes = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / "manifest-sha256.txt").write_text(rule.manifest(hashes))


def hits(folder: Path, protected: Protected, vouched: frozenset[str], reader: Ocr | None) -> Iterator[tuple[str, str]]:
    """What the leak check finds in any file of a bundle, each picture read once: place and sentence, no word of it."""
    seen: set[str] = set()
    for bundle in BUNDLES:
        for path in sorted(one for one in (folder / bundle).rglob("*") if one.is_file()):
            name = path.relative_to(folder / bundle).as_posix()
            if name.startswith(rule.FOLDER) and name in seen:
                continue
            seen.add(name)
            ours = name in NAMES.values()
            for one in find([(name, path.read_bytes)], protected, reader, vouched=(name,) if ours else vouched):
                yield name, str(one.says)
