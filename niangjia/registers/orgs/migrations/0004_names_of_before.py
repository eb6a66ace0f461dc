"""A change of a union keeps what was before it: so the first change after a day tells the name of that day."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

KEPT = (
    'INSERT INTO "orgs_unionevent" ("address", "city", "code", "intake_id", "kind", "name", "pgh_context_id", "pgh_created_at", '
    '"pgh_label", "pgh_obj_id", "phone", "place_id", "region_code", "revision", "uscc") VALUES (OLD."address", OLD."city", '
    'OLD."code", OLD."intake_id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."place_id", OLD."phone", '
    'OLD."place_id", OLD."region_code", OLD."revision", OLD."uscc"); RETURN NULL;'
)


class Migration(migrations.Migration):
    """The trigger, built anew."""

    dependencies = (("orgs", "0003_sounds"),)
    operations = (
        pgtrigger.migrations.RemoveTrigger(model_name="union", name="update_update"),
        pgtrigger.migrations.AddTrigger(
            model_name="union",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func=KEPT,
                    hash="700ed54263f113b8776c7523ba0db8cee1125819",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0f724",
                    table="orgs_union",
                    when="AFTER",
                ),
            ),
        ),
    )
