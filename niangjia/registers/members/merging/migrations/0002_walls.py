"""Walls around pairs, searches and merges."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.members.merging.walls import WALLS


class Migration(migrations.Migration):
    """Each table behind its wall."""

    dependencies = (("merging", "0001_initial"), ("reveal", "0004_requests_opened"), ("cases", "0017_former_indexes_of_waits"), ("journal", "0006_up_to_where_anchors_were_written"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
