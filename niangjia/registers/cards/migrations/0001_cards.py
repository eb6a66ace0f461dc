import django.db.models.deletion
import niangjia.kernel.clock.reading
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0015_phone_proposal_settled_whole'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PrintBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('printed_on', models.DateField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('number', models.CharField(max_length=12, unique=True, verbose_name='卡号')),
                ('state', models.CharField(default='in_use', max_length=8, verbose_name='状态')),
                ('held_by', models.CharField(default='nobody', max_length=8)),
                ('reason', models.CharField(blank=True, default='', max_length=128, verbose_name='原因')),
                ('issued_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('changed_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('print_no', models.PositiveIntegerField(default=0)),
                ('bank_sealed', models.BinaryField(null=True, verbose_name='银行卡号')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='members.person')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cards', to='cards.printbatch')),
            ],
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.BinaryField(max_length=32)),
                ('secret_sealed', models.BinaryField()),
                ('drawn_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('stopped_at', None)), fields=('stopped_at',), name='signing_key_one_signs', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('revoked_at', None), ('stopped_at__isnull', False), _connector='OR'), name='signing_key_revoked_signs_no_more')],
            },
        ),
        migrations.CreateModel(
            name='CardCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('checker', models.CharField(max_length=32)),
                ('author', models.CharField(max_length=160)),
                ('purpose', models.CharField(max_length=8)),
                ('kind', models.CharField(max_length=8)),
                ('verdict', models.CharField(max_length=8)),
                ('at', models.DateTimeField()),
                ('taken_in_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('spent', models.BinaryField(max_length=16, null=True)),
                ('sync_key', models.UUIDField(null=True)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('card', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='cards.card')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.person')),
                ('place', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at'], name='card_checks_of_person'), models.Index(condition=models.Q(('verdict', 'unknown')), fields=['checker', 'taken_in_at'], name='card_checks_unknown'), models.Index(fields=['taken_in_at'], name='card_checks_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['valid', 'over', 'frozen', 'lost', 'ended', 'unknown', 'replayed'])), name='card_check_verdict_known'), models.CheckConstraint(condition=models.Q(('purpose__in', ['till', 'venue', 'check_in', 'library', 'health'])), name='card_check_purpose_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['', 'shown', 'printed', 'typed'])), name='card_check_kind_known'), models.CheckConstraint(condition=models.Q(('at__lte', models.F('taken_in_at'))), name='card_check_not_of_tomorrow'), models.UniqueConstraint(condition=models.Q(('spent__isnull', False)), fields=('spent',), name='card_code_counts_once'), models.UniqueConstraint(condition=models.Q(('sync_key__isnull', False)), fields=('checker', 'sync_key'), name='card_check_taken_in_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='printbatch',
            constraint=models.UniqueConstraint(fields=('account', 'place', 'printed_on'), name='print_batch_one_a_day', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['in_use', 'frozen', 'lost'])), name='card_state_known'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'frozen'), ('held_by', 'nobody'), _connector='XOR'), name='card_frozen_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['frozen', 'in_use'])), fields=('person',), name='card_one_good_at_a_time', violation_error_message='这个人已经有一张卡了。丢了、坏了，请办换卡。'),
        ),
    ]
