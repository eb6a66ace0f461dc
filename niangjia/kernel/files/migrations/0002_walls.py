"""Kept files stand behind a wall."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.files.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security, for the owner of the table, too."""

    dependencies = (("files", "0001_initial"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
