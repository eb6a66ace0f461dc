"""Unions are found by pinyin and initials of their names."""

from django.db import migrations

from niangjia.kernel.search.sounds import column_of


class Migration(migrations.Migration):
    """A column that PostgreSQL fills by itself."""

    dependencies = (("orgs", "0002_walls"), ("search", "0001_sounds"))
    operations = (migrations.RunSQL(*column_of("orgs_union")),)
