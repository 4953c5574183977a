"""Keys by which partners' systems come in."""

import django.db.models.deletion
from django.db import migrations, models

import joindots.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_held_posts")]

    operations = [
        migrations.CreateModel(
            name="PartnerToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("name", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("used_on", models.DateField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            models.Q(("agreed_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_agrees_to_a_token",
                    )
                ],
            },
        ),
    ]
