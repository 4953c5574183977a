"""Cases are listed by whom they may be known to, never all of one state: its index led SQLite through every case."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_own_numbers")]
    operations = [migrations.RemoveIndex(model_name="case", name="casework_ca_state_31ea81_idx")]
