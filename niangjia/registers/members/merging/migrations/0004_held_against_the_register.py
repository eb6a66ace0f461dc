"""Somebody new is held against the whole register by the owner: planned once for a connection, no wall asked row by row.

Candidates are told to the program that asks who is one person, and to the operator, who pass every wall anyway; anybody who acts
for herself is refused. What is counted is told to work beyond one person's scope alone.
"""

from django.db import migrations

OF_THE_OWNER = """LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column"""
# Each whom a newcomer may be once, however many of her keys name him.
CANDIDATES = f"""
CREATE FUNCTION same_person_candidates(
  numbered integer[], numbers bytea[], phoned integer[], phones bytea[], born integer[], sounds text[], days date[], family integer
) RETURNS TABLE (
  n integer, subject_id bigint, name text, id_kind text, birth_on date, sex text, phone_blind bytea, key_blind bytea, workplace text,
  unions text[]
) ROWS 100 {OF_THE_OWNER}
BEGIN
  IF public.acting_as() NOT IN ('operator', 'program:same_person') THEN
    RAISE insufficient_privilege USING MESSAGE = 'who in the register somebody may be is told to the program alone';
  END IF;
  RETURN QUERY
    SELECT met.n, p.subject_id, p.name::text, p.id_kind::text, p.birth_on, p.sex::text, p.phone_blind, s.key_blind, p.workplace::text,
      ARRAY(SELECT u.name::text FROM public.members_membership m JOIN public.orgs_union u ON u.place_id = m.union_id
        WHERE m.person_id = p.subject_id ORDER BY m.id)
    FROM (
      SELECT k.n, o.id AS subject_id FROM unnest(numbered, numbers) k(n, key) JOIN public.people_subject o ON o.key_blind = k.key
      UNION
      SELECT k.n, o.subject_id FROM unnest(phoned, phones) k(n, key) CROSS JOIN LATERAL (
        SELECT q.subject_id FROM public.members_person q WHERE q.phone_blind = k.key AND q.erased_at IS NULL LIMIT family) o
      UNION
      SELECT k.n, o.subject_id FROM unnest(born, sounds, days) k(n, sound, day)
        JOIN public.members_person o ON o.name_sort = k.sound AND o.birth_on = k.day
    ) met
    JOIN public.members_person p ON p.subject_id = met.subject_id AND p.erased_at IS NULL
    JOIN public.people_subject s ON s.id = met.subject_id;
END $$
"""  # noqa: S608 - made of our own constants
# How many there are, without both; then how many have each sound, and each phone, counted in the index and no further than it matters.
COUNTS = f"""
CREATE FUNCTION same_person_counts(sounds text[], phones bytea[], commonest double precision, beside integer, family integer)
RETURNS TABLE (sound text, phone bytea, many bigint) ROWS 100 {OF_THE_OWNER}
DECLARE
  records bigint := (SELECT greatest(c.reltuples, 0)::bigint FROM pg_class c WHERE c.oid = 'public.members_person'::regclass);
  most bigint := ceil(commonest * (records + beside))::bigint;
BEGIN
  IF NOT public.acts_beyond() THEN
    RAISE insufficient_privilege USING MESSAGE = 'how many in the register share a name or a phone is told to the program alone';
  END IF;
  RETURN QUERY
    SELECT NULL::text, NULL::bytea, records
    UNION ALL
    SELECT k.sound, NULL, (SELECT count(*) FROM (SELECT FROM public.members_person p WHERE p.name_sort = k.sound LIMIT most) alike)
    FROM unnest(sounds) k(sound)
    UNION ALL
    SELECT NULL, k.key, (SELECT count(*) FROM (SELECT FROM public.members_person p WHERE p.phone_blind = k.key LIMIT family + 1) shared)
    FROM unnest(phones) k(key);
END $$
"""  # noqa: S608 - made of our own constants


class Migration(migrations.Migration):
    """Two questions of the owner: who has one of these keys, and how common names and phones are."""

    dependencies = (("merging", "0003_consents_go_over"), ("members", "0018_kinds_of_coming"), ("access", "0007_walls"))
    operations = (
        migrations.RunSQL(
            [CANDIDATES],
            [
                "DROP FUNCTION same_person_candidates("
                "integer[], bytea[], integer[], bytea[], integer[], text[], date[], integer)"
            ],
        ),
        migrations.RunSQL(
            [COUNTS], ["DROP FUNCTION same_person_counts(text[], bytea[], double precision, integer, integer)"]
        ),
    )
