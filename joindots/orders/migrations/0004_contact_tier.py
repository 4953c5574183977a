"""How somebody was told, and why they could not be, is of the tier of contact."""

from django.db import migrations

import joindots.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0003_conditions_by_their_decision"),
    ]

    operations = [
        migrations.AlterField(
            model_name="orderask",
            name="told_how",
            field=joindots.vault.fields.SealedField(default=b"", tier="contact"),
        ),
        migrations.AlterField(
            model_name="orderstep",
            name="why_not_told",
            field=joindots.vault.fields.SealedField(default=b"", tier="contact"),
        ),
        migrations.AlterField(
            model_name="ordertold",
            name="how",
            field=joindots.vault.fields.SealedField(default=b"", tier="contact"),
        ),
    ]
