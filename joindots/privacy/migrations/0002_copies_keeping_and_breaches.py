"""Copies of what is held, holds, what was signed, certificates, periods, breaches with their steps, and grounds."""

import django.db.models.deletion
from django.db import migrations, models

import joindots.kernel.ids
import joindots.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_partner_tokens"),
        ("casework", "0007_referrals_from_systems"),
        ("circles", "0002_twopersonact_agency_twopersonact_content_and_more"),
        ("privacy", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="request",
            name="grounds",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("reference", models.CharField(default=joindots.kernel.ids.new_reference, max_length=9, unique=True)),
                ("drill", models.BooleanField()),
                ("begun_at", models.DateTimeField()),
                ("aware_at", models.DateTimeField()),
                ("notify_by", models.DateTimeField()),
                (
                    "address_out",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("not_known", "not known, so we act as if it were"), ("no", "no")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("words", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "circle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.circle"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BreachStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("address", "Is an address out?"),
                            ("danger", "Who is in danger now?"),
                            ("told", "Were they told by the safe way?"),
                            ("saw", "Who saw it?"),
                            ("contain", "Was it contained?"),
                            ("regulator", "Is the regulator told?"),
                            ("record", "What is learned?"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(max_length=10)),
                ("said", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                ("at", models.DateTimeField()),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="privacy.breach"
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
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(default=joindots.kernel.ids.new_reference, max_length=9, unique=True)),
                ("record", models.CharField(max_length=8)),
                ("of", models.CharField(max_length=9)),
                ("rule", models.CharField(max_length=24)),
                ("counts", models.JSONField(default=dict)),
                ("keys", models.PositiveIntegerField()),
                ("erased_at", models.DateTimeField()),
                ("backups_until", models.DateField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "circle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.circle"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("out", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                ("fetched_at", models.DateTimeField(null=True)),
                (
                    "act",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circles.twopersonact",
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
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=40)),
                ("give", models.BooleanField()),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("others", "it is about somebody else, whose rights weigh more"),
                            ("crime", "giving it could harm the prevention or investigation of crime"),
                            ("harm", "giving it could seriously harm somebody"),
                            ("sent", "it was given already"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
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
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="privacy.copy"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("litigation", "a court case, or one that is expected"),
                            ("inquiry", "an inquiry, inquest or review of a death"),
                            ("complaint", "a complaint or a request about this data"),
                            ("mappa", "MAPPA or another public protection panel"),
                            ("order", "a protective order that is in force"),
                            ("police", "the police asked that it be kept"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                ("at", models.DateTimeField()),
                ("review_on", models.DateField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_why", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
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
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rule", models.CharField(max_length=24)),
                ("months", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("record", models.CharField(max_length=8)),
                ("reference", models.CharField(max_length=9)),
                ("rule", models.CharField(max_length=24)),
                ("due_on", models.DateField()),
                ("keep", models.BooleanField()),
                ("again_on", models.DateField(null=True)),
                ("checked", models.JSONField(default=list)),
                ("why", joindots.vault.fields.SealedField(default=b"", tier="narrative")),
                ("at", models.DateTimeField()),
                (
                    "act",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circles.twopersonact",
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
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(fields=["owner", "closed_at", "notify_by"], name="privacy_bre_owner_i_93451d_idx"),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["agency", "erased_at"], name="privacy_cer_agency__878fc3_idx"),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(fields=("copy", "kind", "key"), name="chosen_once"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["by", "review_on"], name="privacy_hol_by_id_1d83c8_idx"),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(fields=("agency", "rule"), name="one_period_of_a_rule"),
        ),
    ]
