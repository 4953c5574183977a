"""Every table says whether it leaves with an agency, and why not."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from joindots.transfer.queries.tables import STAYS, TABLES
from joindots.vault.fields import SealedField


def ours() -> dict[str, type[models.Model]]:
    return {
        f"{model._meta.app_label}.{model.__name__}": model
        for model in apps.get_models()
        if model.__module__.startswith("joindots.")
    }


def test_every_table_of_ours_leaves_or_says_why_it_stays() -> None:
    leaves = {f"{one.model._meta.app_label}.{one.model.__name__}" for one in TABLES}
    assert leaves | set(STAYS) == set(ours())
    assert not leaves & set(STAYS)


def test_no_key_index_or_place_in_the_store_leaves() -> None:
    for table in TABLES:
        for one in table.fields:
            assert isinstance(one, SealedField) or not isinstance(one, models.BinaryField), (table.name, one.name)
        assert not {"file_key", "index", "password", "session_key"} & set(table.columns), table.name


def test_every_column_that_stays_is_there() -> None:
    for table in TABLES:
        assert set(table.stays) <= {one.name for one in table.model._meta.concrete_fields}, table.name
        assert set(table.forms) <= set(table.columns), table.name
