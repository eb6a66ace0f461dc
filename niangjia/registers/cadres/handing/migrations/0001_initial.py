import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cadres', '0001_initial'),
        ('orgs', '0006_in_preparation_without_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('left_on', models.DateField()),
                ('opened_on', models.DateField()),
                ('due_on', models.DateField()),
                ('given_at', models.DateTimeField(null=True)),
                ('given_because', models.CharField(blank=True, default='', max_length=128)),
                ('taken_at', models.DateTimeField(null=True)),
                ('taken_because', models.CharField(blank=True, default='', max_length=128)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incoming', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.cadre')),
                ('outgoing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cadres.cadre')),
                ('outgoing_account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.union')),
            ],
        ),
        migrations.CreateModel(
            name='HandoverItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('thing', models.CharField(max_length=16)),
                ('given', models.CharField(default='open', max_length=8)),
                ('given_note', models.CharField(blank=True, default='', max_length=128)),
                ('taken', models.CharField(default='open', max_length=8)),
                ('taken_note', models.CharField(blank=True, default='', max_length=128)),
                ('settled_on', models.DateField(null=True)),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='handing.handover')),
            ],
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(fields=('union', 'outgoing', 'left_on'), name='handover_once'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('given_at', None), ('taken_at', None), _connector='OR'), fields=('union',), name='handover_one_open'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('given_by', models.F('taken_by')), _negated=True), name='handover_by_two_accounts'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('outgoing', models.F('incoming')), _negated=True), name='handover_between_two'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('taken_at', None), models.Q(('incoming', None), _negated=True), _connector='OR'), name='handover_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.UniqueConstraint(fields=('handover', 'thing'), name='handover_item_once'),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.CheckConstraint(condition=models.Q(('thing__in', ['cases', 'deadlines', 'term', 'legal', 'members', 'transfers', 'employers', 'targets', 'rights', 'seal', 'books', 'papers', 'goods'])), name='handover_thing_known'),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.CheckConstraint(condition=models.Q(('given__in', ['open', 'fine', 'missing']), ('taken__in', ['open', 'fine', 'missing'])), name='handover_marks_known'),
        ),
    ]
