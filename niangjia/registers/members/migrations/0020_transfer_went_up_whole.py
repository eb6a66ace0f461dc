"""What went up says to which union and when; and it stands in the trail of a member, as what becomes of her membership does."""

from django.db import migrations, models

from niangjia.kernel.acting.walls import Sight, built
from niangjia.registers.members.walls import WALLS

CHANGED = tuple(wall for wall in WALLS if isinstance(wall, Sight))


class Migration(migrations.Migration):
    """A condition, and the sight of members' entries built anew."""

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
        migrations.RunSQL(built(CHANGED), migrations.RunSQL.noop),
    )
