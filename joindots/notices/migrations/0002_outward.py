"""What goes to somebody else about the person goes by the same gate; who posted it or rang is kept."""

import django.db.models.deletion
from django.db import migrations, models

import joindots.vault.fields
from joindots.notices.rules.notices import KIND_WORDS


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_partner_tokens'),
        ('notices', '0001_notices'),
    ]

    operations = [
        migrations.AddField(model_name='notice', name='outward', field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name='notice', name='to',
            field=joindots.vault.fields.SealedField(default=b'', tier='contact'),
        ),
        migrations.AddField(model_name='notice', name='until', field=models.DateField(null=True)),
        migrations.AddField(
            model_name='notice', name='done_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership'),
        ),
        migrations.AlterField(
            model_name='notice', name='kind',
            field=models.CharField(choices=[(one, says) for one, says in KIND_WORDS.items()], max_length=9),
        ),
    ]
