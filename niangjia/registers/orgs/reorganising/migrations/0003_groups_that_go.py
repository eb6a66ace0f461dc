"""Groups of a union's own members may go along when it is split."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Which groups go, by their keys; none for every plan before."""

    dependencies = (("reorganising", "0002_walls"),)
    operations = (migrations.AddField("reorganisation", "groups", models.JSONField(default=list, db_default=models.Value([], output_field=models.JSONField()))),)
