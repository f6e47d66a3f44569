import django.db.models.deletion
import django.db.models.manager
import samtun.foundation.models.base
import samtun.kernel.ids
from django.db import migrations, models
from samtun.foundation.schema import SecureTenantTables


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0002_ground'),
        ('operation_volunteers', '0001_initial'),
        ('people_persons', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('ref_kind', models.CharField(max_length=40)),
                ('ref_id', models.UUIDField()),
                ('on', models.DateField()),
                ('at', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('person', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', 'person', 'on'], name='engagement_by_person')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'person', 'ref_kind', 'ref_id'), name='engagement_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        SecureTenantTables("Engagement"),
    ]
