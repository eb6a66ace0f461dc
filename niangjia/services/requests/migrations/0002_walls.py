"""Walls around requests: as narrow as that of the case."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.services.requests.walls import WALLS


class Migration(migrations.Migration):
    """Each table behind its wall."""

    dependencies = (("requests", "0001_requests"), ("cases", "0002_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
