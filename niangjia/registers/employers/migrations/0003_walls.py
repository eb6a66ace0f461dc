"""Employers stand behind walls."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.registers.employers.walls import FIRST

# Asked by the wall of what covers an employer, which may not ask the employer's own wall: that one asks it.
PLACE_OF_EMPLOYER = """
CREATE FUNCTION place_of_employer(employer bigint) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.place_id FROM public.employers_employer e WHERE e.id = employer
$$
"""


class Migration(migrations.Migration):
    """Forced row security."""

    dependencies = (("employers", "0002_initial"), ("orgs", "0002_walls"))
    operations = (
        migrations.RunSQL([PLACE_OF_EMPLOYER], ["DROP FUNCTION place_of_employer(bigint)"]),
        migrations.RunSQL(built(FIRST), torn_down(FIRST)),
    )
