"""What a force told anew of a report stays as its versions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_chasers_rest_on_consent"),
    ]

    operations = [
        migrations.AddField(
            model_name="policereport",
            name="told",
            field=models.JSONField(default=list),
        ),
    ]
