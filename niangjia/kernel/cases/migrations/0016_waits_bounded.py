"""What waits is told from indexes, bounded before a case is read: at desks, and above them place by place."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("niangjia.kernel.cases.migrations.0007_what_waits")
FORMER_ABOVE = import_module("niangjia.kernel.cases.migrations.0014_soonest_above").ABOVE
# Planned once for a connection: planning these takes longer than answering them.
PLANNED_ONCE = BEFORE.ASKED.replace("LANGUAGE sql", "LANGUAGE plpgsql").replace(
    "SET search_path", "SET plan_cache_mode = force_generic_plan SET search_path"
)
AT_DESKS = "who bigint, desks bigint[], kinds text[], several text[], most integer"
FURTHER_DOWN = "who bigint, desks bigint[], kinds text[], versions integer[], stages text[], roles text[], several text[], most integer"
TO_CHECK = "c.closed_at IS NULL AND c.waits_for = 'second'"
# What she keeps away from and what she asked for herself: few, found once, whatever waits.
AWAY = """
  away AS MATERIALIZED (
    SELECT b.case_id FROM me JOIN public.cases_barred b ON b.account_id = me.account
    UNION ALL SELECT y.case_id FROM me JOIN public.cases_party y ON y.subject_id = me.subject)
"""
HERS_TO_WORK_ON = "AND c.id NOT IN (SELECT away.case_id FROM away)"
# Only where several decide does a case still wait for others when one has spoken.
HERS_TO_CHECK = """AND c.maker_id IS DISTINCT FROM me.account AND NOT (c.kind = ANY (several) AND EXISTS (
        SELECT FROM public.cases_decision v WHERE v.case_id = c.id AND v.round = c.round AND v.account_id = me.account))"""
WAITING = f"""
CREATE FUNCTION cases_waiting({AT_DESKS}) RETURNS SETOF cases_case {PLANNED_ONCE} $$
#variable_conflict use_column
BEGIN RETURN QUERY
WITH {BEFORE.ME}, {AWAY}
SELECT hers.* FROM me CROSS JOIN LATERAL (
  SELECT c.* FROM public.cases_case c JOIN public.places_place p ON p.id = c.place_id
  WHERE c.handler_id = me.account AND c.closed_at IS NULL AND c.waits_for IN ('handler', 'returned')
      AND c.kind = ANY (kinds) AND (me.beyond OR p.path ^@ ANY (me.paths)) {HERS_TO_WORK_ON}
  ORDER BY c.due_at, c.id LIMIT most) hers
UNION ALL
SELECT there.* FROM unnest('{{desk,second}}'::text[]) waits CROSS JOIN LATERAL (
  SELECT k.* FROM (
    SELECT one.due_at, one.id FROM me CROSS JOIN desk CROSS JOIN unnest(kinds) kind CROSS JOIN LATERAL (
      SELECT c.due_at, c.id FROM public.cases_case c
      WHERE c.place_id = desk.id AND c.waits_for = waits AND c.kind = kind.kind AND c.closed_at IS NULL
        AND (waits = 'desk' OR (true {HERS_TO_CHECK})) {HERS_TO_WORK_ON}
      ORDER BY c.due_at, c.id LIMIT most) one
    ORDER BY one.due_at, one.id LIMIT most) soonest
    JOIN public.cases_case k ON k.id = soonest.id
  ORDER BY k.due_at, k.id) there;
