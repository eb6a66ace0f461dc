"""Two standings of a place never begin on one day, so that each day has one answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One constraint."""

    dependencies = (("places", "0005_first_days_of_standings"),)
    operations = (
        migrations.AddConstraint(
            "placestanding",
            models.UniqueConstraint(
                fields=["place", "since"],
                name="place_stands_once_a_day",
                violation_error_message="这一天起，它已经有上级了。",
            ),
        ),
    )
