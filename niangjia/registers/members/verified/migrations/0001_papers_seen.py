"""Papers of members that were seen."""

import django.db.models.deletion
import niangjia.kernel.clock.reading
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0018_kinds_of_coming'),
        ('orgs', '0006_in_preparation_without_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('paper', models.CharField(max_length=24, verbose_name='看的是什么')),
                ('occasion', models.CharField(max_length=16, verbose_name='为什么看')),
                ('seen_on', models.DateField(verbose_name='哪天看的')),
                ('written_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers_seen', to='members.person')),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.union')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('withdrawn_at', None)), fields=['person'], name='paper_seen_good')],
                'constraints': [models.CheckConstraint(condition=models.Q(('paper__in', ['registered', 'household_book', 'residence_permit'])), name='paper_seen_known'), models.CheckConstraint(condition=models.Q(('occasion__in', ['registering', 'handling', 'correcting'])), name='paper_seen_occasion_known'), models.CheckConstraint(condition=models.Q(('withdrawn_by', None), ('withdrawn_at__isnull', False), _connector='OR'), name='paper_seen_withdrawn_whole')],
            },
        ),
    ]
