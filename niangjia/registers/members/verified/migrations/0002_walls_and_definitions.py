"""Papers that were seen stand behind walls; what verified and reachable mean is answered by the owner."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.members.verified.definitions import CREATED, GONE
from niangjia.registers.members.verified.walls import WALLS


class Migration(migrations.Migration):
    """Forced row security, and one function for figure and filter."""

    dependencies = (
        ("verified", "0001_papers_seen"),
        ("members", "0003_walls"),
        ("inbox", "0005_told_by_the_one_function"),
        ("journal", "0001_initial"),
    )
    operations = (
        migrations.RunSQL(built(WALLS), torn_down(WALLS)),
        migrations.RunSQL([CREATED], [GONE]),
    )
