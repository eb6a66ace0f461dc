import django.db.models.deletion
import niangjia.kernel.clock.reading
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0006_in_preparation_without_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('have', models.CharField(max_length=8)),
                ('is_there', models.BooleanField()),
                ('words', models.CharField(blank=True, default='', max_length=128)),
                ('on', models.DateField()),
                ('stated_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('author', models.CharField(max_length=160)),
                ('is_latest', models.BooleanField(default=True)),
                ('stated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.union')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_latest', True)), fields=('union', 'have'), name='statement_one_counts'), models.CheckConstraint(condition=models.Q(('have__in', ['money', 'room', 'rules'])), name='statement_have_known'), models.CheckConstraint(condition=models.Q(('is_there', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='statement_says_how')],
            },
        ),
    ]
