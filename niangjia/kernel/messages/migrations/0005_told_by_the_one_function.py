"""What is told later is told when the function of the database says so that looks ask, too."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.messages.walls import WALLS


class Migration(migrations.Migration):
    """The walls are built anew."""

    dependencies = (("inbox", "0004_not_planned_index"), ("reveal", "0003_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
