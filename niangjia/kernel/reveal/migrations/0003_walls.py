"""Looks stand behind a wall; the database's clock says when a withheld one is told."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.reveal.walls import WALLS

IS_TOLD = """
CREATE FUNCTION is_told(withheld_until timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$ SELECT withheld_until IS NULL OR withheld_until <= clock_timestamp() $$
"""


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("reveal", "0002_the_application_only_adds"), ("access", "0007_walls"))
    operations = (
        migrations.RunSQL([IS_TOLD], ["DROP FUNCTION is_told(timestamptz)"]),
        migrations.RunSQL(built(WALLS), torn_down(WALLS)),
    )
