"""The faults workbook of a long file is made in the background."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Five columns."""

    dependencies = (("intake", "0003_undone_in_background"), migrations.swappable_dependency(settings.AUTH_USER_MODEL))
    operations = (
        migrations.AddField(
            "import",
            "faults_state",
            models.CharField(
                blank=True,
                choices=[("making", "正在做"), ("ready", "做好了"), ("failed", "没有做成")],
                db_default="",
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            "import", "faults_stored_as", models.CharField(blank=True, db_default="", default="", max_length=64)
        ),
        migrations.AddField(
            "import", "faults_made_of", models.CharField(blank=True, db_default="", default="", max_length=32)
        ),
        migrations.AddField("import", "faults_rows", models.BigIntegerField(db_default=0, default=0)),
        migrations.AddField(
            "import",
            "faults_by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    )
