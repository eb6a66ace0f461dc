"""Whoever brought another phone may take it back, also where she is no member any more."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.members.phone_changes.walls import WALLS


class Migration(migrations.Migration):
    """The wall, and a sight of the journal."""

    dependencies = (("members", "0014_phone_proposals_of_unions"), ("journal", "__first__"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