END $$
"""


def _first(number: str) -> str:
    """The first so many that are to be checked at a spot: all of them where nobody works, else those its one person brought."""
    asked = f"{TO_CHECK} AND c.kind || ' ' || c.version || ' ' || c.stage = ANY (spot.pools) {HERS_TO_CHECK} {HERS_TO_WORK_ON}"
    return f"""
      (SELECT c.due_at, c.id FROM public.cases_case c
        WHERE spot.holder IS NULL AND c.place_id = spot.id AND {asked} ORDER BY c.due_at, c.id LIMIT {number})
      UNION ALL
      (SELECT c.due_at, c.id FROM public.cases_case c
        WHERE spot.holder IS NOT NULL AND c.place_id = spot.id AND c.maker_id = spot.holder AND {asked}
        ORDER BY c.due_at, c.id LIMIT {number})"""


# A spot is a place below a desk where, up to the desk, at most one person might check. Of each the first few are read; where
# the last of these is still among the soonest of all, that spot is read on, as far as there is room behind it.
# Where somebody keeps away, the case says so, and those who work on the way to it are looked at one by one (`kept`).
ABOVE = f"""
CREATE FUNCTION cases_waiting_above({FURTHER_DOWN}) RETURNS SETOF cases_case {PLANNED_ONCE} $$
#variable_conflict use_column
BEGIN RETURN QUERY
WITH RECURSIVE {BEFORE.ME}, {AWAY},
  way AS MATERIALIZED (
    SELECT string_to_array(pool.roles, ',') AS roles, array_agg(pool.kind || ' ' || pool.version || ' ' || pool.stage) AS pools
    FROM unnest(kinds, versions, stages, roles) AS pool (kind, version, stage, roles) GROUP BY pool.roles),
  every AS MATERIALIZED (
    SELECT ARRAY(SELECT DISTINCT unnest(way.roles) FROM way) AS roles, ARRAY(SELECT unnest(way.pools) FROM way) AS pools),
  below AS (
    SELECT p.id, there.held FROM desk JOIN public.places_place p ON p.parent_id = desk.id CROSS JOIN every
      CROSS JOIN LATERAL (SELECT ARRAY(
        SELECT g.role || ' ' || g.account_id FROM public.access_grant g JOIN public.access_account a ON a.id = g.account_id
        WHERE g.place_id = p.id AND g.role = ANY (every.roles) {BEFORE.IN_FORCE}) AS held) there
    WHERE there.held = '{{}}' OR EXISTS (SELECT FROM way WHERE 1 >= (
      SELECT count(DISTINCT split_part(one, ' ', 2)) FROM unnest(there.held) one WHERE split_part(one, ' ', 1) = ANY (way.roles)))
    UNION ALL
    SELECT p.id, there.held FROM below JOIN public.places_place p ON p.parent_id = below.id CROSS JOIN every
      CROSS JOIN LATERAL (SELECT below.held || ARRAY(
        SELECT g.role || ' ' || g.account_id FROM public.access_grant g JOIN public.access_account a ON a.id = g.account_id
        WHERE g.place_id = p.id AND g.role = ANY (every.roles) {BEFORE.IN_FORCE}) AS held) there
    WHERE there.held = '{{}}' OR EXISTS (SELECT FROM way WHERE 1 >= (
      SELECT count(DISTINCT split_part(one, ' ', 2)) FROM unnest(there.held) one WHERE split_part(one, ' ', 1) = ANY (way.roles)))),
  few AS MATERIALIZED (SELECT * FROM below LIMIT 1000),
  spot AS MATERIALIZED (
    SELECT row_number() OVER () AS number, each.* FROM (
      SELECT DISTINCT few.id, NULL::bigint AS holder, every.pools FROM few CROSS JOIN every
      WHERE few.held = '{{}}' AND cardinality(every.pools) > 0
      UNION ALL
      SELECT few.id, there.holders[1], array_agg(DISTINCT pool) FROM few CROSS JOIN way CROSS JOIN unnest(way.pools) pool
        CROSS JOIN LATERAL (SELECT ARRAY(
          SELECT DISTINCT split_part(one, ' ', 2)::bigint FROM unnest(few.held) one
          WHERE split_part(one, ' ', 1) = ANY (way.roles) LIMIT 2) AS holders) there
      WHERE few.held <> '{{}}' AND cardinality(there.holders) <= 1 GROUP BY few.id, there.holders[1]) each),
  enough AS MATERIALIZED (SELECT least(most, 8 + 2 * most / greatest(count(*), 1))::integer AS number FROM spot),
  head AS MATERIALIZED (
    SELECT spot.number, one.due_at, one.id, row_number() OVER (ORDER BY one.due_at, one.id) AS rank,
      row_number() OVER (PARTITION BY spot.number ORDER BY one.due_at, one.id) AS nth
    FROM me CROSS JOIN spot CROSS JOIN LATERAL ({_first("(SELECT enough.number FROM enough)")}) one),
  lone AS (
    SELECT DISTINCT both_of.due_at, both_of.id FROM (
      SELECT head.due_at, head.id FROM head WHERE head.rank <= most
      UNION ALL
      SELECT one.due_at, one.id FROM me
        CROSS JOIN (SELECT spot.*, head.nth + most - head.rank AS up_to FROM spot JOIN head ON head.number = spot.number CROSS JOIN enough
          WHERE head.nth = enough.number AND head.rank <= most) spot
        CROSS JOIN LATERAL ({_first("spot.up_to")}) one) both_of
    ORDER BY both_of.due_at, both_of.id LIMIT most),
  narrow AS (
    (SELECT c.place_id FROM public.cases_case c WHERE {TO_CHECK} AND c.is_kept_from ORDER BY c.place_id LIMIT 1)
    UNION ALL
    SELECT (SELECT c.place_id FROM public.cases_case c
      WHERE {TO_CHECK} AND c.is_kept_from AND c.place_id > narrow.place_id ORDER BY c.place_id LIMIT 1)
    FROM narrow WHERE narrow.place_id IS NOT NULL),
  near AS MATERIALIZED (
    SELECT p.id, there.accounts, there.subjects, there.roles FROM desk
      JOIN public.places_place p ON p.path ^@ desk.path AND p.id <> desk.id
      JOIN narrow ON narrow.place_id = p.id CROSS JOIN every
      CROSS JOIN LATERAL (
        SELECT array_agg(g.account_id) AS accounts, array_agg(a.subject_id) AS subjects, array_agg(g.role) AS roles
        FROM public.access_grant g JOIN public.access_account a ON a.id = g.account_id
        WHERE g.place_id = ANY (string_to_array(rtrim(substr(p.path, 1 + length(desk.path)), '.'), '.')::bigint[])
          AND g.role = ANY (every.roles) {BEFORE.IN_FORCE}) there
    WHERE there.accounts IS NOT NULL),
  kept AS (
    SELECT c.due_at, c.id FROM me CROSS JOIN near
      JOIN public.cases_case c ON c.place_id = near.id AND {TO_CHECK} AND c.is_kept_from
      JOIN way ON c.kind || ' ' || c.version || ' ' || c.stage = ANY (way.pools)
    WHERE true {HERS_TO_CHECK} {HERS_TO_WORK_ON}
      AND NOT EXISTS (
        SELECT FROM unnest(near.accounts, near.subjects, near.roles) AS there (account, subject, role)
        WHERE there.role = ANY (way.roles) AND there.account IS DISTINCT FROM c.maker_id
          AND NOT EXISTS (SELECT FROM public.cases_barred b WHERE b.case_id = c.id AND b.account_id = there.account)
          AND NOT EXISTS (SELECT FROM public.cases_party y WHERE y.case_id = c.id AND y.subject_id = there.subject))
    ORDER BY c.due_at, c.id LIMIT most)
