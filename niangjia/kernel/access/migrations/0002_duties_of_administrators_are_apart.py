import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='grant',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(models.Q(('role', 'worker'), _negated=True), ('revoked_at', None)), expressions=[('account', '='), (models.Case(models.When(role='audit_admin', then=models.Value(1)), models.When(role='security_admin', then=models.Value(2)), models.When(role='system_admin', then=models.Value(3)), default=models.Value(0), output_field=models.IntegerField()), '<>'), (models.Func('valid_from', 'valid_to', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='grant_duties_apart', violation_error_message='系统管理员、安全管理员、审计管理员要由不同的人担任，也不能兼办业务。'),
        ),
    ]
