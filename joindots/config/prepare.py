"""What a start needs: keys, both databases up to date, the pages' files, demo data. All safe to repeat."""

from __future__ import annotations

import os


def setup() -> None:
    """Make Django ready in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joindots.config.settings")
    import django

    django.setup()


def prepare(*, demo: bool) -> None:
    """Bring the installation up to date, in one process."""
    setup()
    from django.core.management import call_command

    from joindots.vault import root

    root.source().make()
    for alias in ("keys", "default"):
        if _behind(alias):
            call_command("migrate", database=alias, verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if demo:
        from joindots.config.demo.load import load

        load()


def _behind(alias: str) -> bool:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
