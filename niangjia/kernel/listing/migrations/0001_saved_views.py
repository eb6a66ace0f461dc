"""Filters kept under a name (存好的查看方式)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import niangjia.kernel.clock.reading


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('listing', models.CharField(max_length=48)),
                ('name', models.CharField(max_length=16)),
                ('asked', models.CharField(max_length=400)),
                ('is_shared', models.BooleanField(default=False)),
                ('counts', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_shared', True)), fields=['place', 'listing'], name='view_shared')],
                'constraints': [
                    models.UniqueConstraint(fields=('account', 'listing', 'name'), name='view_named_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('asked', ''), _negated=True)), name='view_asks_something'),
                ],
            },
        ),
    ]
