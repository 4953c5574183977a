"""A file may be on its way out: its rows are deleted in small steps."""

from __future__ import annotations

from django.db import migrations, models

STATES = [
    ("arrived", "waiting to be read"), ("held", "read"), ("unreadable", "kept as it is"), ("leaving", "being removed"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_lines_by_time")]
    operations = [
        migrations.AlterField(
            model_name="sourcefile",
            name="state",
            field=models.CharField(choices=STATES, default="arrived", max_length=10),
        ),
    ]
