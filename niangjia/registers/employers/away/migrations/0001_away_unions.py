"""Unions of workers away from home."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0003_sounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='AwayUnion',
            fields=[
                ('union', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='away', serialize=False, to='orgs.union')),
                ('city', models.CharField(max_length=6)),
                ('host_region', models.CharField(max_length=6, verbose_name='输入地行政区划代码')),
                ('host_place', models.CharField(max_length=64, verbose_name='输入地')),
                ('host_union', models.CharField(blank=True, max_length=128, verbose_name='输入地工会')),
                ('agreement_no', models.CharField(blank=True, max_length=64, verbose_name='协议编号')),
                ('agreed_on', models.DateField(null=True, verbose_name='签订日期')),
                ('agreed_to', models.DateField(null=True, verbose_name='到期日期')),
                ('tasks', models.CharField(blank=True, max_length=500, verbose_name='约定的事')),
                ('since_on', models.DateField(verbose_name='从哪天起')),
                ('until_on', models.DateField(null=True, verbose_name='到哪天止')),
                ('revision', models.IntegerField(default=1)),
                ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='away_unions', to='orgs.union', verbose_name='输出地工会')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('host_place', ''), _negated=True), name='away_union_has_a_host_place'), models.CheckConstraint(condition=models.Q(('agreed_to', None), models.Q(('agreed_on__isnull', False), ('agreed_to__gte', models.F('agreed_on'))), _connector='OR'), name='away_agreement_ends_after_it_begins', violation_error_message='协议的到期日期不能早于签订日期。'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('since_on')), _connector='OR'), name='away_union_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('home', models.F('union')), _negated=True), name='away_union_is_not_its_own_home')],
            },
        ),
    ]
