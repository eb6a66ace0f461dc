"""Parameters may be measured in steps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more measure."""

    dependencies = (("dated", "0003_measures_widen"),)
    operations = (
        migrations.AddConstraint(
            model_name="localparameter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    unit__in=[
                        "days",
                        "working_days",
                        "months",
                        "hours",
                        "fen",
                        "percent",
                        "count",
                        "bands",
                        "steps",
                    ]
                ),
                name="parameter_unit_known",
            ),
        ),
    )
