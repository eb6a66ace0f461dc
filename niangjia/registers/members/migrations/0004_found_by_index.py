"""Members are found by the index of names before their wall is asked: an index search that could tell of others may not
go before a wall, so the owner makes it, and answers with nobody but those the wall would show."""

from django.db import migrations

from niangjia.kernel.acting.walls import paths_of
from niangjia.registers.members.rules.moves import SEE_MEMBERS

MEMBERS_FOUND = f"""
CREATE OR REPLACE FUNCTION members_found(keys text[], part text, beginning text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  all_of_them boolean := public.acts_beyond();
  herself bigint := public.acting_subject();
  paths text[] := {paths_of(SEE_MEMBERS.roles)};
BEGIN
  RETURN QUERY
    SELECT found.subject_id FROM public.members_person found
    WHERE (found.name_keys @> keys
        OR (beginning <> '' AND found.name_sort >= beginning AND found.name_sort < beginning || '{{'))
      AND (part = '' OR strpos(found.name, part) > 0)
      AND (all_of_them OR found.subject_id = herself OR EXISTS (
        SELECT FROM public.members_membership m JOIN public.places_place p ON p.id = m.union_id
        WHERE m.person_id = found.subject_id AND p.path ^@ ANY (paths)));
END $$
"""


class Migration(migrations.Migration):
    """One question: who has these keys in the name, or a name that begins so."""

    dependencies = (("members", "0003_walls"),)
    operations = (migrations.RunSQL([MEMBERS_FOUND], ["DROP FUNCTION members_found(text[], text, text)"]),)
