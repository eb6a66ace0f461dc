"""A transfer has a last day; what nobody answered goes to the union above both ends."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three columns."""

    dependencies = (("members", "0018_kinds_of_coming"), ("orgs", "__first__"))
    operations = (
        migrations.AddField("transferproposal", "answer_by", models.DateField(null=True)),
        migrations.AddField("transferproposal", "went_up_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "transferproposal",
            "umpire",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orgs.union"
            ),
        ),
    )
