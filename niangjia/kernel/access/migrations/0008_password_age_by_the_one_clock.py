"""Since when a password is in force is told by the program's one clock; the database filled in the rows that were there."""

import niangjia.kernel.clock.reading
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0007_walls")]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="password_set_at",
            field=models.DateTimeField(default=niangjia.kernel.clock.reading.now),
        ),
    ]
