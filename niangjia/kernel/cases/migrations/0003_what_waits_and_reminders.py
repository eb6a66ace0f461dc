"""Whom a case waits for, when people are reminded of a time; a voice alone is no step."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_walls'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='step',
            name='step_of_the_table',
        ),
        migrations.AddField(
            model_name='case',
            name='waits_for',
            field=models.CharField(choices=[('desk', 'desk'), ('handler', 'handler'), ('returned', 'returned'), ('second', 'second'), ('asker', 'asker'), ('nobody', 'nobody')], db_default='desk', default='desk', max_length=8),
        ),
        migrations.AddField(
            model_name='running',
            name='remind_at',
            field=models.DateTimeField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='step_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nIF NEW.move IN (\'accept\', \'assign\', \'bar\', \'decline\', \'extend\', \'help_ends\', \'join\', \'offer\', \'take_back\') THEN\n  IF NEW.stage <> NEW."to" THEN\n    RAISE check_violation USING CONSTRAINT = \'step_of_the_table\', MESSAGE = \'this leaves a case where it is\';\n  END IF;\nELSIF NOT EXISTS (SELECT FROM cases_change c JOIN cases_case k ON c.kind = k.kind AND c.version = k.version\n    WHERE k.id = NEW.case_id AND c.stage = NEW.stage AND c.move = NEW.move AND c."to" = NEW."to") THEN\n  RAISE check_violation USING CONSTRAINT = \'step_of_the_table\', MESSAGE = \'the table of this kind has no such move\';\nEND IF;\nRETURN NEW;\n', hash='6b522df839bdbdd6292285fa75c5952b296ead1f', operation='INSERT', pgid='pgtrigger_step_of_the_table_e19c1', table='cases_step', when='BEFORE')),
        ),
    ]
