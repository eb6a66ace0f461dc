"""A membership may come to a union because the union it was in was merged, split or dissolved (随工会调整)."""

from django.db import migrations, models

KINDS = ["joined", "transferred", "rejoined", "reorganised"]


class Migration(migrations.Migration):
    """The constraint knows one kind more."""

    dependencies = (("members", "0016_found_by_sound_and_birth"),)
    operations = (
        migrations.RemoveConstraint(model_name="membership", name="membership_kind_known"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", KINDS)), name="membership_kind_known"
            ),
        ),
    )
