"""A standing is told by its first day alone: it lasts until the next one begins, or until the place is closed."""

import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first day beside the period, which is written no more and holds nothing apart."""

    dependencies = (("places", "0003_second_standings_of_before"),)
    operations = (
        migrations.AddField("placestanding", "since", models.DateField(null=True)),
        migrations.RemoveConstraint("placestanding", "place_stands_once_a_day"),
        migrations.AlterField(
            "placestanding", "period", django.contrib.postgres.fields.ranges.DateRangeField(null=True)
        ),
    )
