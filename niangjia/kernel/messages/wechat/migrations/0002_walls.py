"""Bound WeChats stand behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.messages.wechat.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("wechat", "0001_bound_wechats"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
