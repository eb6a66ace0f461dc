"""What waits for who acts, answered by the owner: its scope is asked once for a desk, and not once for a row."""

from django.db import migrations

ASKED = "LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS"
# Whoever acts is asked about herself; about another only in work beyond one person's scope.
ME = """
  asked AS MATERIALIZED (SELECT CASE WHEN public.acts_beyond() THEN who ELSE public.acting_account() END AS account),
  me AS MATERIALIZED (
    SELECT asked.account, (SELECT a.subject_id FROM public.access_account a WHERE a.id = asked.account) AS subject,
      public.acting_paths('{cadre,chair,officer}') AS paths, public.acts_beyond() AS beyond FROM asked),
  desk AS MATERIALIZED (
    SELECT p.id, p.path FROM me, public.places_place p
    WHERE p.id = ANY (desks) AND (me.beyond OR p.path ^@ ANY (me.paths)))
"""
# Who keeps away does not meet it; nobody works on her own; nobody checks what she brought there, or speaks twice.
HERS_TO_WORK_ON = """
      AND NOT EXISTS (SELECT FROM public.cases_barred b WHERE b.case_id = c.id AND b.account_id = me.account)
      AND NOT EXISTS (SELECT FROM public.cases_party y WHERE y.case_id = c.id AND y.subject_id = me.subject)
"""
HERS_TO_CHECK = """
      AND c.maker_id IS DISTINCT FROM me.account
      AND NOT EXISTS (SELECT FROM public.cases_decision v
        WHERE v.case_id = c.id AND v.round = c.round AND v.account_id = me.account)
"""
IN_FORCE = """
      AND a.is_active AND g.revoked_at IS NULL AND g.valid_from <= (now() AT TIME ZONE 'Asia/Shanghai')::date
      AND (g.valid_to IS NULL OR g.valid_to >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
"""
WAITING = f"""
CREATE FUNCTION cases_waiting(who bigint, desks bigint[], kinds text[], most integer) RETURNS SETOF cases_case {ASKED} $$
WITH {ME}
SELECT hers.* FROM me CROSS JOIN LATERAL (
  SELECT c.* FROM public.cases_case c JOIN public.places_place p ON p.id = c.place_id
  WHERE c.handler_id = me.account AND c.closed_at IS NULL AND c.waits_for IN ('handler', 'returned')
      AND c.kind = ANY (kinds) AND (me.beyond OR p.path ^@ ANY (me.paths)) {HERS_TO_WORK_ON}
  ORDER BY c.due_at, c.id LIMIT most) hers
UNION ALL
SELECT there.* FROM unnest('{{desk,second}}'::text[]) waits CROSS JOIN LATERAL (
  SELECT one.* FROM me CROSS JOIN desk CROSS JOIN unnest(kinds) kind CROSS JOIN LATERAL (
    SELECT c.* FROM public.cases_case c
    WHERE c.place_id = desk.id AND c.waits_for = waits AND c.kind = kind.kind AND c.closed_at IS NULL
      AND (waits = 'desk' OR (true {HERS_TO_CHECK})) {HERS_TO_WORK_ON}
    ORDER BY c.due_at, c.id LIMIT most) one
  ORDER BY one.due_at, one.id LIMIT most) there
$$
"""
# Places are walked downwards as long as nobody, or one person, works there: beyond these somebody else checks.
ABOVE = f"""
CREATE FUNCTION cases_waiting_above(who bigint, desks bigint[], kinds text[], versions integer[], stages text[], roles text[], most integer)
RETURNS SETOF cases_case {ASKED} $$
WITH RECURSIVE {ME},
  below AS (
    SELECT p.id, p.path, desk.path AS desk FROM desk JOIN public.places_place p ON p.parent_id = desk.id
    UNION ALL
    SELECT p.id, p.path, below.desk FROM below JOIN public.places_place p ON p.parent_id = below.id
    WHERE (SELECT count(DISTINCT g.account_id) FROM public.access_grant g JOIN public.access_account a ON a.id = g.account_id
      WHERE g.place_id = below.id AND g.role IN ('cadre', 'chair', 'officer') {IN_FORCE}) <= 1),
  few AS (SELECT * FROM below LIMIT 1000)
SELECT one.* FROM me CROSS JOIN few CROSS JOIN LATERAL (
    SELECT c.* FROM public.cases_case c
    WHERE c.place_id = few.id AND c.waits_for = 'second' AND c.closed_at IS NULL {HERS_TO_CHECK} {HERS_TO_WORK_ON}
    LIMIT most) one
  JOIN unnest(kinds, versions, stages, roles) AS pool (kind, version, stage, roles)
    ON (pool.kind, pool.version, pool.stage) = (one.kind, one.version, one.stage)
WHERE NOT EXISTS (
  SELECT FROM public.access_grant g JOIN public.access_account a ON a.id = g.account_id
    JOIN public.places_place held ON held.id = g.place_id
  WHERE g.place_id = ANY (string_to_array(trim(BOTH '.' FROM few.path), '.')::bigint[])
      AND held.path ^@ few.desk AND held.path <> few.desk
      AND g.role = ANY (string_to_array(pool.roles, ',')) AND g.account_id IS DISTINCT FROM one.maker_id {IN_FORCE}
      AND NOT EXISTS (SELECT FROM public.cases_barred b WHERE b.case_id = one.id AND b.account_id = g.account_id))
ORDER BY one.due_at, one.id LIMIT most
$$
"""


class Migration(migrations.Migration):
    """Two questions of the first page."""

    dependencies = (("cases", "0006_waits_by_kind"), ("access", "0008_password_age_by_the_one_clock"))
    operations = (
        migrations.RunSQL(WAITING, "DROP FUNCTION cases_waiting(bigint, bigint[], text[], integer)"),
        migrations.RunSQL(
            ABOVE, "DROP FUNCTION cases_waiting_above(bigint, bigint[], text[], integer[], text[], text[], integer)"
        ),
    )
