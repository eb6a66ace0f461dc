"""Up to which block the anchors of a city were written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the list of what was anchored."""

    dependencies = (("journal", "0005_the_floor_goes_after_release"),)
    operations = (
        migrations.CreateModel(
            name="Anchored",
            fields=[
                ("city", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
    )
