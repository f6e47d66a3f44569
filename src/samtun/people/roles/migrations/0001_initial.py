import django.db.models.deletion
import django.db.models.manager
import samtun.foundation.models.base
import samtun.kernel.ids
from django.db import migrations, models
from samtun.foundation.schema import SecureTenantTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0002_ground'),
        ('people_persons', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('municipal_administrator', 'municipal_administrator'), ('privacy_officer', 'privacy_officer'), ('supplier_support', 'supplier_support')], max_length=40)),
                ('starts', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('person', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='grant_dates'), models.UniqueConstraint(condition=models.Q(('ends__isnull', True)), fields=('tenant', 'person', 'role'), name='grant_once'), models.CheckConstraint(condition=models.Q(models.Q(('role', 'supplier_support'), _negated=True), ('ends__isnull', False), _connector='OR'), name='grant_support_ends')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        SecureTenantTables("Grant"),
    ]
