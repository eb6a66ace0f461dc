"""Sessions that are open are rows: ended, they open nothing at the very next request."""

import uuid

import django.db.models.deletion
import niangjia.kernel.clock.reading
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_wrong_tries")]

    operations = [
        migrations.CreateModel(
            name="OpenSession",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("device", models.CharField(blank=True, max_length=32)),
                ("opened_at", models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ("last_active_at", models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
