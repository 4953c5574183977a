"""Links between entries of the log, records and files, and what stands at their ends."""

import django.db.models.deletion
import joindots.kernel.ids
import joindots.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_enrolment'),
        ('circles', '0002_twopersonact_agency_twopersonact_content_and_more'),
        ('evidence', '0005_entry_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=joindots.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('shows', 'shows what an entry tells'), ('same_act', 'tell of the same act')], max_length=10)),
                ('at', models.DateTimeField()),
                ('why', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', joindots.vault.fields.SealedField(default=b'', tier='narrative')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='circles.circle')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.membership')),
            ],
        ),
        migrations.CreateModel(
            name='LinkEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField(null=True)),
                ('mark', models.CharField(blank=True, default='', max_length=32)),
                ('exhibit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='link_ends', to='evidence.exhibit')),
                ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='link_ends', to='evidence.incident')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ends', to='evidence.link')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='link_ends', to='evidence.sourcefile')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['circle', 'kind'], name='links_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='undone_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='linkend',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mark', ''), ('seq', None)), models.Q(('exhibit', None), ('seq__isnull', False), models.Q(('mark', ''), _negated=True)), _connector='OR'), name='a_record_has_its_mark'),
        ),
    ]
