"""What waits at a desk is found kind by kind: many of one line of work never hide the few of another; built beside the work."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('cases', '0005_waits_for_known')]

    operations = [
        # A build that was broken off leaves an index behind that answers nothing.
        migrations.RunSQL("DROP INDEX IF EXISTS case_waits_by_kind", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['place', 'waits_for', 'kind', 'due_at', 'id'], name='case_waits_by_kind'),
        ),
        RemoveIndexConcurrently(
            model_name='case',
            name='case_waits_at_place',
        ),
    ]
