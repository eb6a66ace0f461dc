"""A phone proposal is open, answered, or taken back, and nothing between."""

from django.db import migrations, models
from django.db.models import Q

HELD = models.CheckConstraint(
    condition=Q(settled_at=None, taken_over=None, withdrawn_at=None)
    | Q(settled_at__isnull=False, taken_over__isnull=False, withdrawn_at=None)
    | Q(settled_at__isnull=False, taken_over=None, withdrawn_at__isnull=False),
    name="phone_proposal_settled_whole",
)


class Migration(migrations.Migration):
    """One constraint."""

    dependencies = (("members", "0014_phone_proposals_of_unions"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [
                        "ALTER TABLE members_phoneproposal DROP CONSTRAINT IF EXISTS phone_proposal_settled_whole",
                        (
                            "ALTER TABLE members_phoneproposal ADD CONSTRAINT phone_proposal_settled_whole CHECK ("
                            "(settled_at IS NULL AND taken_over IS NULL AND withdrawn_at IS NULL)"
                            " OR (settled_at IS NOT NULL AND taken_over IS NOT NULL AND withdrawn_at IS NULL)"
                            " OR (settled_at IS NOT NULL AND taken_over IS NULL AND withdrawn_at IS NOT NULL))"
                        ),
                    ],
                    "ALTER TABLE members_phoneproposal DROP CONSTRAINT IF EXISTS phone_proposal_settled_whole",
                )
            ],
            state_operations=[migrations.AddConstraint("phoneproposal", HELD)],
        ),
    )
