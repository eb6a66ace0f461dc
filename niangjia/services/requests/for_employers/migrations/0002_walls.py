"""The wall around who asked for an employer."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.services.requests.for_employers.walls import WALLS


class Migration(migrations.Migration):
    """Built from the declaration."""

    dependencies = (("for_employers", "0001_initial"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
