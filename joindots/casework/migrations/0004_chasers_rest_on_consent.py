"""What was asked of an agency on consent names that consent, and the letter by which it was asked."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_contact_tier"),
    ]

    operations = [
        migrations.AddField(
            model_name="chaser",
            name="consent",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="casework.consent"
            ),
        ),
        migrations.AddField(
            model_name="chaser",
            name="letter",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="pressing", to="casework.letter"
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("employer", "Employer"),
                    ("landlord", "Landlord or housing"),
                    ("school", "School or nursery"),
                    ("gp", "GP"),
                    ("bank", "Bank"),
                    ("police", "Police"),
                    ("cps", "Crown Prosecution Service"),
                    ("court", "Court"),
                ],
                max_length=10,
            ),
        ),
    ]
