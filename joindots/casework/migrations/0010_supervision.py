"""A supervision of a member of staff: its day for leads, its notes for the two who spoke."""

import django.db.models.deletion
import joindots.kernel.ids
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_partner_tokens'),
        ('casework', '0009_put_off'),
    ]

    operations = [
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('on', models.DateField()),
                ('next_on', models.DateField()),
                ('notes', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('whose', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
            options={
                'indexes': [models.Index(fields=['whose', 'on'], name='supervisions_of_somebody')],
            },
        ),
    ]
