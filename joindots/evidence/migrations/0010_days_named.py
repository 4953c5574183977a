"""The days that the words of an entry name one by one, each possible."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0009_pictures_and_sendings'),
    ]

    operations = [
        migrations.AddField(
            model_name='incidentversion',
            name='days',
            field=models.JSONField(default=list),
        ),
    ]
