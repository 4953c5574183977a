"""A goodbye is said as what it is; that the way in is closed is another's act, and told apart."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('helpline', '0003_looks'),
    ]

    operations = [
        migrations.AlterField(
            model_name='readystep',
            name='step',
            field=models.CharField(choices=[('checks', 'Background check seen'), ('references', 'Two references taken up'), ('training', 'Training finished, stalking and safe contact in it'), ('listened', 'Listened in on calls'), ('supervision', 'Supervision'), ('goodbye', 'Goodbye')], max_length=11),
        ),
    ]
