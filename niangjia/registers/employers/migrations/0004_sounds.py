"""Employers are found by pinyin and initials of their names, and by an index-like look of the owner's.

A comparison that could tell of others may not go before a wall: so the owner compares, and answers with nobody's employers
but those that the wall would show.
"""

from django.db import migrations

from niangjia.kernel.acting.walls import paths_of
from niangjia.kernel.search.sounds import column_of
from niangjia.registers.employers.rules.moves import SEE_EMPLOYERS

ROLES = ",".join(sorted(SEE_EMPLOYERS.roles))
ADD, DROP = column_of("employers_employer")
EMPLOYERS_FOUND = f"""
CREATE OR REPLACE FUNCTION employers_found(patterns text[], credit_code text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  all_of_them boolean := public.acts_beyond() OR public.acting_everywhere('{{{ROLES}}}');
  paths text[] := {paths_of(SEE_EMPLOYERS.roles)};
BEGIN
  RETURN QUERY
    SELECT found.id FROM public.employers_employer found
    WHERE ((cardinality(patterns) > 0 AND found.sounds LIKE ALL (patterns)) OR found.uscc = credit_code)
      AND (all_of_them
        OR EXISTS (SELECT FROM public.places_place p WHERE p.id = found.place_id AND p.path ^@ ANY (paths))
        OR EXISTS (SELECT FROM public.employers_coverage c JOIN public.places_place p ON p.id = c.union_id
                   WHERE c.employer_id = found.id AND c.valid_to IS NULL AND p.path ^@ ANY (paths)));
END $$
"""  # noqa: S608 - made of our own constants


class Migration(migrations.Migration):
    """A column that PostgreSQL fills by itself, and one question."""

    dependencies = (("employers", "0003_walls"), ("search", "0001_sounds"))
    operations = (
        migrations.RunSQL(ADD, DROP),
        migrations.RunSQL([EMPLOYERS_FOUND], ["DROP FUNCTION employers_found(text[], text)"]),
    )
