"""The application never takes a notice down; the walls around notices and objections."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.cases.notices.walls import WALLS

TABLES = "notices_publication, notices_hanging"
REVOKE = f"""
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    REVOKE DELETE, TRUNCATE ON {TABLES} FROM niangjia_app;
  END IF;
END $$;
"""
GIVE_BACK = f"""
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    GRANT DELETE ON {TABLES} TO niangjia_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    """Rights first, then walls."""

    dependencies = (("notices", "0001_initial"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(REVOKE, GIVE_BACK), migrations.RunSQL(built(WALLS), torn_down(WALLS)))
