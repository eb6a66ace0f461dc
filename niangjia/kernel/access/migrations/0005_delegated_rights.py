"""An account has a place whose administrators keep it; a right may hang on the right it was delegated from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0004_passwords_age"), ("places", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="place",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="places.place"
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="delegated_from",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="delegated", to="access.grant"
            ),
        ),
    ]
