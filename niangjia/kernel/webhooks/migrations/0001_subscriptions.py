"""Addresses that events are told to, and how each event arrived."""
import django.db.models.deletion
import niangjia.kernel.clock.reading
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('city', models.CharField(max_length=6)),
                ('name', models.CharField(max_length=64)),
                ('address', models.CharField(max_length=500)),
                ('events', models.JSONField(default=list)),
                ('state', models.CharField(default='active', max_length=8)),
                ('state_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('secret_sealed', models.BinaryField()),
                ('old_secret_sealed', models.BinaryField(null=True)),
                ('old_secret_until', models.DateTimeField(null=True)),
                ('rests_until', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_id', models.UUIDField()),
                ('event', models.CharField(max_length=32)),
                ('city', models.CharField(max_length=6)),
                ('thing_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('state', models.CharField(default='created', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('changed_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('http_status', models.PositiveSmallIntegerField(null=True)),
                ('failure', models.CharField(blank=True, max_length=16)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('subscription', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='webhooks.subscription')),
            ],
        ),
        migrations.AddIndex(
            model_name='subscription',
            index=models.Index(condition=models.Q(('state', 'active')), fields=['place'], name='subscription_at_work'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'stopped', 'broken'])), name='subscription_state_known'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('events', []), _negated=True), name='subscription_has_an_event'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('old_secret_sealed', None), ('old_secret_until', None)), models.Q(('old_secret_sealed__isnull', False), ('old_secret_until__isnull', False)), _connector='OR'), name='subscription_old_secret_ends'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='subscription',
            trigger=pgtrigger.compiler.Trigger(name='subscription_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{active:stopped,active:broken,stopped:active,broken:active}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='feec4b8b0f332cadb8b285ec94bd0310b4d6100e', operation='UPDATE', pgid='pgtrigger_subscription_moves_be155', table='webhooks_subscription', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state__in', ['created', 'sending', 'temporary'])), fields=['due_at'], name='webhook_delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['subscription', '-id'], name='webhook_delivery_newest'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('subscription', 'event_id'), name='delivery_once_to_a_subscription'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['created', 'sending', 'delivered', 'temporary', 'permanent'])), name='webhook_delivery_state_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('failure__in', ['', 'refused_address', 'unreached', 'not_taken', 'gone', 'stopped'])), name='webhook_delivery_failure_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='webhook_delivery_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{created:sending,created:permanent,temporary:sending,temporary:permanent,sending:delivered,sending:temporary,sending:permanent}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='70be95c96c1e2d0a46bc601850f2b93a90d1eaf8', operation='UPDATE', pgid='pgtrigger_webhook_delivery_moves_ab677', table='webhooks_delivery', when='BEFORE')),
        ),
    ]
