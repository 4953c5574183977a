"""Who did what an entry tells, as told: never assumed."""

import django.db.models.deletion
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0006_links'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='incidentversion',
            name='doer',
            field=models.CharField(blank=True, choices=[('reported', 'the person reported'), ('sent', 'somebody sent by {name}'), ('unknown', 'not known who'), ('other', 'somebody else')], default='', max_length=8),
        ),
        migrations.AddField(
            model_name='incidentversion',
            name='doer_person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='incidentversion',
            name='doer_words',
            field=joindots.vault.fields.SealedField(default=b'', tier='narrative'),
        ),
    ]
