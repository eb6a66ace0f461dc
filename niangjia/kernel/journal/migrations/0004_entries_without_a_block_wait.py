"""Entries written before there was a list of those that wait are put on it."""

from django.db import migrations

QUEUE = """
INSERT INTO journal_waiting (entry_id)
SELECT entry.id FROM journal_entry AS entry LEFT JOIN journal_sealing AS sealing ON sealing.entry_id = entry.id
WHERE sealing.entry_id IS NULL
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    """Nothing written is left out of the chain."""

    dependencies = (("journal", "0003_entries_wait_on_a_list"),)
    operations = (migrations.RunSQL(QUEUE, migrations.RunSQL.noop),)
