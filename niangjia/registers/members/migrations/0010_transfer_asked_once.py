"""A union asks for somebody once, until there is an answer."""

from django.db import migrations, models
from django.db.models import Q

HELD = models.UniqueConstraint(
    fields=["person", "to_union"], condition=Q(withdrawn_at=None, settled_at=None), name="transfer_proposed_once"
)


class Migration(migrations.Migration):
    """One constraint."""

    dependencies = (("members", "0009_transfer_walls"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [
                        "DROP INDEX IF EXISTS transfer_proposed_once",
                        (
                            "CREATE UNIQUE INDEX transfer_proposed_once ON members_transferproposal (person_id, to_union_id)"
                            " WHERE settled_at IS NULL AND withdrawn_at IS NULL"
                        ),
                    ],
                    "DROP INDEX IF EXISTS transfer_proposed_once",
                )
            ],
            state_operations=[migrations.AddConstraint("transferproposal", HELD)],
        ),
    )
