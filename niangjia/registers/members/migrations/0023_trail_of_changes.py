"""What becomes of a membership, and a transfer that went up, stand in the trail of a member."""

from django.db import migrations

from niangjia.kernel.acting.walls import Sight, built
from niangjia.registers.members.walls import WALLS

CHANGED = tuple(wall for wall in WALLS if isinstance(wall, Sight))


class Migration(migrations.Migration):
    """The sight of members' entries, built anew."""

    dependencies = (("members", "0022_open_transfers_have_a_day"),)
    operations = (migrations.RunSQL(built(CHANGED), migrations.RunSQL.noop),)
