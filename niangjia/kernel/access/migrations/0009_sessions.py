"""Whose a session is stands beside it, and one question at the door tells all that a request begins with.

The table before this one knew no accounts; who was signed in then signs in anew.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Nobody is known before the session is read, so who acts is named in between, before rights are asked for. It runs with the
# rights of who calls it: what the application may not read is not read here either.
COME_IN = """
CREATE FUNCTION come_in(
  key text, OUT before text, OUT since timestamptz, OUT named text, OUT content text, OUT account access_account,
  OUT active_at timestamptz, OUT rights text
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  kept record;
  today date;
BEGIN
  before := current_setting('niangjia.actor', true);
  since := clock_timestamp();
  named := 'anonymous';
  SELECT s.session_data, s.account_id, s.opened_id, s.is_by_phone INTO kept FROM public.access_session s
  WHERE s.session_key = key AND s.expire_date > since;
  content := kept.session_data;
  SELECT a.* INTO account FROM public.access_account a WHERE a.id = kept.account_id AND a.is_active;
  IF account.id IS NOT NULL THEN
    named := account.id || CASE WHEN kept.is_by_phone THEN ':own' ELSE '' END;
  END IF;
  PERFORM set_config('niangjia.actor', named, true);
  IF account.id IS NULL THEN
    RETURN;
  END IF;
  SELECT o.last_active_at INTO active_at FROM public.access_opensession o
  WHERE o.id = kept.opened_id AND o.account_id = account.id;
  today := (since AT TIME ZONE 'Asia/Shanghai')::date;
  SELECT jsonb_agg(jsonb_build_array(g.role, g.place_id, p.path) ORDER BY g.id) INTO rights
  FROM public.access_grant g JOIN public.places_place p ON p.id = g.place_id
  WHERE g.account_id = account.id AND g.revoked_at IS NULL
    AND g.valid_from <= today AND (g.valid_to IS NULL OR g.valid_to >= today);
END $$
"""


class Migration(migrations.Migration):
    """The table of sessions, and the question at the door."""

    dependencies = (("access", "0008_password_age_by_the_one_clock"),)
    operations = (
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("opened_id", models.UUIDField(null=True)),
                ("is_by_phone", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.RunSQL(["DROP TABLE IF EXISTS django_session"], migrations.RunSQL.noop),
        migrations.RunSQL([COME_IN], ["DROP FUNCTION come_in(text)"]),
    )
