"""A referral that a partner's system sent bears its mark, so that it is taken in once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_partner_tokens'),
        ('casework', '0006_letters'),
        ('circles', '0002_twopersonact_agency_twopersonact_content_and_more'),
    ]

    operations = [
        migrations.AddField(
            model_name='referralin',
            name='mark',
            field=models.CharField(blank=True, default='', max_length=32),
        ),
        migrations.AddConstraint(
            model_name='referralin',
            constraint=models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('source', 'mark'), name='sent_in_once_by_a_system'),
        ),
    ]
