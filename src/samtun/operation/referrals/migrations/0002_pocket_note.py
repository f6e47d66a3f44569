import django.db.models.deletion
import django.db.models.manager
import samtun.foundation.models.base
import samtun.kernel.ids
from django.db import migrations, models
from samtun.foundation.schema import SecureTenantTables


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0002_ground'),
        ('operation_referrals', '0001_initial'),
        ('people_persons', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PocketNote',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sent_key', models.UUIDField()),
                ('words', models.CharField(max_length=400)),
                ('made_at', models.DateTimeField()),
                ('author', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('tenant', 'author', 'sent_key'), name='note_sent_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        SecureTenantTables("PocketNote"),
    ]
