"""What of a file is taken in, and readings that wait for a person to say so."""

import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0007_who_did_it'),
    ]

    operations = [
        migrations.AddField(
            model_name='reading',
            name='choice',
            field=joindots.vault.fields.SealedField(default=b'', tier='narrative'),
        ),
        migrations.AlterField(
            model_name='reading',
            name='state',
            field=models.CharField(choices=[('arriving', 'Arriving'), ('choosing', 'Choosing'), ('held', 'Held'), ('past', 'Past')], default='arriving', max_length=8),
        ),
        migrations.AlterField(
            model_name='sourcefile',
            name='state',
            field=models.CharField(choices=[('arrived', 'waiting to be read'), ('choosing', 'waiting for a choice'), ('held', 'read'), ('unreadable', 'kept as it is'), ('leaving', 'being removed')], default='arrived', max_length=10),
        ),
    ]
