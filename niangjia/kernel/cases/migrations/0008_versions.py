"""What each version of a workflow said when it was wired; the owner alone writes it."""

from django.db import migrations, models

REVOKE = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'niangjia_app') THEN
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON cases_version FROM niangjia_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [('cases', '0007_what_waits')]

    operations = [
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32)),
                ('version', models.IntegerField()),
                ('fingerprint', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='version_once')],
            },
        ),
        migrations.RunSQL(REVOKE, migrations.RunSQL.noop),
    ]
