"""A standing is told by its first day alone: it lasts until the next one begins, or until the place is closed."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

TO_DAYS = "UPDATE places_placestanding SET since = lower(period)"
TO_PERIODS = """
UPDATE places_placestanding stood SET period = daterange(stood.since, least(
  (SELECT min(later.since) FROM places_placestanding later WHERE later.place_id = stood.place_id AND later.since > stood.since),
  place.closed_on + 1
)) FROM places_place place WHERE place.id = stood.place_id
"""


class Migration(migrations.Migration):
    """First days out of the periods; a place has one standing from a day on."""

    dependencies = (("places", "0003_second_standings_of_before"),)
    operations = (
        migrations.AddField("placestanding", "since", models.DateField(null=True)),
        migrations.RunSQL(TO_DAYS, migrations.RunSQL.noop),
        migrations.AlterField("placestanding", "since", models.DateField()),
        migrations.RemoveConstraint("placestanding", "place_stands_once_a_day"),
        migrations.AlterField(
            "placestanding", "period", django.contrib.postgres.fields.ranges.DateRangeField(null=True)
        ),
        migrations.RunSQL(migrations.RunSQL.noop, TO_PERIODS),
        migrations.RemoveField("placestanding", "period"),
        migrations.AddConstraint(
            "placestanding",
            models.UniqueConstraint(
                fields=["place", "since"],
                name="place_stands_once_a_day",
                violation_error_message="这一天起，它已经有上级了。",
            ),
        ),
        migrations.AlterField(
            "placestanding",
            "place",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="standings",
                to="places.place",
            ),
        ),
    )
