"""Hands jobs to the press, a few at a time, each in a fresh process so that memory stays bounded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from joindots.documents.typeset import press
from joindots.documents.typeset.signs import only_plain
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

AT_ONCE = 2
SECONDS_A_JOB = 300
FACES = (
    "SourceSansPro-Regular.otf",
    "SourceSansPro-Semibold.otf",
    "SourceSansPro-It.otf",
    "SourceSansPro-SemiboldIt.otf",
)


class Printing:
    """A folder of jobs. `start` returns at once unless the press is busy; `finish` waits for all."""

    def __init__(self, folder: Path, at: datetime, at_once: int = AT_ONCE) -> None:
        # The press runs in this folder, so a path from somewhere else would lead astray.
        self.folder = folder = folder.resolve()
        self._at = int(at.timestamp())
        self._at_once = at_once
        self._running: list[tuple[str, subprocess.Popen[bytes]]] = []
        fonts = folder / "fonts"
        fonts.mkdir(parents=True)
        for face in FACES:
            shutil.copyfile(str(files("font_source_sans_pro") / "files" / face), fonts / face)
        for template in Path(__file__).parent.glob("*.typ"):
            shutil.copyfile(template, folder / template.name)

    def start(self, name: str, template: str, data: dict[str, Any]) -> None:
        """Press `name`.pdf from `template` with `data`, as soon as a place is free."""
        while len(self._running) >= self._at_once:
            self._wait_for(0)
        self._write(name, template, data)
        self._running.append((name, self._run(name)))

    def finish(self) -> None:
        """Wait until every job is pressed."""
        while self._running:
            self._wait_for(0)

    def stop(self) -> None:
        """End what still runs; for when the pack is given up."""
        for _, process in self._running:
            process.kill()
            process.wait()
        self._running.clear()

    def pressed(self, name: str) -> Path:
        """Where `name`.pdf lies once `finish` has returned."""
        return self.folder / f"{name}.pdf"

    def _write(self, name: str, template: str, data: dict[str, Any]) -> None:
        (self.folder / f"{name}.json").write_bytes(msgspec.json.encode(data))
        job = {"template": template, "data": f"{name}.json", "out": f"{name}.pdf", "timestamp": self._at}
        (self.folder / f"{name}.job.json").write_text(json.dumps(job))

    def _run(self, name: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", str(Path(press.__file__).resolve()), str(self.folder / f"{name}.job.json")]
        log = (self.folder / f"{name}.log").open("wb")
        with log:
            return subprocess.Popen(command, env={}, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def _wait_for(self, place: int) -> None:
        name, process = self._running.pop(place)
        if self._ended_well(process):
            return
        # The typesetter refused the page or broke on it: once more with plain signs only.
        data = json.loads((self.folder / f"{name}.json").read_bytes())
        template = json.loads((self.folder / f"{name}.job.json").read_bytes())["template"]
        self._write(name, template, {**plainly(data), "plain": True})
        if not self._ended_well(self._run(name)):
            raise RuleBroken(
                words(
                    "not_pressed",
                    "The page {name} could not be set, so no pack was made. Your files are unharmed. "
                    "Please report this with the number of records; do not send the records themselves.",
                    name=f"{name}.pdf",
                )
            )

    def _ended_well(self, process: subprocess.Popen[bytes]) -> bool:
        try:
            return process.wait(SECONDS_A_JOB) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False


def plainly(data: Any) -> Any:
    """The same data with every text in ASCII; file names and numbers are so already."""
    if isinstance(data, str):
        return only_plain(data)
    if isinstance(data, list):
        return [plainly(item) for item in data]
    if isinstance(data, dict):
        return {key: plainly(value) for key, value in data.items()}
    return data
