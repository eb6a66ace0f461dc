"""The indexes that what waits was found by before; taken away beside the work."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('cases', '0016_waits_bounded')]

    operations = [
        RemoveIndexConcurrently(model_name='case', name='case_waits_by_kind'),
        RemoveIndexConcurrently(model_name='case', name='case_to_check_by_maker'),
        RemoveIndexConcurrently(model_name='case', name='case_to_check_soonest'),
    ]
