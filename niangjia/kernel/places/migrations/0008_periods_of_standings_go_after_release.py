"""Periods of standings are read by nobody any more."""

from django.db import migrations


class Migration(migrations.Migration):
    """One column goes."""

    dependencies = (("places", "0007_every_standing_has_a_day"),)
    operations = (migrations.RemoveField("placestanding", "period"),)
