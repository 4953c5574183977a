"""What ended longest ago is found without looking at every contact of an agency."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('helpline', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['agency', 'ended_at', 'circle'], name='contacts_by_their_end'),
        ),
    ]
