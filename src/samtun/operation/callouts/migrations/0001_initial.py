import django.db.models.deletion
import django.db.models.manager
import samtun.foundation.models.base
import samtun.kernel.ids
from django.db import migrations, models
from samtun.foundation.schema import SecureTenantTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('anchoring_responsibilities', '0001_initial'),
        ('foundation', '0002_ground'),
        ('operation_volunteers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FriendsList',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
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
            name='Friend',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('group_name', models.CharField(blank=True, max_length=80)),
                ('counts', models.PositiveSmallIntegerField(default=1)),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('volunteer', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='operation_volunteers.volunteer')),
                ('friends_list', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='friends', to='operation_callouts.friendslist')),
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
            name='CallOut',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(help_text="What it is, as it stands in the text; nobody's name.", max_length=120)),
                ('place', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('at', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('needed', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('filled', 'Filled'), ('over', 'Over'), ('cancelled', 'Cancelled')], default='open', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=160)),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('task_type', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='anchoring_responsibilities.tasktype')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('friends_list', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operation_callouts.friendslist')),
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
            name='Asked',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('group_name', models.CharField(blank=True, max_length=80)),
                ('counts', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('sent', 'Sent'), ('yes', 'Yes'), ('no', 'No'), ('thanked', 'Thanked'), ('dropped', 'Dropped')], default='sent', max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('via', models.CharField(blank=True, max_length=12)),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('volunteer', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operation_volunteers.volunteer')),
                ('call_out', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='operation_callouts.callout')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', 'volunteer', '-asked_at'], name='asked_by_volunteer')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'call_out', 'volunteer'), name='asked_once_in_a_call_out')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='friendslist',
            constraint=models.UniqueConstraint(fields=('tenant', 'owner', 'name'), name='friends_list_name'),
        ),
        migrations.AddConstraint(
            model_name='friend',
            constraint=models.UniqueConstraint(fields=('tenant', 'friends_list', 'volunteer'), name='friend_once'),
        ),
        migrations.AddConstraint(
            model_name='friend',
            constraint=models.CheckConstraint(condition=models.Q(('counts__range', (1, 60))), name='friend_counts'),
        ),
        migrations.AddIndex(
            model_name='callout',
            index=models.Index(fields=['tenant', 'owner', '-on'], name='call_out_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='callout',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (5, 600))), name='call_out_minutes'),
        ),
        migrations.AddConstraint(
            model_name='callout',
            constraint=models.CheckConstraint(condition=models.Q(('needed__range', (1, 60))), name='call_out_needed'),
        ),
        SecureTenantTables("FriendsList", "Friend", "CallOut", "Asked"),
    ]
