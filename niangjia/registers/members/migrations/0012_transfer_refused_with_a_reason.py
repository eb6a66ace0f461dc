"""A refused transfer has its reason."""

from django.db import migrations, models
from django.db.models import Q

HELD = models.CheckConstraint(
    condition=~Q(agreed=False) | ~Q(reason=""),
    name="transfer_refused_with_a_reason",
    violation_error_message="不同意要写明理由。",
)


class Migration(migrations.Migration):
    """One constraint."""

    dependencies = (("members", "0011_transfer_answer_whole"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [
                        "ALTER TABLE members_transferproposal DROP CONSTRAINT IF EXISTS transfer_refused_with_a_reason",
                        (
                            "ALTER TABLE members_transferproposal ADD CONSTRAINT transfer_refused_with_a_reason"
                            " CHECK (agreed IS DISTINCT FROM false OR reason <> '')"
                        ),
                    ],
                    "ALTER TABLE members_transferproposal DROP CONSTRAINT IF EXISTS transfer_refused_with_a_reason",
                )
            ],
            state_operations=[migrations.AddConstraint("transferproposal", HELD)],
        ),
    )
