"""The application's role may read and add looks, nothing else; triggers refuse everyone."""

from django.db import migrations

REVOKE = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON reveal_look FROM niangjia_app;
  END IF;
END $$;
"""
GIVE_BACK = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    GRANT UPDATE, DELETE ON reveal_look TO niangjia_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    """Take the rights away that the default privileges gave."""

    dependencies = (("reveal", "0001_initial"),)
    operations = (migrations.RunSQL(REVOKE, GIVE_BACK),)
