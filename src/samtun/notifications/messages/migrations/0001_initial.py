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
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('ref_kind', models.CharField(max_length=40)),
                ('ref_id', models.UUIDField()),
                ('to_person', models.UUIDField()),
                ('phone_hash', models.CharField(blank=True, max_length=64)),
                ('code', models.PositiveSmallIntegerField()),
                ('holds_code', models.BooleanField(default=True, help_text='The code is not used again before some days after.')),
                ('nonce', models.CharField(max_length=32)),
                ('asked_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('link_until', models.DateTimeField(help_text='The link serves what follows from the answer, until then.')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=20)),
                ('answered_via', models.CharField(blank=True, max_length=12)),
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
            name='Message',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('notice', models.CharField(max_length=60)),
                ('ref_kind', models.CharField(max_length=40)),
                ('ref_id', models.UUIDField()),
                ('to_person', models.UUIDField(null=True)),
                ('phone_hash', models.CharField(blank=True, max_length=64)),
                ('channel', models.CharField(choices=[('sms', 'Sms'), ('email', 'Email'), ('letter', 'Letter'), ('call', 'Call')], max_length=8)),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('sending', 'Sending'), ('accepted', 'Accepted'), ('delivered', 'Delivered'), ('failed', 'Failed'), ('unknown', 'Unknown'), ('cancelled', 'Cancelled')], default='pending', max_length=10)),
                ('is_ask', models.BooleanField(default=False, help_text='Stopped by STOPP; the others are about something agreed.')),
                ('made_at', models.DateTimeField()),
                ('not_before', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('provider', models.CharField(blank=True, max_length=20)),
                ('provider_id', models.CharField(blank=True, max_length=80)),
                ('sent_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('text_hash', models.CharField(blank=True, max_length=64)),
                ('fault', models.CharField(blank=True, max_length=120)),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('question', samtun.foundation.models.base.TenantKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notifications_messages.question')),
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
            name='Stop',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('phone_hash', models.CharField(max_length=64)),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
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
            name='Inbound',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('gateway_id', models.CharField(max_length=80)),
                ('phone_hash', models.CharField(max_length=64)),
                ('sealed_phone', models.BinaryField()),
                ('sealed_text', models.BinaryField(null=True)),
                ('received_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('understood', 'Understood'), ('asked_back', 'Asked Back'), ('for_a_person', 'For A Person'), ('handled', 'Handled')], max_length=14)),
                ('understood_as', models.CharField(blank=True, max_length=20)),
                ('refusal', models.CharField(blank=True, max_length=300)),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'unscoped',
                'default_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('state', 'for_a_person')), fields=['tenant', 'owner', 'received_at'], name='inbound_for_person')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'gateway_id'), name='inbound_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['tenant', 'ref_kind', 'ref_id'], name='question_by_ref'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['tenant', 'phone_hash', 'asked_at'], name='question_by_number'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('holds_code', True), models.Q(('phone_hash', ''), _negated=True)), fields=('tenant', 'phone_hash', 'code'), name='question_code_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('tenant', 'nonce'), name='question_nonce_once'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state__in', ['pending', 'sending'])), fields=['tenant', 'not_before'], name='message_to_send'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['tenant', 'ref_kind', 'ref_id'], name='message_by_ref'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['tenant', 'phone_hash', 'made_at'], name='message_by_number'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state__in', ['pending', 'unknown', 'failed'])), fields=['tenant', 'owner', 'channel'], name='message_for_person'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sending'), _negated=True), ('lease_until__isnull', False), _connector='OR'), name='sending_has_lease'),
        ),
        migrations.AddConstraint(
            model_name='stop',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('tenant', 'phone_hash'), name='stop_once'),
        ),
        SecureTenantTables("Question", "Message", "Inbound", "Stop"),
    ]
