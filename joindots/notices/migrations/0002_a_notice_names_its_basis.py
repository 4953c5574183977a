"""What goes to somebody else names on what basis it may."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='basis',
            field=models.CharField(default='consent', max_length=40),
        ),
    ]
