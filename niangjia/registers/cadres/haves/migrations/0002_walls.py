"""Walls around statements."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.cadres.haves.walls import WALLS


class Migration(migrations.Migration):
    """The table behind its wall."""

    dependencies = (("haves", "0001_initial"), ("access", "0006_who_acts"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
