"""What went up says to which union and when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Alone, so that its lock lasts no longer than the look at the rows."""

    dependencies = (("members", "0019_transfers_go_up"),)
    operations = (
        migrations.AddConstraint(
            model_name="transferproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("umpire", None), ("went_up_at", None))
                | models.Q(("umpire__isnull", False), ("went_up_at__isnull", False)),
                name="transfer_went_up_whole",
            ),
        ),
    )
