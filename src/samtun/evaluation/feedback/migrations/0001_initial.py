import django.db.models.deletion
import django.db.models.manager
import samtun.foundation.models.base
import samtun.kernel.ids
from django.db import migrations, models
from samtun.foundation.schema import SecureTenantTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0004_audit_owners'),
        ('people_consents', '0001_initial'),
        ('people_persons', '0004_away'),
    ]

    operations = [
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('incident', 'Something that happened'), ('conduct', 'How somebody behaves'), ('money', 'Money or things'), ('safety', 'Something that is not safe'), ('other', 'Something else')], max_length=8)),
                ('state', models.CharField(choices=[('received', 'Received'), ('looked_at', 'Looked at'), ('heard', 'The one it concerns is told and heard'), ('concluded', 'Concluded'), ('closed', 'Closed with an answer')], default='received', max_length=9)),
                ('outcome', models.CharField(blank=True, choices=[('founded', 'There was something in it'), ('unfounded', 'There was nothing in it: words and names are erased'), ('elsewhere', 'It belongs elsewhere, and the way is shown')], max_length=9)),
                ('to_inside', models.BooleanField()),
                ('to_outside', models.BooleanField()),
                ('about_someone', models.BooleanField(default=False)),
                ('sealed', models.BinaryField()),
                ('code_hash', models.CharField(blank=True, max_length=43)),
                ('via', models.CharField(max_length=8)),
                ('made_at', models.DateTimeField()),
                ('due', models.DateTimeField(blank=True, null=True)),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('heard_on', models.DateField(blank=True, null=True)),
                ('heard_by', models.CharField(blank=True, max_length=160)),
                ('hearing_put_off', models.BooleanField(default=False)),
                ('concluded_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(blank=True, max_length=60)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('consent', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_consents.consent')),
                ('deputy', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_persons.person')),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('person', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('professional', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('unit', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='HeadsUp',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('ref_kind', models.CharField(max_length=20)),
                ('ref_id', models.UUIDField()),
                ('state', models.CharField(choices=[('held', 'Held'), ('waits', 'Waits'), ('received', 'Received'), ('ended', 'Ended')], max_length=8)),
                ('sealed', models.BinaryField()),
                ('via', models.CharField(max_length=8)),
                ('step', models.PositiveSmallIntegerField(default=0)),
                ('step_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('received_by', models.CharField(blank=True, max_length=160)),
                ('will', models.CharField(blank=True, choices=[('look_in', 'I look in'), ('ring', 'I ring')], max_length=8)),
                ('about', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('contact', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluation_feedback.contact')),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('sender', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('told', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_persons.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('concern', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evaluation_feedback.concern')),
                ('person', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Receiver',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('outside', models.BooleanField(default=False)),
                ('title', models.CharField(max_length=100)),
                ('address', models.CharField(blank=True, max_length=160)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('person', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_teller', models.BooleanField()),
                ('shown', models.BooleanField()),
                ('author', models.CharField(blank=True, max_length=160)),
                ('sealed', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('concern', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evaluation_feedback.concern')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ShutOut',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('concern', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evaluation_feedback.concern')),
                ('person', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['tenant', 'owner', '-made_at'], name='concern_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.UniqueConstraint(condition=models.Q(('code_hash', ''), _negated=True), fields=('tenant', 'code_hash'), name='concern_code_once'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('to_inside', True), ('to_outside', True), _connector='OR'), name='concern_has_receiver'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['concluded', 'closed']), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='concluded_with_outcome'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('tenant', 'person', 'owner'), name='contact_once'),
        ),
        migrations.AddIndex(
            model_name='headsup',
            index=models.Index(fields=['tenant', 'about', '-made_at'], name='heads_up_by_person'),
        ),
        migrations.AddIndex(
            model_name='headsup',
            index=models.Index(fields=['tenant', 'ref_kind', 'ref_id'], name='heads_up_by_task'),
        ),
        migrations.AddConstraint(
            model_name='headsup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'waits'), _negated=True), ('contact__isnull', False), _connector='OR'), name='told_only_by_consent'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['tenant', 'concern', 'person'], name='reading_by_concern'),
        ),
        migrations.AddConstraint(
            model_name='receiver',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('tenant', 'owner', 'person'), name='receiver_once'),
        ),
        migrations.AddConstraint(
            model_name='shutout',
            constraint=models.UniqueConstraint(fields=('tenant', 'concern', 'person'), name='shut_out_once'),
        ),
        SecureTenantTables("Contact", "HeadsUp", "Receiver", "Concern", "Remark", "ShutOut", "Reading"),
    ]
