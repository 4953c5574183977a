"""Half-written entries of the log, one of a person in a circle."""

import django.db.models.deletion
import joindots.kernel.ids
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_enrolment'),
        ('circles', '0002_twopersonact_agency_twopersonact_content_and_more'),
        ('evidence', '0004_log_entries'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryDraft',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('sheet', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.membership')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('circle', 'by'), name='one_draft_of_a_person_in_a_circle')],
            },
        ),
    ]
