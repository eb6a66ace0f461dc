"""The list of waiting entries has taken the place of the floor that searches began from; no release knew the floor."""

from django.db import migrations


class Migration(migrations.Migration):
    """Blocks no longer say from where to search."""

    dependencies = (("journal", "0004_entries_without_a_block_wait"),)
    operations = (migrations.RemoveField(model_name="block", name="floor_id"),)
