"""An answer says who, when and whether, or there is none."""

from django.db import migrations, models
from django.db.models import Q

HELD = models.CheckConstraint(
    condition=Q(settled_at=None, agreed=None, from_union=None)
    | Q(settled_at__isnull=False, agreed__isnull=False, from_union__isnull=False, withdrawn_at=None),
    name="transfer_settled_whole",
)


class Migration(migrations.Migration):
    """One constraint."""

    dependencies = (("members", "0010_transfer_asked_once"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [
                        "ALTER TABLE members_transferproposal DROP CONSTRAINT IF EXISTS transfer_settled_whole",
                        (
                            "ALTER TABLE members_transferproposal ADD CONSTRAINT transfer_settled_whole CHECK ("
                            "(agreed IS NULL AND from_union_id IS NULL AND settled_at IS NULL) OR (agreed IS NOT NULL"
                            " AND from_union_id IS NOT NULL AND settled_at IS NOT NULL AND withdrawn_at IS NULL))"
                        ),
                    ],
                    "ALTER TABLE members_transferproposal DROP CONSTRAINT IF EXISTS transfer_settled_whole",
                )
            ],
            state_operations=[migrations.AddConstraint("transferproposal", HELD)],
        ),
    )
