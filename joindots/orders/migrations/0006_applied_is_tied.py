"""Applied, as an answer to an ask, is tied to the force's own order."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0005_exhibits_enclosed"),
    ]

    operations = [
        migrations.AddField(
            model_name="askin",
            name="applied_order",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="orders.order"
            ),
        ),
    ]
