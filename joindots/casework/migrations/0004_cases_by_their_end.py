"""What was closed longest ago is found without looking at every case."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_referrals_go_by_the_gate'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'closed')), fields=['closed_at', 'circle'], name='cases_by_their_end'),
        ),
    ]
