"""Requests for lists (导出申请)."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import niangjia.kernel.clock.reading
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ExportRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('scope', models.JSONField(default=list)),
                ('author', models.TextField()),
                ('source', models.CharField(max_length=48)),
                ('template', models.CharField(blank=True, max_length=48)),
                ('file_format', models.CharField(max_length=4)),
                ('asked_sealed', models.BinaryField(null=True)),
                ('in_clear', models.JSONField(default=list)),
                ('purpose', models.CharField(max_length=32)),
                ('needs_two', models.BooleanField()),
                ('rows_asked', models.IntegerField()),
                ('rows_done', models.IntegerField(default=0)),
                ('state', models.CharField(max_length=9)),
                ('asked_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_sealed', models.BinaryField(null=True)),
                ('refusal', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('downloads', models.IntegerField(default=0)),
                ('most_downloads', models.IntegerField(default=3)),
                ('stored_as', models.CharField(blank=True, max_length=64)),
                ('file_bytes', models.BigIntegerField(default=0)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-id'], name='export_of_account'), models.Index(fields=['state', 'id'], name='export_in_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by', None), ('account', None), models.Q(('decided_by', models.F('account')), _negated=True), _connector='OR'), name='export_never_own_approval', violation_error_message='自己申请的导出，不能自己批准。'), models.CheckConstraint(condition=models.Q(('needs_two', True), models.Q(('in_clear', []), ('rows_asked__lte', 1000)), _connector='OR'), name='export_two_people_where_due', violation_error_message='行数多的、写全敏感内容的导出，要两个人同意。'), models.CheckConstraint(condition=models.Q(('needs_two', False), models.Q(('state__in', ['approved', 'making', 'ready']), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='export_agreed_by_somebody', violation_error_message='还没有人批准，不能做成文件。'), models.CheckConstraint(condition=models.Q(('stored_as', ''), models.Q(('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=1)))), ('made_at__isnull', False)), _connector='OR'), name='export_lives_a_day', violation_error_message='导出的文件最多留一天。'), models.CheckConstraint(condition=models.Q(('downloads__gte', 0), ('downloads__lte', models.F('most_downloads'))), name='export_downloads_counted'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'approved', 'making', 'ready', 'refused', 'withdrawn', 'expired', 'void'])), name='export_state_known'), models.CheckConstraint(condition=models.Q(('file_format__in', ['xlsx', 'csv'])), name='export_format_known'), models.CheckConstraint(condition=models.Q(('purpose__in', ['check_register', 'report_up', 'handle_membership', 'handle_help', 'check_payment', 'contact_member', 'arrange_activity', 'hold_meeting'])), name='export_purpose_known')],
            },
        ),
    ]
