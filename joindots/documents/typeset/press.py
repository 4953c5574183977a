"""Presses one PDF from a template and its data, in a process of its own; imports nothing of ours.

Called as `python press.py JOB.json` with the folder of the job as the only place it may read from.
The data reaches the template as a file read by `json()`: its text is never evaluated.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]


def press(job_file: Path) -> None:
    """Press the job. Raises what the typesetter raises."""
    root = job_file.parent
    job = json.loads(job_file.read_bytes())
    # Only our own typefaces: a page must not differ from machine to machine.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(root / "fonts")])
    typst.compile(
        str(root / job["template"]),
        output=str(root / job["out"]),
        root=str(root),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": job["data"]},
        pdf_standards=STANDARDS,
        timestamp=job["timestamp"],
        package_path=str(root / "no-packages"),
        package_cache_path=str(root / "no-packages"),
    )


if __name__ == "__main__":
    press(Path(sys.argv[1]).resolve())
