"""Entries of the log, each with its versions."""

import django.db.models.deletion
import joindots.kernel.ids
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_enrolment'),
        ('circles', '0002_twopersonact_agency_twopersonact_content_and_more'),
        ('evidence', '0003_leaving'),
    ]

    operations = [
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('reference', models.CharField(default=joindots.kernel.ids.new_reference, max_length=9, unique=True)),
                ('state', models.CharField(choices=[('stands', 'stands'), ('withdrawn', 'withdrawn')], default='stands', max_length=9)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='incidents', to='circles.circle')),
            ],
        ),
        migrations.CreateModel(
            name='IncidentVersion',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('earliest', models.DateTimeField(blank=True, null=True)),
                ('latest', models.DateTimeField(blank=True, null=True)),
                ('precision', models.CharField(default='unknown', max_length=12)),
                ('zone_basis', models.CharField(default='none', max_length=16)),
                ('time_flags', models.CharField(blank=True, default='', max_length=80)),
                ('number', models.PositiveSmallIntegerField()),
                ('step', models.CharField(choices=[('written', 'written'), ('corrected', 'corrected'), ('withdrawn', 'withdrawn'), ('brought_back', 'brought back')], max_length=12)),
                ('at', models.DateTimeField()),
                ('kinds', models.JSONField(default=list)),
                ('behaviours', models.JSONField(default=list)),
                ('reported', models.JSONField(default=list)),
                ('told_by', models.CharField(choices=[('client', 'the person being stalked'), ('writer', 'the writer saw it'), ('other', 'somebody else')], max_length=8)),
                ('times', models.PositiveSmallIntegerField(default=1)),
                ('times_about', models.BooleanField(default=False)),
                ('given', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('where', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('words', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('effect', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('saw', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('reference', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('why', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='evidence.incident')),
            ],
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['circle', 'made_at'], name='evidence_in_circle__689b3b_idx'),
        ),
        migrations.AddConstraint(
            model_name='incidentversion',
            constraint=models.UniqueConstraint(fields=('incident', 'number'), name='one_version_of_a_number'),
        ),
    ]
