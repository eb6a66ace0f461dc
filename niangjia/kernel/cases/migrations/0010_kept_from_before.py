"""Open cases that somebody keeps away from already, or asked for who works at a desk."""

from django.db import migrations

NOTED = """
UPDATE cases_case SET is_kept_from = true
WHERE closed_at IS NULL AND (id IN (SELECT case_id FROM cases_barred) OR id IN (
  SELECT y.case_id FROM cases_party y JOIN access_account a ON a.subject_id = y.subject_id
    JOIN access_grant g ON g.account_id = a.id WHERE g.role IN ('cadre', 'chair', 'officer')))
"""


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies = (("cases", "0009_who_keeps_away_and_who_takes"),)
    operations = (migrations.RunSQL(NOTED, migrations.RunSQL.noop),)
