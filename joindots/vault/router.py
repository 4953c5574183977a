"""The vault's tables live in the database `keys`, everything else in `default`."""

from __future__ import annotations

from typing import Any


class KeysRouter:
    """Django's database router for the two."""

    def db_for_read(self, model: Any, **_: Any) -> str | None:
        return "keys" if model._meta.app_label == "vault" else None

    def db_for_write(self, model: Any, **_: Any) -> str | None:
        return "keys" if model._meta.app_label == "vault" else None

    def allow_relation(self, one: Any, two: Any, **_: Any) -> bool | None:
        return one._meta.app_label == two._meta.app_label if "vault" in _labels(one, two) else None

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:
        return (db == "keys") == (app_label == "vault")


def _labels(one: Any, two: Any) -> set[str]:
    return {one._meta.app_label, two._meta.app_label}
