"""Actions on many rows that go on in the background."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import niangjia.kernel.clock.reading


class Migration(migrations.Migration):
    """One table."""

    dependencies = (("places", "__first__"), migrations.swappable_dependency(settings.AUTH_USER_MODEL))
    operations = (
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("city", models.CharField(max_length=6)),
                ("listing", models.CharField(max_length=48)),
                ("action", models.CharField(max_length=48)),
                ("value", models.CharField(max_length=128)),
                ("agreed", models.CharField(max_length=32)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("total", models.IntegerField()),
                ("handled", models.IntegerField(default=0)),
                ("changed", models.IntegerField(default=0)),
                ("left", models.JSONField(default=dict)),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("why", models.CharField(blank=True, max_length=16)),
                ("began_at", models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
            ],
            options={
                "constraints": (
                    models.CheckConstraint(
                        condition=Q(state__in=["waiting", "running", "done", "stopped"]), name="run_state_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at=None, state__in=["running", "waiting"])
                        | Q(ended_at__isnull=False, state__in=["done", "stopped"], keys=[]),
                        name="run_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            handled__gte=0, handled__lte=models.F("total"), changed__gte=0, changed__lte=models.F("handled")
                        ),
                        name="run_counts_add_up",
                    ),
                    models.UniqueConstraint(
                        fields=["account", "listing", "agreed"], condition=Q(ended_at=None), name="run_begun_once"
                    ),
                ),
            },
        ),
    )
