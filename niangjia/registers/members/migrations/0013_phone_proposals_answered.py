"""A phone proposal knows whose it is, and ends: answered, or taken back."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Two columns and a constraint."""

    dependencies = (("members", "0012_transfer_refused_with_a_reason"), ("orgs", "__first__"))
    operations = (
        migrations.AddField(
            "phoneproposal",
            "union",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orgs.union"
            ),
        ),
        migrations.AddField("phoneproposal", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "phoneproposal",
            models.CheckConstraint(
                condition=Q(settled_at=None, taken_over=None, withdrawn_at=None)
                | Q(settled_at__isnull=False, taken_over__isnull=False, withdrawn_at=None)
                | Q(settled_at__isnull=False, taken_over=None, withdrawn_at__isnull=False),
                name="phone_proposal_settled_whole",
            ),
        ),
    )
