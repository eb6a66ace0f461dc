"""Which table a case goes by is answered by the owner: a step was judged behind all walls of its case, two milliseconds each."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

HAS_CHANGE = """
CREATE FUNCTION case_has_change(one bigint, before text, made text, after text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM public.cases_change c JOIN public.cases_case k ON c.kind = k.kind AND c.version = k.version
    WHERE k.id = one AND c.stage = before AND c.move = made AND c."to" = after);
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0017_former_indexes_of_waits'),
    ]

    operations = [
        migrations.RunSQL(HAS_CHANGE, "DROP FUNCTION case_has_change(bigint, text, text, text)"),
        pgtrigger.migrations.RemoveTrigger(
            model_name='step',
            name='step_of_the_table',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='step_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nIF NEW.move IN (\'accept\', \'assign\', \'bar\', \'decline\', \'extend\', \'help_ends\', \'join\', \'offer\', \'take_back\') THEN\n  IF NEW.stage <> NEW."to" THEN\n    RAISE check_violation USING CONSTRAINT = \'step_of_the_table\', MESSAGE = \'this leaves a case where it is\';\n  END IF;\nELSIF NOT case_has_change(NEW.case_id, NEW.stage, NEW.move, NEW."to") THEN\n  RAISE check_violation USING CONSTRAINT = \'step_of_the_table\', MESSAGE = \'the table of this kind has no such move\';\nEND IF;\nRETURN NEW;\n', hash='27ca488c3224545a6968eec03b2f34dfc94981c7', operation='INSERT', pgid='pgtrigger_step_of_the_table_e19c1', table='cases_step', when='BEFORE')),
        ),
    ]
