"""Walls around reorganisations: as narrow as that of the case."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.orgs.reorganising.walls import WALLS


class Migration(migrations.Migration):
    """Each table behind its wall."""

    dependencies = (("reorganising", "0001_initial"), ("cases", "0014_soonest_above"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
