"""PostgreSQL knows how names of organisations sound."""

from django.db import migrations

from niangjia.kernel.search.sounds import function


class Migration(migrations.Migration):
    """The function that columns of sounds are worked out by."""

    initial = True
    dependencies = ()
    operations = (migrations.RunSQL([function()], ["DROP FUNCTION sounds_of(text)"]),)
