"""A union in preparation has no credit code."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0005_in_preparation'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='union',
            constraint=models.CheckConstraint(condition=models.Q(('is_preparing', False), ('uscc', None), _connector='OR'), name='union_in_preparation_has_no_credit_code', violation_error_message='筹建中的工会还没有统一社会信用代码。上一级工会批复、登记法人以后再填。'),
        ),
    ]
