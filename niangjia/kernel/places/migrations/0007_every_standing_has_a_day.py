"""Every standing has its first day; what finds it by place and day finds it by place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, and an index less."""

    dependencies = (("places", "0006_one_standing_from_a_day"),)
    operations = (
        migrations.AlterField("placestanding", "since", models.DateField()),
        migrations.AlterField(
            "placestanding",
            "place",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="standings",
                to="places.place",
            ),
        ),
    )
