"""Head-counts and parks stand behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.employers.walls import LATER


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("employers", "0005_parks_and_head_counts"),)
    operations = (migrations.RunSQL(built(LATER), torn_down(LATER)),)
