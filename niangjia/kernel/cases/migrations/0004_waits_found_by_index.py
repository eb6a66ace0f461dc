"""What waits at a desk, and who is to be reminded, are found by an index; built beside the work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

# A build that was broken off leaves an index behind that answers nothing.
AWAY = (
    "DROP INDEX IF EXISTS case_waits_at_place",
    "DROP INDEX IF EXISTS running_to_remind",
    "ALTER TABLE cases_case DROP CONSTRAINT IF EXISTS case_waits_for_known",
)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('cases', '0003_what_waits_and_reminders')]

    operations = [
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in AWAY),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['place', 'waits_for', 'due_at', 'id'], name='case_waits_at_place'),
        ),
        AddIndexConcurrently(
            model_name='running',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['remind_at'], name='running_to_remind'),
        ),
    ]
