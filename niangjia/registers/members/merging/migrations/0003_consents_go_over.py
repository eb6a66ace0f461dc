"""Acts of consent are written once, and the application may not change them; a merge alone says whose they are, by the owner."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION merging_consent_goes(consent bigint, "to" bigint, as_guardian boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ignored text := coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{}');
BEGIN
  IF acting_as() IS DISTINCT FROM 'program:merge' THEN
    RAISE EXCEPTION 'a consent goes over in a merge alone';
  END IF;
  PERFORM set_config('pgtrigger.ignore', (SELECT array_agg(tgname)::text FROM pg_trigger
    WHERE tgrelid = 'privacy_consent'::regclass AND starts_with(tgname, 'pgtrigger_consent_written_once_')), true);
  IF as_guardian THEN
    UPDATE privacy_consent SET guardian_id = "to" WHERE id = consent;
  ELSE
    UPDATE privacy_consent SET subject_id = "to" WHERE id = consent;
  END IF;
  PERFORM set_config('pgtrigger.ignore', ignored, true);
END $$;
REVOKE ALL ON FUNCTION merging_consent_goes(bigint, bigint, boolean) FROM PUBLIC;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    GRANT EXECUTE ON FUNCTION merging_consent_goes(bigint, bigint, boolean) TO niangjia_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    """One function of the owner."""

    dependencies = (("merging", "0002_walls"), ("privacy", "0002_written_once_and_walls"), ("access", "0007_walls"))
    operations = (migrations.RunSQL(FUNCTION, "DROP FUNCTION merging_consent_goes(bigint, bigint, boolean)"),)
