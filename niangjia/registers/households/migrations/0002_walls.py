"""Households stand behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.households.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("households", "0001_households"), ("members", "0003_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
