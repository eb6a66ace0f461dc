"""Walls around requests: as narrow as that of the case."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.services.requests.walls import KEPT_FOR_ALL, WIDE


class Migration(migrations.Migration):
    """Each table behind its wall."""

    dependencies = (("requests", "0001_requests"), ("cases", "0002_walls"))
    operations = (migrations.RunSQL(built([*WIDE, *KEPT_FOR_ALL]), torn_down([*WIDE, *KEPT_FOR_ALL])),)
