"""Walls around elections and candidates."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.committees.elections.walls import WALLS


class Migration(migrations.Migration):
    """Each table behind its wall."""

    dependencies = (("elections", "0001_initial"), ("cases", "0017_former_indexes_of_waits"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
