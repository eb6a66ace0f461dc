"""How a membership came to its union: one of the kinds there are now, by a reorganisation among them."""

from django.db import migrations, models

KINDS = ["joined", "transferred", "rejoined", "reorganised"]


class Migration(migrations.Migration):
    """Alone, so that its lock lasts no longer than the look at the rows."""

    dependencies = (("members", "0017_reorganised"),)
    operations = (
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="membership_kind_known"),
        ),
    )
