"""Unions and places are written behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.orgs.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("orgs", "0001_initial"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
