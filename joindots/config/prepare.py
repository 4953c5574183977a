"""What a start needs: keys, both databases up to date, the pages' files, demo data. All safe to repeat."""

from __future__ import annotations

import hashlib
import os
import time
from datetime import UTC, datetime

from joindots.kernel.problems import Problem
from joindots.kernel.words import words

A_DAY = 24 * 3600.0
OLD_STEP = ("evidence", "0002_lines_by_time")
"""Noted in every database that was made before the steps were made anew."""


def setup() -> None:
    """Make Django ready in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joindots.config.settings")
    import django

    django.setup()


def prepare(*, demo: bool) -> None:
    """Bring the installation up to date, in one process."""
    prepare_store()
    prepare_files()
    prepare_pages()
    if demo:
        from joindots.config.demo.load import load

        load()


def prepare_store() -> None:
    """Keys and both databases."""
    setup()
    from django.core.management import call_command

    from joindots.vault import root

    root.source().make()
    for alias in ("keys", "default"):
        if _is_new(alias):
            _make_tables(alias)
            continue
        _refuse_too_old(alias)
        if _behind(alias):
            call_command("migrate", database=alias, verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _is_new(alias: str) -> bool:
    """Whether no step of any migration is noted in a database: a start that was ended before goes on from there."""
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connections[alias])
    return not (recorder.has_table() and recorder.migration_qs.exists())


def _refuse_too_old(alias: str) -> None:
    """Refuse data of before the steps were made anew: it has tables that no step leads away from."""
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    if OLD_STEP in MigrationRecorder(connections[alias]).applied_migrations():
        text = (
            "The data in {folder} was made by an earlier, unfinished version and cannot be brought forward. Move that "
            "folder away and start again: new data is made in its place."
        )
        raise Problem(words("data_too_old", text, folder=settings.DATA))


def _make_tables(alias: str) -> None:
    """The tables of a new database, straight from the models in one transaction; then every step is noted as done.

    By its steps it takes ten times as long, for each of them draws all models anew. Both end at the same tables: a
    guard holds that no step is missing, and a test on PostgreSQL compares them.
    """
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    kept = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = dict.fromkeys((one.label for one in apps.get_app_configs()), None)
    try:
        call_command("migrate", database=alias, run_syncdb=True, verbosity=0, interactive=False)
    finally:
        settings.MIGRATION_MODULES = kept
    recorder = MigrationRecorder(connections[alias])
    recorder.ensure_schema()
    nodes = MigrationLoader(connections[alias]).graph.nodes
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in sorted(nodes))


def prepare_files() -> None:
    """Delete what arrived and was not settled a day ago: a server or reader was ended in the middle of it; what was
    to go then and still lies there; papers that were being made then; and forms that were held for a day.
    """
    from joindots.agencies import holding
    from joindots.config.keeping.sweeping import sweep_left
    from joindots.vault import files, scratch

    sweep_left(time.time() - A_DAY)
    files.sweep_arriving(time.time() - A_DAY)  # pieces of files that were never sent whole too
    scratch.sweep()
    holding.sweep(datetime.now(UTC))


def prepare_pages() -> None:
    """The pages' own files, hashed and compressed; done again only when one of them changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    stamp = settings.STATIC_ROOT / ".stamp"
    if not stamp.exists() or stamp.read_text() != found.hexdigest():
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(found.hexdigest())


def _behind(alias: str) -> bool:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
