"""Who asked for an employer."""

from django.db import migrations, models

import niangjia.kernel.clock.reading


class Migration(migrations.Migration):
    """One table; the wall follows."""

    initial = True
    dependencies = (("requests", "0002_walls"),)
    operations = (
        migrations.CreateModel(
            name="EmployerAsk",
            fields=[
                ("request", models.OneToOneField(on_delete=models.PROTECT, primary_key=True, related_name="asked_for_employer", serialize=False, to="requests.request")),
                ("city", models.CharField(max_length=6)),
                ("kind", models.CharField(choices=[("advice", "advice"), ("mediation", "mediation"), ("staying", "staying"), ("union", "union")], max_length=12)),
                ("phone_blind", models.BinaryField(max_length=16)),
                ("form_blind", models.BinaryField(max_length=16)),
                ("at", models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
            ],
            options={
                "indexes": [models.Index(fields=["phone_blind", "at"], name="employer_ask_by_phone")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["advice", "mediation", "staying", "union"])), name="employer_ask_kind_known"),
                    models.UniqueConstraint(fields=("form_blind",), name="employer_ask_once"),
                ],
            },
        ),
    )  # fmt: skip
