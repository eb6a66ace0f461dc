"""A code says what it is for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = (("phone_code", "0001_codes_to_phones"),)
    operations = (
        migrations.AddField(
            "phonecode",
            "wording",
            models.CharField(db_default="SIGN_IN_CODE", default="SIGN_IN_CODE", editable=False, max_length=24),
        ),
    )
