"""A draft whose move is made keeps since when, and no words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column that may stay empty."""

    dependencies = (("case_drafts", "0002_walls"),)
    operations = (
        migrations.AddField(model_name="draft", name="dropped_at", field=models.DateTimeField(null=True)),
    )
