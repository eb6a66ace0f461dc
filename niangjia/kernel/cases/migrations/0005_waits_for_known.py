"""A case waits for somebody who is known, or for nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('cases', '0004_waits_found_by_index')]

    operations = [
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('waits_for__in', ['desk', 'handler', 'returned', 'second', 'asker', 'nobody'])), name='case_waits_for_known'),
        ),
    ]
