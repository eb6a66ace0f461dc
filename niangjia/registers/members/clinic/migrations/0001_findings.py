"""Findings of the clinic."""

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
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('check_name', models.CharField(max_length=48, verbose_name='哪一项')),
                ('facts', models.CharField(max_length=32)),
                ('state', models.CharField(default='open', max_length=8, verbose_name='进展')),
                ('found_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now, verbose_name='发现时间')),
                ('until', models.DateField(null=True, verbose_name='放到哪天')),
                ('reason', models.CharField(blank=True, default='', max_length=200, verbose_name='理由')),
                ('said_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('mended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='members.person')),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.union')),
            ],
            options={
                'indexes': [models.Index(fields=['union', 'state'], name='finding_of_union'), models.Index(condition=models.Q(('mended_at__isnull', False)), fields=['mended_at'], name='finding_mended')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'mended'), _negated=True), fields=('person', 'check_name'), name='finding_open_once'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'snoozed', 'right', 'mended'])), name='finding_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'snoozed'), _negated=True), ('until__isnull', False), _connector='OR'), name='finding_rests_until'), models.CheckConstraint(condition=models.Q(models.Q(('mended_at__isnull', False), ('state', 'mended')), models.Q(models.Q(('state', 'mended'), _negated=True), ('mended_at', None)), _connector='OR'), name='finding_mended_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['snoozed', 'right']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='finding_quiet_with_a_reason', violation_error_message='写一句为什么，接手的人看得懂。')],
            },
        ),
    ]
