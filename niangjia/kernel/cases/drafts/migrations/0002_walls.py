"""The wall around drafts."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.cases.drafts.walls import WALLS


class Migration(migrations.Migration):
    """Built from the declaration."""

    dependencies = (("case_drafts", "0001_initial"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(built(WALLS), torn_down(WALLS)),)
