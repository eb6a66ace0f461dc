"""A membership may come to a union because the union it was in was merged, split or dissolved (随工会调整): the old list goes."""

from django.db import migrations


class Migration(migrations.Migration):
    """The constraint that knows too little goes; the next migration brings the one that knows one kind more."""

    dependencies = (("members", "0016_found_by_sound_and_birth"),)
    operations = (migrations.RemoveConstraint(model_name="membership", name="membership_kind_known"),)
