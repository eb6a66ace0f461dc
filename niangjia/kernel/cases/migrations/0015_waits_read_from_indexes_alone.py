"""What waits is judged by what stands in its index, before a single case is read; built beside the work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

NEW = ("case_waits_soonest", "case_to_check_first", "case_to_check_made_by", "barred_account")
OPEN = models.Q(("closed_at", None))
TO_CHECK = models.Q(("closed_at", None), ("waits_for", "second"))


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('cases', '0014_soonest_above')]

    operations = [
        # A build that was broken off leaves an index behind that answers nothing.
        *(migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", migrations.RunSQL.noop) for name in NEW),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=OPEN, fields=['place', 'waits_for', 'kind', 'due_at', 'id'], include=('maker', 'round'), name='case_waits_soonest'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=TO_CHECK, fields=['place', 'due_at', 'id'], include=('kind', 'version', 'stage', 'maker', 'round'), name='case_to_check_first'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=TO_CHECK, fields=['place', 'maker', 'due_at', 'id'], include=('kind', 'version', 'stage', 'round'), name='case_to_check_made_by'),
        ),
        AddIndexConcurrently(
            model_name='barred',
            index=models.Index(fields=['account', 'case'], name='barred_account'),
        ),
    ]
