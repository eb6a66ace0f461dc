"""Walls around lost phones and the last use of phones."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.members.regaining.walls import WALLS


class Migration(migrations.Migration):
    """Each table behind its wall."""

    dependencies = (
        ("regaining", "0001_initial"),
        ("cases", "0018_steps_judged_by_the_owner"),
        ("journal", "0006_up_to_where_anchors_were_written"),
    )
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
