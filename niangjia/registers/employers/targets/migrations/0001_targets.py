"""Employers without a union as work: targets, visits, leads, names that a person decided about."""

import django.db.models.deletion
import niangjia.kernel.clock.reading
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('employers', '0005_parks_and_head_counts'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('due_on', models.DateField(verbose_name='期限')),
                ('handed_on', models.DateField()),
                ('outcome', models.CharField(blank=True, default='', max_length=16, verbose_name='结果')),
                ('reason', models.CharField(blank=True, default='', max_length=200, verbose_name='理由')),
                ('again_on', models.DateField(null=True, verbose_name='哪天再去')),
                ('ended_on', models.DateField(null=True)),
                ('cadre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='交给谁')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='employers.employer')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('on', models.DateField(verbose_name='哪天去的')),
                ('met', models.CharField(max_length=64, verbose_name='见了谁')),
                ('said', models.CharField(max_length=1000, verbose_name='谈了什么')),
                ('next_on', models.DateField(null=True, verbose_name='下次哪天去')),
                ('noted_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='targets.target')),
                ('visited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='WrittenName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('name_key', models.CharField(max_length=128)),
                ('name', models.CharField(max_length=128)),
                ('decided_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='written_names', to='employers.employer')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('name', models.CharField(blank=True, max_length=128, verbose_name='写的单位名称')),
                ('name_key', models.CharField(blank=True, max_length=128)),
                ('members', models.IntegerField(verbose_name='会员人数')),
                ('found_on', models.DateField()),
                ('employer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='lead', to='employers.employer')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('employer', None)), fields=('city', 'name_key'), name='lead_once_a_name'), models.CheckConstraint(condition=models.Q(('employer__isnull', False), models.Q(('name_key', ''), _negated=True), _connector='OR'), name='lead_names_somebody'), models.CheckConstraint(condition=models.Q(('members__gt', 0)), name='lead_has_members')],
            },
        ),
        migrations.AddIndex(
            model_name='target',
            index=models.Index(condition=models.Q(('ended_on', None)), fields=['cadre', 'due_on'], name='target_of_cadre'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('employer',), name='target_open_once', violation_error_message='这家单位已经交给人了。'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('outcome', '')), models.Q(('ended_on__isnull', False), ('outcome__in', ['founded', 'joined', 'refused', 'closed', 'withdrawn'])), _connector='OR'), name='target_ended_whole'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('again_on__isnull', False)), _connector='OR'), name='target_refused_with_a_reason', violation_error_message='暂时不同意的，写明理由和再去的日子。'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('handed_on'))), name='target_due_after_it_is_handed'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['target', 'on'], name='visit_of_target'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('met', ''), _negated=True), models.Q(('said', ''), _negated=True)), name='visit_says_something'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('next_on', None), ('next_on__gt', models.F('on')), _connector='OR'), name='visit_next_is_later'),
        ),
        migrations.AddConstraint(
            model_name='writtenname',
            constraint=models.UniqueConstraint(fields=('city', 'name_key'), name='written_name_decided_once'),
        ),
    ]
