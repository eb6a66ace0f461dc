"""Unions away from home stand behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.employers.away.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("away", "0001_away_unions"), ("employers", "0003_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
