"""What waits above is bounded once more before it is looked up: the soonest of all places, not of each."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("niangjia.kernel.cases.migrations.0012_checked_above").ABOVE
ABOVE = (
    BEFORE.replace("SELECT one.id FROM me CROSS JOIN few", "SELECT DISTINCT one.due_at, one.id FROM me CROSS JOIN few")
    .replace("(SELECT c.id FROM public.cases_case c\n        WHERE few", "(SELECT c.due_at, c.id FROM public.cases_case c\n        WHERE few")
    .replace("LIMIT most)) one),", "LIMIT most)) one ORDER BY one.due_at, one.id LIMIT most),")
)


class Migration(migrations.Migration):
    """The same question, bounded."""

    dependencies = (("cases", "0013_to_check_soonest"),)
    operations = (migrations.RunSQL(ABOVE, BEFORE),)
