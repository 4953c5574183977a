"""Who else is affected may be a colleague as well as family or a friend."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_who_rang'),
    ]

    operations = [
        migrations.AlterField(
            model_name='presence',
            name='stands_as',
            field=models.CharField(choices=[('victim', 'person being stalked'), ('suspect', 'person reported'), ('secondary', 'family, friend or colleague also affected'), ('witness', 'witness'), ('child', 'child')], max_length=10),
        ),
    ]
