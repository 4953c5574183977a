"""How somebody was told, and why they could not be, is of the tier of contact."""

from django.db import migrations

import joindots.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_referrals_seen"),
    ]

    operations = [
        migrations.AlterField(
            model_name="rightdue",
            name="how",
            field=joindots.vault.fields.SealedField(default=b"", tier="contact"),
        ),
    ]
