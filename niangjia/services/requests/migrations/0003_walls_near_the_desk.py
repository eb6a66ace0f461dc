"""Whether a request is held near a desk: asked by its walls, answered by the owner; and the walls built anew."""

from django.db import migrations

from niangjia.kernel.acting.walls import built
from niangjia.services.requests.walls import NEAR, WIDE

IS_AT_DESK = """
CREATE FUNCTION request_is_at_desk(one bigint, paths text[], who bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN paths <> '{}' AND EXISTS (
    SELECT FROM public.cases_holding h JOIN public.places_place p ON p.id = h.place_id
    JOIN public.places_place desk ON desk.path = ANY (paths) AND p.path ^@ desk.path
    WHERE h.case_id = one AND h.until IS NULL
      AND (desk.id = p.id OR desk.level NOT IN ('nation', 'province', 'city')))
    AND NOT public.case_is_barred(one, who);
END $$
"""


class Migration(migrations.Migration):
    """One question, and three walls that ask it."""

    dependencies = (("requests", "0002_walls"), ("cases", "0008_versions"))
    operations = (
        # Taken back, the walls no longer ask before the question goes.
        migrations.RunSQL(IS_AT_DESK, "DROP FUNCTION request_is_at_desk(bigint, text[], bigint)"),
        migrations.RunSQL(built(NEAR), built(WIDE)),
    )
