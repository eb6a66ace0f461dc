"""Transfers that are open keep the fifteen days they were told of."""

from django.db import migrations


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies = (("members", "0021_kept_because"),)
    operations = (
        migrations.RunSQL(
            "UPDATE members_transferproposal SET answer_by = (proposed_at AT TIME ZONE 'Asia/Shanghai')::date + 15"
            " WHERE settled_at IS NULL AND withdrawn_at IS NULL AND answer_by IS NULL",
            migrations.RunSQL.noop,
        ),
    )
