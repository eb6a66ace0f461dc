"""Second places with their days: what stands under one now stood there from its first day, as far as is known."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table of its own; rows for what is there already come with the next one."""

    dependencies = (("places", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            name="SecondStanding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "above",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_standings",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("place", "="), ("period", "&&")],
                        name="place_stands_second_once_a_day",
                        violation_error_message="这段时间里，它已经有第二上级了。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place", models.F("above")), _negated=True),
                        name="place_not_its_own_second",
                        violation_error_message="第二上级不能是它自己。",
                    ),
                ],
            },
        ),
    )
