"""After thousands of rows came in at once, PostgreSQL is told what the tables hold; only their owner may have it look."""

from django.db import migrations

COUNTED_ANEW = """
CREATE FUNCTION counted_anew(tables text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE one text;
BEGIN
  FOREACH one IN ARRAY tables LOOP
    EXECUTE format('ANALYZE public.%I', one);
  END LOOP;
END $$
"""


class Migration(migrations.Migration):
    """One function: look at these tables anew."""

    dependencies = (("intake", "0001_initial"),)
    operations = (migrations.RunSQL([COUNTED_ANEW], ["DROP FUNCTION counted_anew(text[])"]),)
