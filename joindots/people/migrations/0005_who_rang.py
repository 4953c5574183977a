"""A check of a caller says whether somebody rang in, or we rang by the safe way."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_reaching'),
    ]

    operations = [
        migrations.AddField(model_name='callercheck', name='rang', field=models.BooleanField(default=False)),
    ]
