"""Changes of parameters stand behind a wall."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.parameters.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("parameters", "0001_changes"), ("access", "0006_who_acts"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
