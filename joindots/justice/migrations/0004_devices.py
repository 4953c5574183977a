"""What the police asked to take from the person’s own devices, and what became of it."""

import django.db.models.deletion
from django.db import migrations, models

import joindots.kernel.ids
import joindots.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("circles", "0001_initial"),
        ("justice", "0003_received_on"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeviceAsk",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("notice_on", models.DateField()),
                ("return_by", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked, no answer yet"),
                            ("agreed", "agreed in writing"),
                            ("refused", "refused: no more is asked"),
                            ("taken", "held by the police"),
                            ("back", "given back"),
                            ("ended", "agreement taken back"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("last_on", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("device", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                ("what", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                ("enquiry", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                ("other_means", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="circles.circle"
                    ),
                ),
                (
                    "crime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="device_asks", to="justice.crime"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeviceStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("asked", "asked, no answer yet"),
                            ("agreed", "agreed in writing"),
                            ("refused", "refused: no more is asked"),
                            ("taken", "held by the police"),
                            ("back", "given back"),
                            ("ended", "agreement taken back"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                ("on", models.DateField()),
                ("said", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="justice.deviceask"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "circle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="circles.circle"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="deviceask",
            index=models.Index(
                condition=models.Q(("due_on", None), _negated=True),
                fields=["due_on", "circle"],
                name="devices_to_give_back",
            ),
        ),
        migrations.AddIndex(
            model_name="deviceask",
            index=models.Index(fields=["crime", "at"], name="device_asks_of_a_crime"),
        ),
        migrations.AddIndex(
            model_name="devicestep",
            index=models.Index(fields=["ask", "at"], name="steps_of_a_device_ask"),
        ),
    ]
