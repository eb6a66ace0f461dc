"""Room for one more measure of parameters."""

from django.db import migrations


class Migration(migrations.Migration):
    """The list of measures is taken away, to be written anew by the next step."""

    dependencies = (("dated", "0002_public_days_and_parameters"),)
    operations = (migrations.RemoveConstraint(model_name="localparameter", name="parameter_unit_known"),)
