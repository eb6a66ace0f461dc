"""Who let a member go reads the transfer later, too."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.members.transfers.walls import WALLS


class Migration(migrations.Migration):
    """One more condition for reading."""

    dependencies = (("members", "0009_transfer_walls"),)
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
