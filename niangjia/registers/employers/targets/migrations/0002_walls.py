"""Targets, visits and leads stand behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.employers.targets.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("targets", "0001_targets"), ("employers", "0003_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
