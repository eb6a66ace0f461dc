"""Parks of employers, head-counts by month, whose name is on the licence, which list brought an employer."""

import django.db.models.deletion
import niangjia.kernel.clock.reading
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0004_sounds'),
        ('intake', '0004_faults_in_background'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Park',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('name', models.CharField(max_length=64, verbose_name='园区名称')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parks', to='places.place', verbose_name='属地工会')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('city', 'name'), name='park_once_in_a_city', violation_error_message='已经有这个园区了。'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='park_has_a_name'),
                ],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='employer',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='employer',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='employer',
            name='intake',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.import'),
        ),
        migrations.AddField(
            model_name='employer',
            name='legal_representative',
            field=models.CharField(blank=True, db_default='', default='', max_length=64, verbose_name='法定代表人'),
        ),
        migrations.AddField(
            model_name='employerevent',
            name='intake',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='intake.import'),
        ),
        migrations.AddField(
            model_name='employerevent',
            name='legal_representative',
            field=models.CharField(blank=True, db_default='', default='', max_length=64, verbose_name='法定代表人'),
        ),
        migrations.AddField(
            model_name='employer',
            name='park',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='employers', to='employers.park', verbose_name='园区'),
        ),
        migrations.AddField(
            model_name='employerevent',
            name='park',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='employers.park', verbose_name='园区'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='employer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "employers_employerevent" ("address", "city", "closed_on", "employees", "id", "intake_id", "legal_representative", "name", "opened_on", "ownership_code", "ownership_list", "park_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "region_code", "revision", "trade_code", "uscc", "women_employees") VALUES (NEW."address", NEW."city", NEW."closed_on", NEW."employees", NEW."id", NEW."intake_id", NEW."legal_representative", NEW."name", NEW."opened_on", NEW."ownership_code", NEW."ownership_list", NEW."park_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."region_code", NEW."revision", NEW."trade_code", NEW."uscc", NEW."women_employees"); RETURN NULL;', hash='07ef7b889a2b9eff8ed8f82cd4b6b43203ea602d', operation='UPDATE', pgid='pgtrigger_update_update_b6c1a', table='employers_employer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='employer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "employers_employerevent" ("address", "city", "closed_on", "employees", "id", "intake_id", "legal_representative", "name", "opened_on", "ownership_code", "ownership_list", "park_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "region_code", "revision", "trade_code", "uscc", "women_employees") VALUES (OLD."address", OLD."city", OLD."closed_on", OLD."employees", OLD."id", OLD."intake_id", OLD."legal_representative", OLD."name", OLD."opened_on", OLD."ownership_code", OLD."ownership_list", OLD."park_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."region_code", OLD."revision", OLD."trade_code", OLD."uscc", OLD."women_employees"); RETURN NULL;', hash='5034e131f178fbd4e3e5179d57f9c145c044791e', operation='DELETE', pgid='pgtrigger_delete_delete_44e51', table='employers_employer', when='AFTER')),
        ),
        migrations.CreateModel(
            name='HeadCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('month', models.DateField(verbose_name='哪个月')),
                ('source', models.CharField(max_length=16, verbose_name='来源')),
                ('employees', models.IntegerField(verbose_name='职工人数')),
                ('women_employees', models.IntegerField(null=True, verbose_name='女职工人数')),
                ('noted_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='head_counts', to='employers.employer')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('employer', 'month', 'source'), name='head_count_once_a_month'),
                    models.CheckConstraint(condition=models.Q(('source__in', ['declared', 'counted', 'registry'])), name='head_count_source_known'),
                    models.CheckConstraint(condition=models.Q(('month__day', 1)), name='head_count_of_a_whole_month'),
                    models.CheckConstraint(condition=models.Q(('employees__gte', 0), models.Q(('women_employees', None), models.Q(('women_employees__gte', 0), ('women_employees__lte', models.F('employees'))), _connector='OR')), name='head_count_within_bounds', violation_error_message='女职工人数不能多于职工人数。'),
                ],
            },
        ),
    ]
