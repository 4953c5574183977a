"""Accounts that write in files are met by a search across cases; those of files read before, once they are read anew."""

import django.db.models.deletion
import joindots.kernel.ids
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0002_twopersonact_agency_twopersonact_content_and_more'),
        ('evidence', '0014_hours_of_days'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountSeen',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('value', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('index', models.BinaryField()),
                ('generation', models.PositiveSmallIntegerField(default=1)),
                ('circle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='evidence.reading')),
            ],
            options={
                'indexes': [models.Index(fields=['circle', 'index'], name='accounts_seen_in_a_circle')],
            },
        ),
    ]
