"""Files on their way in, small pictures, and the words that pictures show."""

import django.db.models.deletion
import joindots.kernel.ids
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_held_posts'),
        ('circles', '0002_twopersonact_agency_twopersonact_content_and_more'),
        ('evidence', '0008_choice'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('size', models.BigIntegerField()),
                ('come', models.BigIntegerField(default=0)),
                ('name', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('mark', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('pieces', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.membership')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Thumbnail',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('full_width', models.PositiveIntegerField()),
                ('full_height', models.PositiveIntegerField()),
                ('of_sha256', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('png', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
                ('exhibit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evidence.exhibit')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evidence.sourcefile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source',), name='one_thumbnail_of_a_source'), models.UniqueConstraint(fields=('exhibit',), name='one_thumbnail_of_an_exhibit')],
            },
        ),
        migrations.CreateModel(
            name='Transcript',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('number', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('sheet', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transcripts', to='evidence.sourcefile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'number'), name='one_transcript_of_a_number')],
            },
        ),
    ]
