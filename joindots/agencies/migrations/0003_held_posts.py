"""Forms that were sent when their session had ended, held for a day; and forms sent in the last minute."""

import django.db.models.deletion
import joindots.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_enrolment'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormSent',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_index=True)),
                ('answer', models.CharField(blank=True, default='', max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='HeldPost',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('path', models.CharField(max_length=300)),
                ('at', models.DateTimeField(db_index=True)),
                ('number', models.PositiveIntegerField(default=0)),
                ('fields', models.BinaryField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'path'), name='one_held_of_a_page')],
            },
        ),
    ]
