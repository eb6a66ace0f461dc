"""A case knows that somebody keeps away from it; who offers a case does not take it herself."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('cases', '0008_versions'), ('access', '0008_password_age_by_the_one_clock'), ('places', '0001_initial')]

    operations = [
        migrations.AddField(
            model_name='case',
            name='is_kept_from',
            field=models.BooleanField(db_default=False, default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barred',
            trigger=pgtrigger.compiler.Trigger(name='somebody_keeps_away', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nUPDATE cases_case SET is_kept_from = true WHERE id = NEW.case_id AND NOT is_kept_from;\nRETURN NULL;\n', hash='64797a4addc53c71c29baeaf0c2b9760993524c7', operation='INSERT', pgid='pgtrigger_somebody_keeps_away_732ea', table='cases_barred', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='asked_by_one_of_the_desk', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nUPDATE cases_case SET is_kept_from = true WHERE id = NEW.case_id AND NOT is_kept_from AND EXISTS (\n  SELECT FROM access_account a JOIN access_grant g ON g.account_id = a.id\n  WHERE a.subject_id = NEW.subject_id AND g.role IN ('cadre', 'chair', 'officer'));\nRETURN NULL;\n", hash='e6e37f821e6192b8a3eaac4679a255c330f9c4e7', operation='INSERT', pgid='pgtrigger_asked_by_one_of_the_desk_e33ce', table='cases_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='hand_over_taken_by_another', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'UPDATE' THEN\n  IF (NEW.kind, NEW.from_place_id, NEW.to_place_id, NEW.offered_by_id)\n      IS DISTINCT FROM (OLD.kind, OLD.from_place_id, OLD.to_place_id, OLD.offered_by_id) THEN\n    RAISE check_violation USING CONSTRAINT = 'hand_over_keeps_what_it_is', MESSAGE = 'what was offered stays what it is';\n  END IF;\n  IF OLD.state = 'offered' AND NEW.state = 'accepted' AND NEW.settled_by_id = NEW.offered_by_id THEN\n    RAISE check_violation USING CONSTRAINT = 'hand_over_taken_by_another', MESSAGE = 'who offers a case does not take it herself';\n  END IF;\nELSIF NEW.state = 'accepted' AND NEW.kind <> 'assign' AND NOT EXISTS (\n    SELECT FROM places_place below JOIN places_place above ON below.path ^@ above.path AND below.id <> above.id\n    WHERE below.id = NEW.from_place_id AND above.id = NEW.to_place_id) THEN\n  RAISE check_violation USING CONSTRAINT = 'hand_over_taken_by_another', MESSAGE = 'only a union above takes up without being asked';\nEND IF;\nRETURN NEW;\n", hash='9883795c4aa8770bb6bcf9b2a051f50991a9e09e', operation='INSERT OR UPDATE', pgid='pgtrigger_hand_over_taken_by_another_f99a4', table='cases_handover', when='BEFORE')),
        ),
    ]
