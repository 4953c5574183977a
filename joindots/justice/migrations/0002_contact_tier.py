"""How somebody was told, and why they could not be, is of the tier of contact."""

from django.db import migrations

import joindots.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("justice", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="crimestep",
            name="why_not_told",
            field=joindots.vault.fields.SealedField(default=b"", tier="contact"),
        ),
    ]
