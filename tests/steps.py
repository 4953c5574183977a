"""Whether an installation brought forward step by step ends with the tables that a new one gets from the models.

`python -m tests.steps` runs every migration in the empty database that the environment names, and prints its tables;
`python -m tests.steps models` makes them from the models. `tests.on_postgresql` asks both and compares.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def tables() -> dict[str, Any]:
    """Columns, indexes and constraints of every table of our own, as the database tells them."""
    from django.apps import apps
    from django.db import connection

    ours = {row._meta.db_table for row in apps.get_models() if row.__module__.startswith("joindots.")}
    told: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in sorted(ours & {*connection.introspection.table_names(cursor)}):
            columns = connection.introspection.get_table_description(cursor, table)
            rules = connection.introspection.get_constraints(cursor, table)
            told[table] = {
                "columns": sorted([one.name, str(one.type_code), one.null_ok] for one in columns),
                "rules": {name: {key: rule[key] for key in sorted(rule)} for name, rule in sorted(rules.items())},
            }
    return told


def main(words: list[str]) -> int:
    """Make the tables one way or the other and print them."""
    from joindots.config import prepare

    prepare.setup()
    from django.core.management import call_command

    if words == ["models"]:
        prepare._make_tables("default")
    else:
        call_command("migrate", database="default", verbosity=0, interactive=False)
    print(json.dumps(tables(), sort_keys=True, default=str))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
