"""Messages, the attempts to tell of them, and how each wants to hear of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import niangjia.kernel.clock.reading
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0008_password_age_by_the_one_clock'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('template', models.CharField(max_length=48)),
                ('version', models.SmallIntegerField()),
                ('kind', models.CharField(choices=[('security', 'security'), ('own_data', 'own_data'), ('work', 'work')], max_length=8)),
                ('facts', models.JSONField(default=dict)),
                ('about', models.BigIntegerField(null=True)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list, size=None)),
                ('sent_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now, verbose_name='时间')),
                ('told_from', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('subject', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('channel', models.CharField(choices=[('email', 'email'), ('sms', 'sms'), ('wechat', 'wechat')], max_length=8)),
                ('state', models.CharField(choices=[('created', 'created'), ('sending', 'sending'), ('delivered', 'delivered'), ('temporary', 'temporary'), ('permanent', 'permanent'), ('technical', 'technical'), ('unknown', 'unknown'), ('not_needed', 'not_needed')], default='created', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('tries', models.SmallIntegerField(default=0)),
                ('key', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, max_length=16)),
                ('changed_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('message', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='inbox.message')),
            ],
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email_off', models.BooleanField(default=False)),
                ('sms_off', models.BooleanField(default=False)),
                ('wechat_off', models.BooleanField(default=False)),
                ('quiet_begins', models.SmallIntegerField(null=True)),
                ('quiet_ends', models.SmallIntegerField(null=True)),
                ('digest_hour', models.SmallIntegerField(default=9, null=True)),
                ('asked_email', models.EmailField(blank=True, max_length=254)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_begins', None), ('quiet_ends', None)), models.Q(('quiet_begins__range', (0, 23)), ('quiet_ends__range', (0, 23))), _connector='OR'), name='preference_quiet_hours', violation_error_message='免打扰的起止都要选，或者都不选。'), models.CheckConstraint(condition=models.Q(('digest_hour', None), ('digest_hour__range', (0, 23)), _connector='OR'), name='preference_digest_hour')],
            },
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['account', '-id'], name='message_of_account'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['subject', '-id'], name='message_of_subject'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['account'], name='message_unread_account'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['subject'], name='message_unread_subject'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['sent_at'], name='message_by_time'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', False), ('subject', None)), models.Q(('account', None), ('subject__isnull', False)), _connector='OR'), name='message_to_one'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place', None), ('roles', [])), models.Q(('account__isnull', False), ('place__isnull', False), models.Q(('roles', []), _negated=True)), _connector='OR'), name='message_office_names_roles'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['security', 'own_data', 'work'])), name='message_kind_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='message_words_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."template" IS DISTINCT FROM (NEW."template") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."facts" IS DISTINCT FROM (NEW."facts") OR OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."roles" IS DISTINCT FROM (NEW."roles") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."told_from" IS DISTINCT FROM (NEW."told_from"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8538ca6b3979ebc6c25d08db35364da717d2660e', operation='UPDATE', pgid='pgtrigger_message_words_stay_58602', table='inbox_message', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state__in', ['created', 'temporary', 'sending'])), fields=['due_at'], name='delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', '-changed_at'], name='delivery_in_state'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('message', 'channel'), name='delivery_once_by_a_channel'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['created', 'sending', 'delivered', 'temporary', 'permanent', 'technical', 'unknown', 'not_needed'])), name='delivery_state_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'sms', 'wechat'])), name='delivery_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['created', 'permanent', 'not_needed']), models.Q(('key__isnull', False), ('tries__gt', 0)), _connector='OR'), name='delivery_sent_under_a_key'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='delivery_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{created:sending,created:permanent,created:not_needed,temporary:sending,temporary:permanent,temporary:not_needed,technical:sending,technical:not_needed,sending:delivered,sending:temporary,sending:permanent,sending:technical,sending:unknown}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='c60fcc84e736e5b278f99836e0f1bd1ba41652ce', operation='UPDATE', pgid='pgtrigger_delivery_moves_71eac', table='inbox_delivery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='delivery_begins_created', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'created\')', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='d3d30cc970674c9772cbb7f660897194b3f66aaa', operation='INSERT', pgid='pgtrigger_delivery_begins_created_d218f', table='inbox_delivery', when='BEFORE')),
        ),
    ]
