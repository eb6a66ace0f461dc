"""The wall around certificates."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.founding.legal.walls import WALLS


class Migration(migrations.Migration):
    """Behind its wall."""

    dependencies = (("legal_persons", "0001_initial"), ("places", "0001_initial"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