SELECT k.* FROM (
    SELECT lone.due_at, lone.id FROM lone UNION SELECT kept.due_at, kept.id FROM kept ORDER BY due_at, id LIMIT most) soonest
  JOIN public.cases_case k ON k.id = soonest.id
ORDER BY k.due_at, k.id;
END $$
"""
FORMER_AT_DESKS = "cases_waiting(bigint, bigint[], text[], integer)"
FORMER_FURTHER_DOWN = "cases_waiting_above(bigint, bigint[], text[], integer[], text[], text[], integer)"
NEW_AT_DESKS = "cases_waiting(bigint, bigint[], text[], text[], integer)"
NEW_FURTHER_DOWN = "cases_waiting_above(bigint, bigint[], text[], integer[], text[], text[], text[], integer)"


class Migration(migrations.Migration):
    """Two questions of the first page, asked by other functions; the former ones go when nobody asks them."""

    dependencies = (("cases", "0015_waits_read_from_indexes_alone"),)
    operations = (
        migrations.RunSQL(WAITING, f"DROP FUNCTION {NEW_AT_DESKS}"),
        migrations.RunSQL(ABOVE, f"DROP FUNCTION {NEW_FURTHER_DOWN}"),
        migrations.RunSQL(
            f"DROP FUNCTION {FORMER_AT_DESKS}", BEFORE.WAITING
        ),
        migrations.RunSQL(
            f"DROP FUNCTION {FORMER_FURTHER_DOWN}", FORMER_ABOVE.replace("OR REPLACE ", "")
        ),
    )
