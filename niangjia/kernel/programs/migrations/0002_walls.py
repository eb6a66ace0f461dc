"""Keys stand behind a wall; a program meets the rows of its key's place, and of a key that is over or revoked none."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.programs.walls import WALLS

PATHS_OF_ACCOUNT = """
    SELECT array_agg(DISTINCT p.path) FROM public.access_grant g
    JOIN public.access_account a ON a.id = g.account_id JOIN public.places_place p ON p.id = g.place_id
    WHERE g.account_id = who AND NOT public.acting_as() LIKE '%:own' AND a.is_active AND g.role = ANY (roles) AND g.revoked_at IS NULL
      AND g.valid_from <= today AND (g.valid_to IS NULL OR g.valid_to >= today)
"""
PATHS_OF_KEY = """
    SELECT array_agg(p.path) FROM public.programs_key k JOIN public.places_place p ON p.id = k.place_id
    WHERE k.id = substring(public.acting_as() FROM '^key:([0-9]{1,18})$')::bigint AND k.role = ANY (roles)
      AND k.revoked_at IS NULL AND k.expires_on >= today
"""
HEAD = """
CREATE OR REPLACE FUNCTION acting_paths(roles text[]) RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who bigint := public.acting_account();
  today date := (now() AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
"""
WITH_KEYS = f"""{HEAD}
  IF starts_with(public.acting_as(), 'key:') THEN
    RETURN coalesce(({PATHS_OF_KEY}), '{{}}');
  END IF;
  RETURN coalesce(({PATHS_OF_ACCOUNT}), '{{}}');
END $$
"""
WITHOUT_KEYS = f"{HEAD} RETURN coalesce(({PATHS_OF_ACCOUNT}), '{{}}'); END $$"


class Migration(migrations.Migration):
    """Forced row security, and one more kind of actor."""

    dependencies = (("programs", "0001_keys"), ("access", "0006_who_acts"))
    operations = (
        migrations.RunSQL(built(WALLS), torn_down(WALLS)),
        migrations.RunSQL([WITH_KEYS], [WITHOUT_KEYS]),
    )
