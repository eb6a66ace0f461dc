"""First days out of the periods, and on the way back periods out of the first days."""

from django.db import migrations

TO_DAYS = "UPDATE places_placestanding SET since = lower(period)"
TO_PERIODS = """
UPDATE places_placestanding stood SET period = daterange(stood.since, least(
  (SELECT min(later.since) FROM places_placestanding later WHERE later.place_id = stood.place_id AND later.since > stood.since),
  place.closed_on + 1
)) FROM places_place place WHERE place.id = stood.place_id
"""


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies = (("places", "0004_standings_since"),)
    operations = (migrations.RunSQL(TO_DAYS, TO_PERIODS),)
