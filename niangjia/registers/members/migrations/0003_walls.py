"""People, memberships and rosters stand behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.members.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("members", "0002_initial"), ("employers", "0003_walls"), ("intake", "0001_initial"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
