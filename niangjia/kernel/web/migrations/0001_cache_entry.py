"""Where limits of signing in are counted for all processes together (the table of Django's database cache)."""

from django.db import migrations

TABLE = """
CREATE TABLE cache_entry (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
)
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(TABLE, reverse_sql="DROP TABLE cache_entry"),
        migrations.RunSQL(
            "CREATE INDEX cache_entry_expires ON cache_entry (expires)", reverse_sql="DROP INDEX cache_entry_expires"
        ),
    ]
