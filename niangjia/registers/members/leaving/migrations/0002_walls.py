"""Walls around leaves and proposed exits: as narrow as that of the case."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.members.leaving.walls import WALLS


class Migration(migrations.Migration):
    """Each table behind its wall."""

    dependencies = (("leaving", "0001_initial"), ("cases", "0017_former_indexes_of_waits"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
