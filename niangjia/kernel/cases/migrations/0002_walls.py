"""Whose case it is, where it is held, who keeps away from it: asked by the walls, answered by the owner; and the walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.cases.walls import WALLS

ASKED = "LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS"
IS_MINE = f"""
CREATE FUNCTION case_is_mine(one bigint, who bigint) RETURNS boolean {ASKED} $$
BEGIN
  RETURN who IS NOT NULL AND EXISTS (SELECT FROM public.cases_party y WHERE y.case_id = one AND y.subject_id = who);
END $$
"""
IS_BARRED = f"""
CREATE FUNCTION case_is_barred(one bigint, who bigint) RETURNS boolean {ASKED} $$
BEGIN
  RETURN who IS NOT NULL AND EXISTS (SELECT FROM public.cases_barred b WHERE b.case_id = one AND b.account_id = who);
END $$
"""
IS_AT_DESK = f"""
CREATE FUNCTION case_is_at_desk(one bigint, paths text[], who bigint) RETURNS boolean {ASKED} $$
BEGIN
  RETURN paths <> '{{}}' AND EXISTS (
    SELECT FROM public.cases_holding h JOIN public.places_place p ON p.id = h.place_id
    WHERE h.case_id = one AND h.until IS NULL AND p.path ^@ ANY (paths)) AND NOT public.case_is_barred(one, who);
END $$
"""
KNOWS_WHO = f"""
CREATE FUNCTION case_knows_who(one bigint, paths text[], who bigint) RETURNS boolean {ASKED} $$
BEGIN
  RETURN paths <> '{{}}' AND EXISTS (
    SELECT FROM public.cases_holding h JOIN public.places_place p ON p.id = h.place_id
    WHERE h.case_id = one AND h.until IS NULL AND h.knows_who AND p.path ^@ ANY (paths))
    AND NOT public.case_is_barred(one, who);
END $$
"""
FUNCTIONS = (
    (IS_MINE, "DROP FUNCTION case_is_mine(bigint, bigint)"),
    (IS_BARRED, "DROP FUNCTION case_is_barred(bigint, bigint)"),
    (IS_AT_DESK, "DROP FUNCTION case_is_at_desk(bigint, text[], bigint)"),
    (KNOWS_WHO, "DROP FUNCTION case_knows_who(bigint, text[], bigint)"),
)
# The owner alone says which changes there are.
REVOKE = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON cases_change FROM niangjia_app;
  END IF;
END $$;
"""
GIVE_BACK = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    GRANT INSERT, UPDATE, DELETE ON cases_change TO niangjia_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    """Four questions, the walls that ask them, and the rights to the table of changes."""

    dependencies = (("cases", "0001_cases"), ("access", "0008_password_age_by_the_one_clock"))
    operations = (
        *(migrations.RunSQL(made, gone) for made, gone in FUNCTIONS),
        migrations.RunSQL(built(WALLS), torn_down(WALLS)),
        migrations.RunSQL(REVOKE, GIVE_BACK),
    )
