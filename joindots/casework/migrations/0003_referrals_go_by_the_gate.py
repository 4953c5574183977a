"""A referral to a service outside has the notice that carries it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_letters_are_answered'),
        ('notices', '0002_a_notice_names_its_basis'),
    ]

    operations = [
        migrations.AddField(
            model_name='referral',
            name='notice',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notices.notice'),
        ),
    ]
