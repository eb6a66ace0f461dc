"""Lost phones beside their cases, and when a phone was last used."""

import django.db.models.deletion
from django.db import migrations, models

import niangjia.kernel.clock.reading


class Migration(migrations.Migration):
    """Two tables."""

    initial = True
    dependencies = (
        ("cases", "0018_steps_judged_by_the_owner"),
        ("people", "0001_initial"),
        ("places", "0001_initial"),
    )
    operations = (
        migrations.CreateModel(
            name="PhoneUse",
            fields=[
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.subject",
                    ),
                ),
                ("city", models.CharField(max_length=6)),
                ("used_on", models.DateField(default=niangjia.kernel.clock.reading.today)),
            ],
        ),
        migrations.CreateModel(
            name="Regaining",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="regaining",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("city", models.CharField(max_length=6)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("phone_blind", models.BinaryField(max_length=16, null=True)),
                ("paper", models.CharField(max_length=16)),
                ("why", models.CharField(max_length=16)),
                ("author", models.CharField(max_length=160)),
                ("settled_at", models.DateTimeField(null=True)),
                ("handed_at", models.DateTimeField(null=True)),
                ("proved_at", models.DateTimeField(null=True)),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.subject"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("person",),
                        name="regaining_open_once",
                        violation_error_message="这个人已经有一件在办。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proved_at", None), ("handed_at__isnull", False), _connector="OR"),
                        name="regaining_handed_before_proved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("handed_at", None), ("settled_at__isnull", False), _connector="OR"),
                        name="regaining_handed_is_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paper__in", ["id_card", "passport", "permit", "social_card"]),
                            ("why__in", ["lost", "stolen", "broken", "number_gone"]),
                        ),
                        name="regaining_words_known",
                    ),
                ],
            },
        ),
    )
