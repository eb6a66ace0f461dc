"""Cases, where they lie, what happened to them, who decided, which times run."""

import django.db.models.deletion
import niangjia.kernel.clock.reading
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('kind', models.CharField(max_length=32)),
                ('version', models.IntegerField()),
                ('number', models.CharField(max_length=16)),
                ('stage', models.CharField(max_length=32)),
                ('round', models.IntegerField(default=0)),
                ('revision', models.IntegerField(default=0)),
                ('opened_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('moved_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('handler', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('joined_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='cases.case')),
                ('maker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Barred',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('reason', models.CharField(max_length=32)),
                ('at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='barred', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32)),
                ('version', models.IntegerField()),
                ('stage', models.CharField(blank=True, max_length=32)),
                ('move', models.CharField(max_length=32)),
                ('to', models.CharField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'version', 'stage', 'move', 'to'), name='change_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('round', models.IntegerField()),
                ('move', models.CharField(max_length=32)),
                ('author', models.CharField(max_length=160)),
                ('reason', models.CharField(blank=True, max_length=32)),
                ('says_sealed', models.BinaryField(null=True)),
                ('at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='cases.case')),
                ('maker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('kind', models.CharField(choices=[('assign', 'assign'), ('transfer', 'transfer'), ('refer', 'refer'), ('help', 'help')], max_length=8)),
                ('state', models.CharField(choices=[('offered', 'offered'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='offered', max_length=9)),
                ('knows_who', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=32)),
                ('says_sealed', models.BinaryField(null=True)),
                ('offered_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_reason', models.CharField(blank=True, max_length=32)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='cases.case')),
                ('from_place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('offered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('part', models.CharField(choices=[('handles', 'handles'), ('helps', 'helps'), ('watches', 'watches')], max_length=8)),
                ('knows_who', models.BooleanField(default=False)),
                ('since', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('until', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='cases.case')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('part', models.CharField(choices=[('asker', 'asker'), ('concerned', 'concerned')], max_length=9)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='cases.case')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('revision', models.IntegerField()),
                ('opinion', models.CharField(choices=[('good', 'good'), ('fair', 'fair'), ('poor', 'poor')], max_length=4)),
                ('says_sealed', models.BinaryField(null=True)),
                ('at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Running',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('tier', models.CharField(max_length=32)),
                ('unit', models.CharField(max_length=16)),
                ('number', models.IntegerField()),
                ('source', models.CharField(blank=True, max_length=160)),
                ('is_default', models.BooleanField(default=False)),
                ('started_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('is_provisional', models.BooleanField(default=False)),
                ('extended_at', models.DateTimeField(null=True)),
                ('extension', models.IntegerField(default=0)),
                ('extension_reason', models.CharField(blank=True, max_length=32)),
                ('reminded', models.IntegerField(default=0)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='times', to='cases.case')),
                ('extended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('reason', models.CharField(max_length=32)),
                ('since', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('until', models.DateTimeField(null=True)),
                ('running', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='cases.running')),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('revision', models.IntegerField()),
                ('move', models.CharField(max_length=32)),
                ('stage', models.CharField(max_length=32)),
                ('to', models.CharField(max_length=32)),
                ('at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('author', models.CharField(blank=True, max_length=160)),
                ('reason', models.CharField(blank=True, max_length=32)),
                ('says_sealed', models.BinaryField(null=True)),
                ('is_told', models.BooleanField(default=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cases.case')),
            ],
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['place', 'due_at'], name='case_open_at_place'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['handler', 'due_at'], name='case_open_in_hand'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['due_at'], name='case_open_due'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('city', 'number'), name='case_number_once'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('joined_to', models.F('id')), _negated=True), name='case_not_joined_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('due_at', None), _connector='OR'), name='case_closed_is_due_no_more', violation_error_message='办结了的，没有期限。'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_goes_by_its_table', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nIF TG_OP = \'INSERT\' THEN\n  IF NEW.revision <> 0 OR NOT EXISTS (SELECT FROM cases_change c\n      WHERE c.kind = NEW.kind AND c.version = NEW.version AND c.stage = \'\' AND c."to" = NEW.stage) THEN\n    RAISE check_violation USING CONSTRAINT = \'case_begins_where_its_table_begins\',\n      MESSAGE = \'a case begins where its table says\';\n  END IF;\n  RETURN NEW;\nEND IF;\nIF (NEW.city, NEW.kind, NEW.version, NEW.number, NEW.opened_at)\n    IS DISTINCT FROM (OLD.city, OLD.kind, OLD.version, OLD.number, OLD.opened_at) THEN\n  RAISE check_violation USING CONSTRAINT = \'case_keeps_what_it_is\',\n    MESSAGE = \'a case keeps its kind, version, number and beginning\';\nEND IF;\nIF NEW.revision IS DISTINCT FROM OLD.revision OR NEW.stage IS DISTINCT FROM OLD.stage THEN\n  IF NEW.revision <> OLD.revision + 1 THEN\n    RAISE check_violation USING CONSTRAINT = \'case_counts_its_moves\', MESSAGE = \'each change of a case counts one revision\';\n  END IF;\n  IF NEW.stage <> OLD.stage AND NOT EXISTS (SELECT FROM cases_change c\n      WHERE c.kind = NEW.kind AND c.version = NEW.version AND c.stage = OLD.stage AND c."to" = NEW.stage) THEN\n    RAISE check_violation USING CONSTRAINT = \'case_goes_by_its_table\', MESSAGE = \'the table of this kind has no such move\';\n  END IF;\nEND IF;\nRETURN NEW;\n', hash='874b06b89fd4584fea08945af8798c1cccd3d7f0', operation='INSERT OR UPDATE', pgid='pgtrigger_case_goes_by_its_table_8264f', table='cases_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_never_removed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1aafa4e7d5d33b9b2d7d727138487a34cc775ecd', operation='DELETE', pgid='pgtrigger_case_never_removed_a8fdb', table='cases_case', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='barred',
            constraint=models.UniqueConstraint(fields=('case', 'account'), name='barred_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('case', 'round', 'account'), name='decision_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('maker', None), models.Q(('maker', models.F('account')), _negated=True), _connector='OR'), name='decision_by_another', violation_error_message='这是您自己提出的，要由另一位来把关。'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='decision_written_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."round" IS DISTINCT FROM (NEW."round") OR OLD."move" IS DISTINCT FROM (NEW."move") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."maker_id" IS DISTINCT FROM (NEW."maker_id") OR OLD."author" IS DISTINCT FROM (NEW."author") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='07ce696de5a1cb4c8ef416296ceed3d09afdac00', operation='UPDATE', pgid='pgtrigger_decision_written_once_df930', table='cases_decision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='decision_never_removed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a1bbb0a8951bab9020e035ef9b5c3981be25d7c8', operation='DELETE', pgid='pgtrigger_decision_never_removed_4b14b', table='cases_decision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='decision_on_what_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NOT EXISTS (SELECT FROM cases_case k\n    WHERE k.id = NEW.case_id AND k.round = NEW.round AND k.maker_id IS NOT DISTINCT FROM NEW.maker_id) THEN\n  RAISE check_violation USING CONSTRAINT = 'decision_on_what_stands',\n    MESSAGE = 'a decision names the round and who brought the case here';\nEND IF;\nRETURN NEW;\n", hash='c8466b57a3c4b095964872f5ceebd20b710795b2', operation='INSERT', pgid='pgtrigger_decision_on_what_stands_40bb8', table='cases_decision', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('state', 'offered')), fields=['to_place'], name='hand_over_waiting'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('case', 'to_place', 'kind'), name='hand_over_once', violation_error_message='已经交过去了，等对方接。'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['assign', 'transfer', 'refer', 'help'])), name='hand_over_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'accepted', 'declined', 'withdrawn'])), name='hand_over_state_known'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='hand_over_settled_once'),
        ),
        migrations.AddIndex(
            model_name='holding',
            index=models.Index(condition=models.Q(('until', None)), fields=['place', 'case'], name='holding_place'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('case', 'place'), name='holding_once'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.UniqueConstraint(condition=models.Q(('part', 'handles'), ('until', None)), fields=('case',), name='holding_one_handles', violation_error_message='一件事只有一个主办单位。'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['handles', 'helps', 'watches'])), name='holding_part_known'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['subject', 'case'], name='party_subject'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('case', 'subject', 'part'), name='party_once'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['asker', 'concerned'])), name='party_part_known'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('case', 'revision'), name='rating_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('opinion__in', ['good', 'fair', 'poor'])), name='rating_opinion_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='rating_written_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."opinion" IS DISTINCT FROM (NEW."opinion") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='553aa4bfd50b6340609062d1446e02421cb5230e', operation='UPDATE', pgid='pgtrigger_rating_written_once_e5763', table='cases_rating', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='rating_never_removed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9076d6690e11f748d5ce2f5b8ac07b4156227c8b', operation='DELETE', pgid='pgtrigger_rating_never_removed_2ec5a', table='cases_rating', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='running',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['due_at'], name='running_due'),
        ),
        migrations.AddConstraint(
            model_name='running',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case', 'tier'), name='running_once'),
        ),
        migrations.AddConstraint(
            model_name='running',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('extended_at', None), ('extension', 0)), models.Q(('extension__gt', 0), models.Q(('extension_reason', ''), _negated=True)), _connector='OR'), name='running_extended_with_a_reason', violation_error_message='延期要写明理由。'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('running',), name='pause_once'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='pause_in_order'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('case', 'revision'), name='step_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='step_written_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."move" IS DISTINCT FROM (NEW."move") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."to" IS DISTINCT FROM (NEW."to") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."author" IS DISTINCT FROM (NEW."author") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."is_told" IS DISTINCT FROM (NEW."is_told"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e897a4ec79965e120474912cc04a33d2be832408', operation='UPDATE', pgid='pgtrigger_step_written_once_e85d8', table='cases_step', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='step_never_removed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='dfa4770355adb8299e848859be8940d9bd4c9844', operation='DELETE', pgid='pgtrigger_step_never_removed_f0e2a', table='cases_step', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='step_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nIF NEW.move IN (\'accept\', \'assign\', \'bar\', \'decline\', \'extend\', \'help_ends\', \'join\', \'offer\', \'take_back\', \'vote\') THEN\n  IF NEW.stage <> NEW."to" THEN\n    RAISE check_violation USING CONSTRAINT = \'step_of_the_table\', MESSAGE = \'this leaves a case where it is\';\n  END IF;\nELSIF NOT EXISTS (SELECT FROM cases_change c JOIN cases_case k ON c.kind = k.kind AND c.version = k.version\n    WHERE k.id = NEW.case_id AND c.stage = NEW.stage AND c.move = NEW.move AND c."to" = NEW."to") THEN\n  RAISE check_violation USING CONSTRAINT = \'step_of_the_table\', MESSAGE = \'the table of this kind has no such move\';\nEND IF;\nRETURN NEW;\n', hash='c587e4bcf60b3cd84b183eb9702be0360c17d0df', operation='INSERT', pgid='pgtrigger_step_of_the_table_e19c1', table='cases_step', when='BEFORE')),
        ),
    ]
