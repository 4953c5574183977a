"""What the repository itself promises: locks, reasons, decisions in order, and nothing of any one machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import dev

ROOT = Path(__file__).resolve().parent.parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text()
PROJECT = tomllib.loads(PYPROJECT)
#: Hosts of package registries, in two halves so that this file does not name them.
HOSTS = [".".join(halves) for halves in (
    ("registry.npmjs", "org"), ("files.pythonhosted", "org"), ("pypi", "org"), ("deb.debian", "org"),
)]  # fmt: skip
MACHINE = re.compile(
    r"(?<![\w.~$}/-])/(?:root|home/\w+|Users/(?!invented)\w+|work)/"
)  # one invented home stands in the samples of a reader


def tracked() -> list[Path]:
    """The files that git keeps."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [path for name in done.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The text of a file; nothing for pictures and other bytes."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def locked(name: str) -> dict[str, Version]:
    """What a requirement file pins."""
    pins = re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE)
    return {canonicalize_name(package): Version(version) for package, version in pins}


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.stem)
def test_a_requirement_file_holds_hashes_and_no_address(path: Path):
    text = path.read_text()
    packages = [block for block in re.split(r"\n(?=\S)", text.strip()) if not block.startswith("#")]
    assert packages
    assert [block.split()[0] for block in packages if "--hash=sha256:" not in block] == []
    assert re.findall(r"https?://|file:|--index-url|--find-links| @ ", text) == []


def test_the_front_end_lock_holds_no_address():
    lock = (ROOT / "frontend" / "package-lock.json").read_text()
    assert "http" not in lock
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') >= 5


@pytest.mark.parametrize("name", ["app", "test"])
def test_the_lock_satisfies_what_the_project_asks(name: str):
    asked = [*PROJECT["project"]["dependencies"], *(PROJECT["dependency-groups"]["test"] if name == "test" else [])]
    pins = locked(name)
    missing = [
        text
        for text in asked
        if (need := Requirement(text)) and pins.get(canonicalize_name(need.name), Version("0")) not in need.specifier
    ]
    assert missing == [], "run `make lock`"


def test_the_lock_of_the_tests_holds_the_lock_of_the_product():
    assert locked("app").items() <= locked("test").items()


def test_every_dependency_says_why_it_is_there():
    blocks = re.findall(r"^(?:dependencies|test|uv|node) = \[(.*?)^(?=\]|\w)", PYPROJECT, re.MULTILINE | re.DOTALL)
    entries = [line.strip() for block in blocks for line in block.splitlines() if '"' in line]
    assert len(entries) > 40
    silent = [line for line in entries if not re.search(r"#\s+\w+", line)]
    assert silent == []


def test_decisions_are_numbered_in_order_and_headed_by_their_number():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    wrong = [path.name for path in records if not path.read_text().startswith(f"# {path.name[:4]}. ")]
    assert wrong == []


def test_no_tracked_file_names_a_registry_or_a_place_on_one_machine():
    found = []
    for path in tracked():
        text = text_of(path)
        found += [f"{path.relative_to(ROOT)}: {host}" for host in HOSTS if host in text]
        found += [f"{path.relative_to(ROOT)}: {match}" for match in MACHINE.findall(text)]
    assert found == []


def test_nothing_that_is_built_or_belongs_to_gov_uk_is_tracked():
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert [name for name in names if re.search(r"static/vendor/|node_modules/|\.woff2?$|crest|crown", name)] == []


def test_make_offers_what_dev_does():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert targets is not None
    assert set(targets[1].split()) == set(dev.COMMANDS)


def test_the_readme_leads_to_pages_that_are_there():
    for page in ("README.md", "CONTRIBUTING.md", "docs/guide/README.md"):
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", (ROOT / page).read_text())
        assert links
        missing = [link for link in links if not ((ROOT / page).parent / link).exists()]
        assert missing == [], page
