"""Lines of a file are found by time alone: a file has one reading that counts, so its number only widened the index."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [
        migrations.RemoveIndex(model_name="communication", name="evidence_co_source__fcc592_idx"),
        migrations.AddIndex(
            model_name="communication",
            index=models.Index(fields=["source", "earliest"], name="lines_by_time"),
        ),
    ]
