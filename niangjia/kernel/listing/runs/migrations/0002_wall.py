"""What somebody began stands behind a wall."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.listing.runs.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("listing_runs", "0001_runs"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
