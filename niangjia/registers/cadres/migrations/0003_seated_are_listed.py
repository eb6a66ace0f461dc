"""Whoever sits on a committee already is in the list of cadres."""

from django.db import migrations

SEATED = """
INSERT INTO cadres_cadre (city, union_id, person_id, name)
SELECT DISTINCT ON (person_id) city, union_id, person_id, '' FROM committees_seat WHERE until IS NULL ORDER BY person_id, id
"""


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies = (("cadres", "0002_walls"),)
    operations = (migrations.RunSQL(SEATED, migrations.RunSQL.noop),)
