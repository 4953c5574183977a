import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0005_support'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='consent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='casework.consent'),
        ),
        migrations.AlterField(
            model_name='consent',
            name='item',
            field=models.CharField(choices=[('contact', 'that we get in touch'), ('hold', 'that we keep a record'), ('refer', 'that we refer to this agency'), ('share', 'that this agency may read the case'), ('meeting', 'that it is talked about at a meeting with this agency'), ('letter', 'that we write to them, in the words shown'), ('feedback', 'that we ask how it was'), ('research', 'that it is counted in research, without a name')], max_length=8),
        ),
    ]
