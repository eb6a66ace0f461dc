import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('employers', '0006_walls_of_head_counts'),
        ('members', '0016_found_by_sound_and_birth'),
        ('orgs', '0006_in_preparation_without_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cadre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('name', models.CharField(blank=True, default='', max_length=64, verbose_name='姓名')),
                ('account', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cadre', to='members.person')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cadres', to='orgs.union')),
            ],
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('since', models.DateField(verbose_name='从哪天起')),
                ('until', models.DateField(null=True, verbose_name='到哪天止')),
                ('cadre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='cadres.cadre')),
                ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='employers.employer')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.union')),
            ],
        ),
        migrations.CreateModel(
            name='ElectedKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('kind', models.CharField(max_length=16, verbose_name='任职方式')),
                ('cadre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.cadre')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.union')),
            ],
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('post', models.CharField(max_length=16, verbose_name='职务')),
                ('kind', models.CharField(max_length=16, verbose_name='任职方式')),
                ('since', models.DateField(verbose_name='从哪天起')),
                ('until', models.DateField(null=True, verbose_name='到哪天止')),
                ('document_number', models.CharField(blank=True, default='', max_length=64, verbose_name='任免文号')),
                ('ended_because', models.CharField(blank=True, default='', max_length=128, verbose_name='为什么结束')),
                ('cadre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='cadres.cadre')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.union')),
            ],
        ),
        migrations.AddConstraint(
            model_name='cadre',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account', None), ('name', ''), ('person__isnull', False)), models.Q(('account__isnull', False), ('name', ''), ('person', None)), models.Q(('account', None), ('person', None), models.Q(('name', ''), _negated=True)), _connector='OR'), name='cadre_named_once'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('until', None)), fields=['union'], name='contact_of_union_now'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('cadre', '='), ('union', '='), (django.db.models.functions.comparison.Coalesce('employer', 0), '='), (models.Func('since', 'until', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='contact_once_at_a_time', violation_error_message='这个人这段日子已经在联系这里了。'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='contact_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='electedkind',
            constraint=models.UniqueConstraint(fields=('cadre', 'union'), name='elected_kind_once'),
        ),
        migrations.AddConstraint(
            model_name='electedkind',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['full_time', 'part_time', 'seconded', 'hired'])), name='elected_kind_known'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(condition=models.Q(('until', None)), fields=['union'], name='posting_of_union_now'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('cadre', '='), ('union', '='), ('post', '='), (models.Func('since', 'until', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='posting_once_at_a_time', violation_error_message='这个人这段日子已经在这个工会任这个职务了。'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('post__in', ['chair', 'vice_chair', 'organiser', 'member', 'standing', 'audit', 'women', 'supervisor', 'mediator', 'treasurer', 'staff', 'social_worker'])), name='posting_post_known'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['full_time', 'part_time', 'seconded', 'hired'])), name='posting_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='posting_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), models.Q(('ended_because', ''), _negated=True), _connector='OR'), name='posting_ends_for_a_reason'),
        ),
    ]
