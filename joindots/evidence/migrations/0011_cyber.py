"""Captures of pages and profiles, and notes of looks at devices and things."""

import django.db.models.deletion
import joindots.kernel.ids
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_held_posts'),
        ('circles', '0002_twopersonact_agency_twopersonact_content_and_more'),
        ('evidence', '0010_days_named'),
    ]

    operations = [
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('earliest', models.DateTimeField(blank=True, null=True)),
                ('latest', models.DateTimeField(blank=True, null=True)),
                ('precision', models.CharField(default='unknown', max_length=12)),
                ('zone_basis', models.CharField(default='none', max_length=16)),
                ('time_flags', models.CharField(blank=True, default='', max_length=80)),
                ('shows', models.CharField(choices=[('page', 'a page'), ('profile', 'a profile or account'), ('post', 'a post or comment'), ('chat', 'a chat or message'), ('search', 'results of a search'), ('list', 'a list of devices or sign-ins'), ('other', 'something else')], max_length=8)),
                ('who', models.CharField(choices=[('client', 'the person being stalked'), ('writer', 'me'), ('other', 'somebody else')], max_length=8)),
                ('at', models.DateTimeField()),
                ('address', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('account', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('given', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('why', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='captures', to='circles.circle')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='captures', to='evidence.sourcefile')),
            ],
            options={
                'indexes': [models.Index(fields=['circle', 'at'], name='captures_by_time')],
            },
        ),
        migrations.CreateModel(
            name='DeviceNote',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('check_code', models.CharField(max_length=40)),
                ('outcome', models.CharField(choices=[('found', 'something was found'), ('nothing', 'nothing was found'), ('unsure', 'not sure')], max_length=8)),
                ('state', models.CharField(blank=True, choices=[('left', 'left as it is'), ('removed', 'removed'), ('changed', 'changed or turned off'), ('handed_over', 'handed to the police')], default='', max_length=12)),
                ('advised', models.CharField(blank=True, choices=[('police', 'the police'), ('advocate', 'an advocate'), ('specialist', 'a specialist in devices'), ('other', 'somebody else'), ('nobody', 'nobody')], default='', max_length=12)),
                ('warned', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('thing', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('place', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('serial', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('advice', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='device_notes', to='circles.circle')),
                ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='device_notes', to='evidence.incident')),
            ],
            options={
                'indexes': [models.Index(fields=['circle', 'check_code'], name='notes_of_a_check')],
                'constraints': [models.UniqueConstraint(fields=('incident', 'number'), name='one_note_of_a_number')],
            },
        ),
    ]
