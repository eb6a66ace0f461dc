"""What is to be checked is found by who brought it there, and where somebody keeps away; built beside the work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

# A build that was broken off leaves an index behind that answers nothing.
AWAY = (
    "DROP INDEX IF EXISTS case_to_check_by_maker",
    "DROP INDEX IF EXISTS case_to_check_kept_from",
)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('cases', '0010_kept_from_before')]

    operations = [
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in AWAY),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None), ('waits_for', 'second')), fields=['place', 'maker', 'due_at', 'id'], name='case_to_check_by_maker'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None), ('waits_for', 'second'), ('is_kept_from', True)), fields=['place'], name='case_to_check_kept_from'),
        ),
    ]
