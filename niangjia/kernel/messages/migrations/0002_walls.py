"""Messages stand behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.messages.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("inbox", "0001_messages"), ("access", "0007_walls"), ("reveal", "0003_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
