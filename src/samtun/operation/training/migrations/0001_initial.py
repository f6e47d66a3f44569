import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import samtun.foundation.models.base
import samtun.kernel.ids
from samtun.foundation.schema import SecureTenantTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('people_persons', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrainingRecord',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('course', models.SlugField(max_length=40)),
                ('held_on', models.DateField()),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('person', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('tenant', 'person', 'owner', 'course', 'held_on'), name='training_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        SecureTenantTables("TrainingRecord"),
    ]
