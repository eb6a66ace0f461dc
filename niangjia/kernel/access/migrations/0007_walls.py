"""Rights and journal stand behind walls."""

from django.db import migrations

from niangjia.kernel.access.walls import WALLS
from niangjia.kernel.acting.walls import built, torn_down


class Migration(migrations.Migration):
    """Forced row security, for the owner of the tables, too."""

    dependencies = (("access", "0006_who_acts"), ("journal", "0005_the_floor_goes_after_release"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
