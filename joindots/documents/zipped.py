"""A folder as one zip file, the same bytes on every machine and at every time."""

from __future__ import annotations

import shutil
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path

CHUNK = 1 << 20
UNIX = 3


def zip_folder(folder: Path, out: Path, at: datetime, root: str) -> None:
    """Write every file under `folder` to `out`, below `root`/, in order of name, dated `at` in UTC.

    Nothing is compressed: two builds of a compressor may differ in their bytes, and pictures gain nothing.
    """
    moment = at.astimezone(UTC)
    # The format starts in 1980 and counts two seconds at a time.
    stamp = (max(moment.year, 1980), moment.month, moment.day, moment.hour, moment.minute, moment.second // 2 * 2)
    with zipfile.ZipFile(out, "x", zipfile.ZIP_STORED) as archive:
        for path in sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix()):
            entry = zipfile.ZipInfo(f"{root}/{path.relative_to(folder).as_posix()}", stamp)
            entry.create_system = UNIX
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, CHUNK)
