"""Walls around cadres."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.cadres.walls import IS_ONESELF, WALLS


class Migration(migrations.Migration):
    """Who is herself a cadre is a question to the owner; each table stands behind its wall."""

    dependencies = (
        ("cadres", "0001_initial"),
        ("committees", "0002_walls"),
        ("journal", "__first__"),
        ("access", "0006_who_acts"),
    )
    operations = (
        migrations.RunSQL([IS_ONESELF], ["DROP FUNCTION acting_cadres()"]),
        migrations.RunSQL(built(WALLS), torn_down(WALLS)),
    )
