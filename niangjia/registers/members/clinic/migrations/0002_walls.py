"""Findings stand behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.members.clinic.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("clinic", "0001_findings"), ("verified", "0002_walls_and_definitions"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
