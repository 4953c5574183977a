"""Copies of exhibits go beside an application's papers, and a term has a map."""

from django.db import migrations, models

import joindots.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0004_contact_tier"),
    ]

    operations = [
        migrations.AddField(
            model_name="packpaper",
            name="enclosed",
            field=models.CharField(blank=True, default="", max_length=8),
        ),
        migrations.AddField(
            model_name="packpaper",
            name="enclosed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="packpaper",
            name="enclosing",
            field=joindots.vault.fields.SealedField(default=b"", tier="narrative"),
        ),
        migrations.AddField(
            model_name="packterm",
            name="map",
            field=joindots.vault.fields.SealedField(default=b"", tier="narrative"),
        ),
    ]
