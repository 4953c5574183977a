"""When a court's information came, from which the clocks of the Victims' Code count."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("justice", "0002_contact_tier")]

    operations = [
        migrations.AddField(model_name="crimestep", name="received_on", field=models.DateField(null=True)),
    ]
