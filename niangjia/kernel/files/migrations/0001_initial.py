import django.db.models.deletion
import niangjia.kernel.clock.reading
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
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(max_length=6)),
                ('owner', models.CharField(max_length=32)),
                ('owner_thing', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('picture', 'picture'), ('document', 'document')], max_length=8)),
                ('stored_as', models.CharField(max_length=64)),
                ('size_bytes', models.IntegerField()),
                ('content_blind', models.BinaryField(max_length=16)),
                ('stored_at', models.DateTimeField(default=niangjia.kernel.clock.reading.now)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'owner_thing'], name='stored_file_of_thing')],
                'constraints': [models.UniqueConstraint(fields=('stored_as',), name='stored_file_name_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['picture', 'document'])), name='stored_file_kind_known'), models.CheckConstraint(condition=models.Q(('size_bytes__gt', 0), ('size_bytes__lte', 20971520)), name='stored_file_size_within', violation_error_message='这个文件太大了。')],
            },
        ),
    ]
