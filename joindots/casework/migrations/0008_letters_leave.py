"""A letter names what carries it out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_outward'),
        ('casework', '0007_referrals_from_systems'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter', name='notice',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notices.notice'),
        ),
    ]
