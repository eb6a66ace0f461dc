"""Walls around handing over."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.cadres.handing.walls import WALLS


class Migration(migrations.Migration):
    """Each table behind its wall."""

    dependencies = (("handing", "0001_initial"), ("cadres", "0002_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
