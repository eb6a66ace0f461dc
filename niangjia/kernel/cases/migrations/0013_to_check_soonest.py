"""What is to be checked where nobody works is found in the order of its days; built beside the work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('cases', '0012_checked_above')]

    operations = [
        # A build that was broken off leaves an index behind that answers nothing.
        migrations.RunSQL("DROP INDEX IF EXISTS case_to_check_soonest", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None), ('waits_for', 'second')), fields=['place', 'due_at', 'id'], name='case_to_check_soonest'),
        ),
    ]
