"""Proposals from before belong to the union whose roster brought them, else to the one she is in."""

from django.db import migrations

OF_ROSTERS = """
UPDATE members_phoneproposal o SET union_id = i.place_id FROM intake_import i JOIN orgs_union u ON u.place_id = i.place_id
WHERE o.intake_id = i.id AND o.union_id IS NULL
"""
OF_MEMBERS = """
UPDATE members_phoneproposal o SET union_id = m.union_id FROM members_membership m
WHERE m.person_id = o.person_id AND upper_inf(m.period) AND o.union_id IS NULL
"""


class Migration(migrations.Migration):
    """Data alone."""

    dependencies = (("members", "0013_phone_proposals_answered"),)
    operations = (
        migrations.RunSQL(OF_ROSTERS, migrations.RunSQL.noop),
        migrations.RunSQL(OF_MEMBERS, migrations.RunSQL.noop),
    )
