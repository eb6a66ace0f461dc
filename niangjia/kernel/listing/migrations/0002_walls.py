"""Saved views stand behind a wall."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.listing.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("listing", "0001_saved_views"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
