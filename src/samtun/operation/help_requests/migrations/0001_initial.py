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
        ('foundation', '0001_initial'),
        ('operation_volunteers', '0001_initial'),
        ('people_consents', '0001_initial'),
        ('people_persons', '0001_initial'),
        ('people_places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpRequest',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('asked_by', models.CharField(blank=True, help_text='Who asked, when it was another, in words.', max_length=120)),
                ('asked_by_phone', models.CharField(blank=True, max_length=20)),
                ('source', models.CharField(choices=[('call', 'Call'), ('web', 'Web'), ('sms', 'Sms'), ('paper', 'Paper'), ('passed_on', 'Passed On')], max_length=10)),
                ('words', models.CharField(blank=True, help_text='What they said, as they said it.', max_length=400)),
                ('on', models.DateField()),
                ('at', models.TimeField(blank=True, help_text='Empty: any time that day.', null=True)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('unproven', 'Unproven'), ('new', 'New'), ('declined', 'Declined'), ('looking', 'Looking'), ('asked', 'Asked'), ('proposed', 'Proposed'), ('agreed', 'Agreed'), ('done', 'Done'), ('unmet', 'Unmet'), ('cancelled', 'Cancelled')], max_length=10)),
                ('asking', models.CharField(choices=[('first_yes', 'First Yes'), ('coordinator_picks', 'Coordinator Picks'), ('known_only', 'Known Only')], max_length=20)),
                ('plan_limits', models.CharField(blank=True, max_length=300)),
                ('plan_whom_to_call', models.CharField(blank=True, max_length=120)),
                ('plan_how_often', models.CharField(blank=True, max_length=120)),
                ('handled_by', models.CharField(blank=True, max_length=160)),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('close_reason', models.CharField(blank=True, max_length=200)),
                ('version', models.PositiveIntegerField(default=1)),
                ('consent', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_consents.consent')),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('recipient', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_persons.person')),
                ('task_type', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='anchoring_responsibilities.tasktype')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('village', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_places.village')),
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
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('volunteer', 'Volunteer'), ('municipality', 'Municipality'), ('business', 'Business'), ('other', 'Other'), ('cannot', 'Cannot')], max_length=12)),
                ('reason', models.CharField(max_length=300)),
                ('by_words', models.CharField(max_length=160)),
                ('cleared_beforehand', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('request', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='operation_help_requests.helprequest')),
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
            name='Ask',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('sent', 'Sent'), ('yes', 'Yes'), ('no', 'No'), ('silent', 'Silent'), ('thanked', 'Thanked'), ('withdrawn', 'Withdrawn')], default='sent', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('via', models.CharField(blank=True, max_length=12)),
                ('answer_by', models.DateTimeField(help_text='When silence counts as no answer, in opening days.')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('volunteer', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operation_volunteers.volunteer')),
                ('request', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='asks', to='operation_help_requests.helprequest')),
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
            name='Match',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('other_wished', 'Other Wished'), ('dropped_out', 'Dropped Out'), ('done', 'Done'), ('cancelled', 'Cancelled')], max_length=12)),
                ('proposed_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('done_via', models.CharField(blank=True, max_length=12)),
                ('ask', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operation_help_requests.ask')),
                ('request', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='operation_help_requests.helprequest')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('volunteer', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='operation_volunteers.volunteer')),
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
            name='Veto',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('recipient', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('volunteer_person', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person')),
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
            model_name='helprequest',
            index=models.Index(fields=['tenant', 'owner', 'state', '-made_at'], name='request_by_owner'),
        ),
        migrations.AddIndex(
            model_name='helprequest',
            index=models.Index(fields=['tenant', 'recipient', 'on'], name='request_by_recipient'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (5, 600))), name='request_minutes'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='assessment_has_reason'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(fields=['tenant', 'volunteer', '-asked_at'], name='ask_by_volunteer'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['sent', 'yes'])), fields=('tenant', 'request', 'volunteer'), name='ask_open_once'),
        ),
        migrations.AddIndex(
            model_name='match',
            index=models.Index(fields=['tenant', 'volunteer', 'state'], name='match_by_volunteer'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'agreed'])), fields=('tenant', 'request'), name='one_live_match'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), ('agreed_at__isnull', False), _connector='OR'), name='agreed_has_moment'),
        ),
        migrations.AddConstraint(
            model_name='veto',
            constraint=models.UniqueConstraint(fields=('tenant', 'recipient', 'volunteer_person'), name='veto_once'),
        ),
        SecureTenantTables("HelpRequest", "Assessment", "Veto", "Ask", "Match"),
    ]
