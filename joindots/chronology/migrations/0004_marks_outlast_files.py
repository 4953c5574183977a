"""A mark outlasts the file it is on: it keeps the keyed hash of the file's bytes."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def keep_addresses(apps: Any, schema_editor: Any) -> None:
    """Marks that stand know their files' bytes from now on."""
    marks = apps.get_model("chronology", "KeptOut").objects
    for name, model in (("source", "SourceFile"), ("exhibit", "Exhibit")):
        of = apps.get_model("evidence", model).objects.filter(pk=OuterRef(f"{name}_id")).values("address")[:1]
        marks.filter(**{f"{name}__isnull": False}).update(address=Subquery(of))


class Migration(migrations.Migration):
    dependencies = [
        ("chronology", "0003_disclosure"),
        ("evidence", "0011_cyber"),
    ]

    operations = [
        migrations.AddField(
            model_name="keptout",
            name="address",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.RunPython(keep_addresses, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="keptout", name="keeps_out_one_thing"),
        migrations.AlterField(
            model_name="keptout",
            name="exhibit",
            field=models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to="evidence.exhibit"),
        ),
        migrations.AlterField(
            model_name="keptout",
            name="source",
            field=models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to="evidence.sourcefile"),
        ),
        migrations.AddConstraint(
            model_name="keptout",
            constraint=models.CheckConstraint(
                condition=Q(address="", exhibit=None, incident__isnull=False, source=None)
                | (Q(incident=None) & (Q(source=None) | Q(exhibit=None)) & ~Q(address="")),
                name="keeps_out_one_thing",
            ),
        ),
    ]
