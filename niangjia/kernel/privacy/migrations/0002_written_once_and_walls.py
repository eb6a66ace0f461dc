"""The application only adds notices, consents and records of erasure; what is personal stands behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.privacy.walls import WALLS

TABLES = "privacy_notice, privacy_consent, privacy_erasure"
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
    """Rights first, then walls."""

    dependencies = (("privacy", "0001_initial"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(REVOKE, GIVE_BACK), migrations.RunSQL(built(WALLS), torn_down(WALLS)))
