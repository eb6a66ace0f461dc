"""What nobody further down can check waits at the nearest union above, also past places where all have to keep away."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("niangjia.kernel.cases.migrations.0007_what_waits")
SIGNATURE = "who bigint, desks bigint[], kinds text[], versions integer[], stages text[], roles text[], most integer"
TO_CHECK = "c.closed_at IS NULL AND c.waits_for = 'second'"
HOLDS = f"""
      FROM public.access_grant g JOIN public.access_account a ON a.id = g.account_id
      WHERE g.place_id = p.id AND g.role = ANY (string_to_array(way.roles, ',')) {BEFORE.IN_FORCE}
"""
CHECKS = f"{BEFORE.HERS_TO_CHECK} {BEFORE.HERS_TO_WORK_ON}"
# Two ways lead down from a desk. As long as no two people who might check work on the way, all that the one of them brought
# herself is found by who brought it (`lone`). Where somebody keeps away, the case says so, and those at every place between
# are looked at one by one (`kept`); places with such cases are found one after the other in their own small index.
ABOVE = f"""
CREATE OR REPLACE FUNCTION cases_waiting_above({SIGNATURE}) RETURNS SETOF cases_case {BEFORE.ASKED} $$
WITH RECURSIVE {BEFORE.ME},
  way AS MATERIALIZED (
    SELECT pool.roles, array_agg(pool.kind || ' ' || pool.version || ' ' || pool.stage) AS pools
    FROM unnest(kinds, versions, stages, roles) AS pool (kind, version, stage, roles) GROUP BY pool.roles),
  below AS (
    SELECT p.id, way.roles, way.pools, there.holders
    FROM desk JOIN public.places_place p ON p.parent_id = desk.id CROSS JOIN way
      CROSS JOIN LATERAL (SELECT ARRAY(SELECT DISTINCT g.account_id {HOLDS} LIMIT 2) AS holders) there
    WHERE cardinality(there.holders) <= 1
    UNION ALL
    SELECT p.id, way.roles, way.pools, there.holders
    FROM below way JOIN public.places_place p ON p.parent_id = way.id
      CROSS JOIN LATERAL (SELECT ARRAY(SELECT unnest(way.holders) UNION SELECT g.account_id {HOLDS} LIMIT 2) AS holders) there
    WHERE cardinality(there.holders) <= 1),
  few AS (SELECT * FROM below LIMIT 1000),
  lone AS (
    SELECT one.id FROM me CROSS JOIN few CROSS JOIN LATERAL (
      (SELECT c.id FROM public.cases_case c
        WHERE few.holders <> '{{}}' AND c.place_id = few.id AND c.maker_id = few.holders[1] AND {TO_CHECK}
          AND c.kind || ' ' || c.version || ' ' || c.stage = ANY (few.pools) {CHECKS}
        ORDER BY c.due_at, c.id LIMIT most)
      UNION ALL
      (SELECT c.id FROM public.cases_case c
        WHERE few.holders = '{{}}' AND c.place_id = few.id AND {TO_CHECK}
          AND c.kind || ' ' || c.version || ' ' || c.stage = ANY (few.pools) {CHECKS}
        ORDER BY c.due_at, c.id LIMIT most)) one),
  narrow AS (
    (SELECT c.place_id FROM public.cases_case c WHERE {TO_CHECK} AND c.is_kept_from ORDER BY c.place_id LIMIT 1)
    UNION ALL
    SELECT (SELECT c.place_id FROM public.cases_case c
      WHERE {TO_CHECK} AND c.is_kept_from AND c.place_id > narrow.place_id ORDER BY c.place_id LIMIT 1)
    FROM narrow WHERE narrow.place_id IS NOT NULL),
  kept AS (
    SELECT c.id FROM me CROSS JOIN desk
      JOIN public.places_place p ON p.path ^@ desk.path AND p.id <> desk.id
      JOIN narrow ON narrow.place_id = p.id
      JOIN public.cases_case c ON c.place_id = p.id AND {TO_CHECK} AND c.is_kept_from
      JOIN way ON c.kind || ' ' || c.version || ' ' || c.stage = ANY (way.pools)
    WHERE true {CHECKS}
      AND NOT EXISTS (
        SELECT FROM public.access_grant g JOIN public.access_account a ON a.id = g.account_id
          JOIN public.places_place held ON held.id = g.place_id
        WHERE g.place_id = ANY (string_to_array(trim(BOTH '.' FROM p.path), '.')::bigint[])
          AND held.path ^@ desk.path AND held.id <> desk.id
          AND g.role = ANY (string_to_array(way.roles, ',')) AND g.account_id IS DISTINCT FROM c.maker_id {BEFORE.IN_FORCE}
          AND NOT EXISTS (SELECT FROM public.cases_barred b WHERE b.case_id = c.id AND b.account_id = g.account_id)
          AND NOT EXISTS (SELECT FROM public.cases_party y WHERE y.case_id = c.id AND y.subject_id = a.subject_id))
    ORDER BY c.due_at, c.id LIMIT most)
SELECT c.* FROM public.cases_case c
WHERE c.id IN (SELECT lone.id FROM lone UNION SELECT kept.id FROM kept)
ORDER BY c.due_at, c.id LIMIT most
$$
"""


class Migration(migrations.Migration):
    """One question of the first page, asked better."""

    dependencies = (("cases", "0011_to_check_found_by_index"),)
    operations = (migrations.RunSQL(ABOVE, BEFORE.ABOVE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),)
