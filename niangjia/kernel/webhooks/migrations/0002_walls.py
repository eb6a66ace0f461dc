"""Subscriptions stand behind a wall; whoever acts can have asked, by one function, whether anybody listens."""

from django.db import migrations

from niangjia.kernel.acting.walls import built, torn_down
from niangjia.kernel.webhooks.walls import WALLS

WANTED = """
CREATE FUNCTION webhooks_wanted(happened_at bigint, event text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM public.webhooks_subscription s JOIN public.places_place above ON above.id = s.place_id
    WHERE s.state = 'active' AND s.events ? event
      AND (SELECT p.path FROM public.places_place p WHERE p.id = happened_at) ^@ above.path
  )
$$
"""


class Migration(migrations.Migration):
    """Forced row security, and one question that passes it."""

    dependencies = (("webhooks", "0001_subscriptions"), ("access", "0006_who_acts"))
    operations = (
        migrations.RunSQL(built(WALLS), torn_down(WALLS)),
        migrations.RunSQL([WANTED], ["DROP FUNCTION webhooks_wanted(bigint, text)"]),
    )
