"""What stands under a second place already stood there from its first day, as far as is known."""

from django.db import migrations

FILL = """
INSERT INTO places_secondstanding (place_id, above_id, period)
SELECT id, second_parent_id, daterange(opened_on, closed_on, '[]') FROM places_place
WHERE second_parent_id IS NOT NULL AND second_parent_id <> id
"""


class Migration(migrations.Migration):
    """Rows for what is there."""

    dependencies = (("places", "0002_second_standings"),)
    operations = (migrations.RunSQL(FILL, "DELETE FROM places_secondstanding"),)
