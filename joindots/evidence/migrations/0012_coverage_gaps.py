"""Times of which there is no record, as somebody told it."""

import django.db.models.deletion
import joindots.kernel.ids
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_held_posts'),
        ('circles', '0002_twopersonact_agency_twopersonact_content_and_more'),
        ('evidence', '0011_cyber'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoverageGap',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('why', models.CharField(choices=[('phone_gone', 'the phone was broken, lost or taken'), ('not_kept', 'nobody kept a log'), ('shut_out', 'the number or account was blocked or closed'), ('not_brought', 'what there is has not been brought in'), ('deleted', 'what there was has been deleted'), ('other', 'for another reason')], max_length=12)),
                ('told_by', models.CharField(choices=[('client', 'the person being stalked'), ('writer', 'the writer saw it'), ('other', 'somebody else')], max_length=8)),
                ('words', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coverage_gaps', to='circles.circle')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='a_gap_ends_no_earlier'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='gap_withdrawn_by_somebody')],
            },
        ),
    ]
