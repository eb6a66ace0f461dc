"""The application's role may read and add to the journal, nothing else; triggers refuse everyone."""

from django.db import migrations

TABLES = "journal_entry, journal_block, journal_sealing"

REVOKE = f"""
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON {TABLES} FROM niangjia_app;
  END IF;
END $$;
"""
GIVE_BACK = f"""
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    GRANT UPDATE, DELETE ON {TABLES} TO niangjia_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    """Take the rights away that the default privileges gave."""

    dependencies = (("journal", "0001_initial"),)
    operations = (migrations.RunSQL(REVOKE, GIVE_BACK),)
