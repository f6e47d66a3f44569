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
        ('people_consents', '0001_initial'),
        ('people_persons', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('passed_on', 'Passed On'), ('worry', 'Worry'), ('offer', 'Offer')], max_length=10)),
                ('state', models.CharField(choices=[('waits', 'Waits'), ('wish', 'Wish'), ('no_thanks', 'No Thanks'), ('no_contact', 'No Contact'), ('all_well', 'All Well'), ('welcomed', 'Welcomed'), ('withdrawn', 'Withdrawn')], default='waits', max_length=10)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('place', models.CharField(blank=True, help_text="Where they live, in the sender's words.", max_length=120)),
                ('words', models.CharField(blank=True, max_length=400)),
                ('sender_name', models.CharField(blank=True, max_length=160)),
                ('sender_phone', models.CharField(blank=True, max_length=20)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('wish', models.UUIDField(blank=True, null=True)),
                ('became', models.CharField(blank=True, choices=[('sought', 'Sought'), ('done', 'Done'), ('way_on', 'Way On'), ('unmet', 'Unmet'), ('cancelled', 'Cancelled')], max_length=10)),
                ('made_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.CharField(blank=True, max_length=160)),
                ('consent', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_consents.consent')),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('person', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_persons.person')),
                ('sender', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_persons.person')),
                ('sender_owner', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', 'owner', 'state', '-made_at'], name='referral_by_owner'), models.Index(fields=['tenant', 'sender', '-made_at'], name='referral_by_sender'), models.Index(condition=models.Q(('wish__isnull', False)), fields=['tenant', 'wish'], name='referral_by_wish')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'passed_on'), _negated=True), ('consent__isnull', False), _connector='OR'), name='passed_on_with_a_yes')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        SecureTenantTables("Referral"),
    ]
