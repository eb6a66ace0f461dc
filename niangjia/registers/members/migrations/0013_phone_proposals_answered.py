"""A phone proposal knows whose it is, and when it was taken back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns."""

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
    )
