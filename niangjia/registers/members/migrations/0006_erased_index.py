"""Who was erased is found at once: each list of members leaves them out of its count."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """One index of few rows, built while others write."""

    atomic = False
    dependencies = (("members", "0005_erased"),)
    operations = (
        AddIndexConcurrently(
            "person",
            models.Index(condition=models.Q(("erased_at__isnull", False)), fields=["subject"], name="person_erased"),
        ),
    )
