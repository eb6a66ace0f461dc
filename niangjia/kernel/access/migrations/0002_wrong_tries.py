"""Wrong tries are counted by account name, so that a lock stands on the account and not on an address."""

import niangjia.kernel.clock.reading
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="WrongTries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("login_index", models.BinaryField(max_length=32, unique=True)),
                ("number", models.PositiveSmallIntegerField(default=0)),
                ("last_at", models.DateTimeField(db_index=True, default=niangjia.kernel.clock.reading.now)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
        ),
    ]
