"""A draft comes to belong to the thing it was handed in for: rows may change."""

from django.db import migrations

from niangjia.kernel.acting.walls import built
from niangjia.kernel.files.walls import WALLS


class Migration(migrations.Migration):
    """The wall, built anew."""

    dependencies = (("files", "0002_walls"),)
    operations = (migrations.RunSQL(built(WALLS), migrations.RunSQL.noop),)
