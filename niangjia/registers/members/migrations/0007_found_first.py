"""The few that a search means most, without looking at everybody of that name.

As `members_found`, with an end to it: whoever bears the whole name comes first, and nobody is looked at beyond what was
asked for. Where the actor keeps few members these are gone through, otherwise the index of names is.
"""

from django.db import migrations

from niangjia.kernel.acting.walls import paths_of
from niangjia.registers.members.rules.moves import SEE_MEMBERS

FEW_PLACES, FEW_MEMBERS = 500, 3_000
MEANT = """(found.name_keys @> keys
        OR (beginning <> '' AND found.name_sort >= beginning AND found.name_sort < beginning || '{')
        ) AND (part = '' OR strpos(found.name, part) > 0) AND found.erased_at IS NULL"""
HERE = """(all_of_them OR EXISTS (
        SELECT FROM public.members_membership m JOIN public.places_place p ON p.id = m.union_id
        WHERE m.person_id = found.subject_id AND p.path ^@ ANY (paths) AND p.path ^@ ANY (inside)))"""
MEMBERS_FOUND_FIRST = f"""
CREATE OR REPLACE FUNCTION members_found_first(
  keys text[], part text, beginning text, whole text, inside text[], most integer
) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  all_of_them boolean := public.acts_beyond() AND '' = ANY (inside);
  paths text[] := CASE WHEN public.acts_beyond() THEN inside ELSE {paths_of(SEE_MEMBERS.roles)} END;
  places bigint[];
  persons bigint[];
  named bigint[];
BEGIN
  IF NOT all_of_them THEN
    SELECT array_agg(p.id) INTO places FROM (
      SELECT q.id FROM public.places_place q WHERE q.path ^@ ANY (paths) AND q.path ^@ ANY (inside) LIMIT {FEW_PLACES} + 1
    ) p;
    IF places IS NULL THEN RETURN; END IF;
    IF cardinality(places) <= {FEW_PLACES} THEN
      SELECT array_agg(m.person_id) INTO persons FROM (
        SELECT n.person_id FROM public.members_membership n WHERE n.union_id = ANY (places) LIMIT {FEW_MEMBERS} + 1
      ) m;
      IF persons IS NULL THEN RETURN; END IF;
      IF cardinality(persons) <= {FEW_MEMBERS} THEN
        RETURN QUERY
          SELECT found.subject_id FROM public.members_person found
          WHERE found.subject_id = ANY (persons) AND {MEANT}
          ORDER BY (whole <> '' AND (found.name = whole OR found.name_sort = whole)) DESC, found.name_sort, found.subject_id
          LIMIT most;
        RETURN;
      END IF;
    END IF;
  END IF;
  IF whole <> '' THEN
    SELECT array_agg(f.subject_id) INTO named FROM (
      SELECT found.subject_id FROM public.members_person found
      WHERE (found.name = whole OR found.name_sort = whole) AND {MEANT} AND {HERE} LIMIT most
    ) f;
    RETURN QUERY SELECT unnest(named);
  END IF;
  RETURN QUERY
    SELECT found.subject_id FROM public.members_person found
    WHERE {MEANT} AND {HERE} AND NOT coalesce(found.subject_id = ANY (named), false)
    LIMIT most - coalesce(cardinality(named), 0);
END $$
"""  # noqa: S608 - made of our own constants


class Migration(migrations.Migration):
    """One question: who has these keys in the name, the best few first."""

    dependencies = (("members", "0006_erased_index"),)
    operations = (
        migrations.RunSQL(
            [MEMBERS_FOUND_FIRST],
            ["DROP FUNCTION members_found_first(text[], text, text, text, text[], integer)"],
        ),
    )
