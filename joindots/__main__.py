"""The `joindots` command: finds the command asked for and loads only that one."""

from __future__ import annotations

import importlib
import sys

INTERRUPTED = 130
COMMANDS = {
    "serve": ("joindots.config.commands.serve", "Start the service on this machine."),
    "work": ("joindots.config.commands.work", "Start a worker for long work."),
    "verify": ("joindots.config.commands.keeping:verify", "Check every book, stored file and seal."),
    "checkpoint": ("joindots.config.commands.keeping:checkpoint", "Sign the heads of all books, to keep outside."),
    "backup": ("joindots.config.commands.keeping:backup", "Write two archives: data, and keys."),
    "restore": ("joindots.config.commands.keeping:restore", "Put archives back, with the service stopped."),
    "rotate": ("joindots.config.commands.keeping:rotate", "Make a new root key and wrap the others by it."),
    "guide": ("joindots.config.commands.guide", "Write the guide's generated pages (for developers)."),
    "demo-code": ("joindots.config.commands.demo_code", "Say a demo person's second factor (demo data only)."),
    "demo-files": ("joindots.config.commands.demo_files", "Write the demo's invented files, to try the next two on."),
    "read": ("joindots.config.commands.read", "Read exported files and say what is in them."),
    "clocks": ("joindots.config.commands.clocks", "List the clocks of law and practice, or ask one for its day."),
    "chronology": ("joindots.config.commands.chronology", "Make one court-ready chronology of exported files."),
}
"""Module, and its function where that is not `main`: `(arguments) -> exit status`.

Commands without Django start in a tenth of a second."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit status. 2 when there is no such command."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if given else 2
    if given[0] not in COMMANDS:
        print(f"There is no command {given[0]!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    module, _, function = COMMANDS[given[0]][0].partition(":")
    try:
        status: int = getattr(importlib.import_module(module), function or "main")(given[1:])
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def usage() -> str:
    """The commands, one a line."""
    width = max(map(len, COMMANDS))
    lines = [f"  joindots {name:<{width}}  {says}" for name, (_, says) in COMMANDS.items()]
    return "\n".join(["Join the Dots", "", *lines, "", "joindots COMMAND --help says more."])


if __name__ == "__main__":
    sys.exit(main())
