"""A union in preparation becomes a normal one by an approval alone: the database refuses it where none lies (批复)."""

from django.db import migrations

from niangjia.registers.founding.triggers import BUILT, TORN_DOWN


class Migration(migrations.Migration):
    """What the database itself refuses of unions."""

    dependencies = (("founding", "0002_walls"), ("orgs", "0006_in_preparation_without_code"))
    operations = (migrations.RunSQL(BUILT, TORN_DOWN),)
