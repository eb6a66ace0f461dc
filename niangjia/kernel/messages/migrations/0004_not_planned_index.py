"""Messages that nobody planned are found by an index."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Built while others write."""

    atomic = False
    dependencies = (("inbox", "0003_planned"),)
    operations = (
        AddIndexConcurrently(
            "message", models.Index(fields=["sent_at"], condition=Q(planned_at=None), name="message_unplanned")
        ),
    )
