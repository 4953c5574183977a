"""One more way for a check of a caller to end: a word that was said while three misses had closed it."""

import joindots.people.rules.callers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='callercheck',
            name='outcome',
            field=models.CharField(choices=[(joindots.people.rules.callers.Outcome['FITS'], 'the code word fits'), (joindots.people.rules.callers.Outcome['DURESS'], 'the word for danger was given'), (joindots.people.rules.callers.Outcome['MISSED'], 'the code word does not fit'), (joindots.people.rules.callers.Outcome['SILENT'], 'nobody spoke'), (joindots.people.rules.callers.Outcome['CLOSED'], 'a word was said while it was closed')], max_length=8),
        ),
    ]
