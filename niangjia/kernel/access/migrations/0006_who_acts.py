"""Who acts, in SQL: what every wall asks; the owner answers, because the rights themselves stand behind a wall."""

from django.db import migrations

ACTING_AS = """
CREATE FUNCTION acting_as() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE who text := current_setting('niangjia.actor', true);
BEGIN
  IF who IS NULL OR who = '' THEN
    RAISE insufficient_privilege USING
      MESSAGE = 'nobody is named who asks: rows of people are shown to somebody only',
      HINT = 'open the work with acting(actor), or with beyond(purpose)';
  END IF;
  RETURN who;
END $$
"""
ACTS_BEYOND = """
CREATE FUNCTION acts_beyond() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who text := public.acting_as();
BEGIN
  RETURN who = 'operator' OR starts_with(who, 'program:');
END $$
"""
ACTING_ACCOUNT = """
CREATE FUNCTION acting_account() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who text := public.acting_as();
BEGIN
  RETURN substring(who FROM '^([0-9]{1,18})(?::own)?$')::bigint;
END $$
"""
ACTING_SUBJECT = """
CREATE FUNCTION acting_subject() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who bigint := public.acting_account();
BEGIN
  RETURN (SELECT a.subject_id FROM public.access_account a WHERE a.id = who AND a.is_active);
END $$
"""
ACTING_PATHS = """
CREATE FUNCTION acting_paths(roles text[]) RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who bigint := public.acting_account();
  today date := (now() AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
  RETURN coalesce((
    SELECT array_agg(DISTINCT p.path) FROM public.access_grant g
    JOIN public.access_account a ON a.id = g.account_id JOIN public.places_place p ON p.id = g.place_id
    WHERE g.account_id = who AND NOT public.acting_as() LIKE '%:own' AND a.is_active AND g.role = ANY (roles) AND g.revoked_at IS NULL
      AND g.valid_from <= today AND (g.valid_to IS NULL OR g.valid_to >= today)), '{}');
END $$
"""
ACTING_EVERYWHERE = """
CREATE FUNCTION acting_everywhere(roles text[]) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE paths text[] := public.acting_paths(roles);
BEGIN
  RETURN paths <> '{}' AND NOT EXISTS (
    SELECT FROM public.places_place p WHERE p.parent_id IS NULL AND NOT p.path = ANY (paths));
END $$
"""
HOLDS_GRANT = """
CREATE FUNCTION holds_grant(one bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM public.access_grant g JOIN public.places_place p ON p.id = g.place_id
    WHERE g.id = one AND g.account_id = public.acting_account() AND p.path = ANY (public.acting_paths(ARRAY[g.role::text])));
END $$
"""


class Migration(migrations.Migration):
    """Seven questions: who, beyond one person's scope?, which account, which person, where with which roles, by which right."""

    dependencies = (("access", "0005_delegated_rights"), ("places", "0001_initial"))
    operations = (
        migrations.RunSQL([ACTING_AS], ["DROP FUNCTION acting_as()"]),
        migrations.RunSQL([ACTS_BEYOND], ["DROP FUNCTION acts_beyond()"]),
        migrations.RunSQL([ACTING_ACCOUNT], ["DROP FUNCTION acting_account()"]),
        migrations.RunSQL([ACTING_SUBJECT], ["DROP FUNCTION acting_subject()"]),
        migrations.RunSQL([ACTING_PATHS], ["DROP FUNCTION acting_paths(text[])"]),
        migrations.RunSQL([ACTING_EVERYWHERE], ["DROP FUNCTION acting_everywhere(text[])"]),
        migrations.RunSQL([HOLDS_GRANT], ["DROP FUNCTION holds_grant(bigint)"]),
    )
