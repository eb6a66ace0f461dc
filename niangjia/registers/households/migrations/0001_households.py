"""Households: who lives together, kin, schools."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import niangjia.kernel.clock.reading
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('region_code', models.CharField(max_length=6, verbose_name='住在哪个县区')),
                ('address_sealed', models.BinaryField(verbose_name='住址')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('written_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('head', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Kin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('name', models.CharField(max_length=64, verbose_name='姓名')),
                ('birth_on', models.DateField(verbose_name='出生日期')),
                ('id_sealed', models.BinaryField(null=True, verbose_name='身份证号')),
                ('id_blind', models.BinaryField(max_length=16, null=True)),
                ('told_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Belonging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('key_blind', models.BinaryField(max_length=16, null=True)),
                ('relation', models.CharField(max_length=16, verbose_name='关系')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('head', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.subject')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.subject')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='belongings', to='households.household')),
                ('kin', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='belongings', to='households.kin')),
            ],
        ),
        migrations.CreateModel(
            name='Schooling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('school', models.CharField(max_length=64, verbose_name='学校')),
                ('region_code', models.CharField(blank=True, max_length=6, verbose_name='学校在哪个县区')),
                ('stage', models.CharField(max_length=16, verbose_name='在校类别')),
                ('grade', models.CharField(blank=True, max_length=32, verbose_name='年级')),
                ('is_private', models.BooleanField(default=False, verbose_name='民办学校')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('belonging', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='schoolings', to='households.belonging')),
                ('head', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.subject')),
            ],
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('head', '='), ('period', '&&')], name='household_one_at_a_time', violation_error_message='您已经登记过家庭了，在那里改就行。'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(('region_code__regex', '^\\d{6}$')), name='household_region_form'),
        ),
        migrations.AddIndex(
            model_name='kin',
            index=models.Index(condition=models.Q(('id_blind__isnull', False)), fields=['id_blind'], name='kin_number'),
        ),
        migrations.AddConstraint(
            model_name='kin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('id_blind', None), ('id_sealed', None)), models.Q(('id_blind__isnull', False), ('id_sealed__isnull', False)), _connector='OR'), name='kin_number_whole'),
        ),
        migrations.AddConstraint(
            model_name='kin',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='kin_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='belonging',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('member__isnull', False)), expressions=[('member', '='), ('period', '&&')], name='belonging_member_in_one', violation_error_message='一个人同一时间只在一个家庭里。'),
        ),
        migrations.AddConstraint(
            model_name='belonging',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('key_blind__isnull', False)), expressions=[('key_blind', '='), ('period', '&&')], name='belonging_kin_in_one', violation_error_message='一个人同一时间只在一个家庭里。'),
        ),
        migrations.AddConstraint(
            model_name='belonging',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('relation', 'spouse')), expressions=[('household', '='), ('period', '&&')], name='belonging_one_spouse', violation_error_message='已经写过配偶了。'),
        ),
        migrations.AddConstraint(
            model_name='belonging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kin', None), ('member__isnull', False)), models.Q(('kin__isnull', False), ('member', None)), _connector='OR'), name='belonging_of_one'),
        ),
        migrations.AddConstraint(
            model_name='belonging',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['applicant', 'spouse', 'child', 'parent', 'other'])), name='belonging_relation_known'),
        ),
        migrations.AddConstraint(
            model_name='schooling',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('belonging', '='), ('period', '&&')], name='schooling_one_at_a_time', violation_error_message='这段时间已经写过一所学校了。先改那一所的日子。'),
        ),
        migrations.AddConstraint(
            model_name='schooling',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['kindergarten', 'primary', 'junior', 'senior', 'vocational', 'university'])), name='schooling_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='schooling',
            constraint=models.CheckConstraint(condition=models.Q(('school', ''), _negated=True), name='schooling_has_a_school'),
        ),
    ]
