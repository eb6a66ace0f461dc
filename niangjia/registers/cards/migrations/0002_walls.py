"""Walls around cards and their checks."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.cards.walls import WALLS


class Migration(migrations.Migration):
    """The walls, and a sight of the journal."""

    dependencies = (("cards", "0001_cards"), ("journal", "__first__"), ("access", "0006_who_acts"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
