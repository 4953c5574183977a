"""A letter keeps its answer, and waits for one until its day."""

import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('casework', '0001_initial'),
        ('circles', '0001_initial'),
        ('notices', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='answer',
            field=joindots.vault.fields.SealedField(default=b'', tier='contact'),
        ),
        migrations.AddField(
            model_name='letter',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='letter',
            name='chased',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('answered_at', None), ('reply_on__isnull', False)), fields=['reply_on'], name='letters_not_answered'),
        ),
    ]
