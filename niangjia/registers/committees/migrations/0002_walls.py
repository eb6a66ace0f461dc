"""Walls around terms, committees and who sits on them."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.committees.walls import WALLS


class Migration(migrations.Migration):
    """Each table behind its wall."""

    dependencies = (("committees", "0001_initial"), ("members", "0016_found_by_sound_and_birth"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
