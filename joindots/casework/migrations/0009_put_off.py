"""Something put off on a worker's desk: what it was, why, and the day on which it comes back."""

import django.db.models.deletion
import joindots.kernel.ids
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_partner_tokens'),
        ('casework', '0008_letters_leave'),
        ('circles', '0002_twopersonact_agency_twopersonact_content_and_more'),
    ]

    operations = [
        migrations.CreateModel(
            name='PutOff',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=40)),
                ('what', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('why', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('until', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.circle')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['by', 'until'], name='put_off_by_somebody')],
            },
        ),
    ]
