"""Whoever opened a request does not read in her own acts who asked it."""

from django.db import migrations

from niangjia.kernel.acting.walls import built
from niangjia.kernel.reveal.walls import WALLS


class Migration(migrations.Migration):
    """The wall as it stands now."""

    dependencies = (("reveal", "0003_walls"),)
    operations = (migrations.RunSQL(built(WALLS), migrations.RunSQL.noop),)
