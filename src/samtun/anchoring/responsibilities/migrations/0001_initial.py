import django.db.models.deletion
import django.db.models.manager
import samtun.foundation.models.base
import samtun.kernel.ids
from django.db import migrations, models
from samtun.foundation.schema import SecureTenantTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PolicePurpose',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40)),
                ('name', models.JSONField(default=dict)),
                ('law', models.CharField(max_length=160)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
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
            name='TaskType',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=40)),
                ('name', models.JSONField(default=dict)),
                ('limits', models.JSONField(default=dict, help_text='What it is and is not, in the words said to people.')),
                ('way_on', models.JSONField(default=dict, help_text='Where to go instead, when it is outside the limits.')),
                ('task_class', models.CharField(choices=[('social', 'Social'), ('practical', 'Practical'), ('transport', 'Transport'), ('companion', 'Companion'), ('knowledge', 'Knowledge'), ('organising', 'Organising'), ('grey', 'Grey'), ('professional', 'Professional')], max_length=12)),
                ('asking', models.CharField(choices=[('first_yes', 'First Yes'), ('coordinator_picks', 'Coordinator Picks'), ('known_only', 'Known Only')], default='first_yes', max_length=20)),
                ('staircase', models.PositiveSmallIntegerField(default=0, help_text='Level of the involvement staircase, 0-5.')),
                ('usual_minutes', models.PositiveSmallIntegerField(default=60)),
                ('most_minutes', models.PositiveSmallIntegerField(default=180)),
                ('one_to_one', models.BooleanField(default=False, help_text='One-to-one over time: needs the plan of R28.')),
                ('needs_declaration', models.BooleanField(default=False)),
                ('needs_course', models.CharField(blank=True, max_length=40)),
                ('needs_car', models.BooleanField(default=False)),
                ('least_age', models.PositiveSmallIntegerField(default=15)),
                ('is_declined', models.BooleanField(default=False, help_text='Outside the limits here: met with the way on.')),
                ('sold_locally', models.BooleanField(default=False, help_text='Can be bought here (R25): says so before asking.')),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('needs_purpose', samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='anchoring_responsibilities.policepurpose')),
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
            name='Clearance',
            fields=[
                ('id', models.UUIDField(default=samtun.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('cleared', models.BooleanField()),
                ('by_words', models.CharField(help_text='Who decided, in words: meeting, role, date.', max_length=160)),
                ('decided_on', models.DateField()),
                ('owner', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner')),
                ('tenant', models.ForeignKey(db_index=False, default=samtun.foundation.models.base._tenant_default, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.municipality')),
                ('task_type', samtun.foundation.models.base.TenantKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='clearances', to='anchoring_responsibilities.tasktype')),
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
        migrations.AddConstraint(
            model_name='policepurpose',
            constraint=models.UniqueConstraint(fields=('tenant', 'code', 'valid_from'), name='purpose_once'),
        ),
        migrations.AddConstraint(
            model_name='policepurpose',
            constraint=models.CheckConstraint(condition=models.Q(('law', ''), _negated=True), name='purpose_has_law'),
        ),
        migrations.AddConstraint(
            model_name='tasktype',
            constraint=models.UniqueConstraint(fields=('tenant', 'key'), name='task_type_once'),
        ),
        migrations.AddConstraint(
            model_name='tasktype',
            constraint=models.CheckConstraint(condition=models.Q(('most_minutes__gte', models.F('usual_minutes'))), name='task_type_minutes'),
        ),
        migrations.AddConstraint(
            model_name='tasktype',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('task_class', 'professional'), _negated=True), ('is_declined', True), _connector='OR'), name='professional_is_declined'),
        ),
        migrations.AddConstraint(
            model_name='clearance',
            constraint=models.UniqueConstraint(fields=('tenant', 'task_type', 'owner'), name='cleared_once'),
        ),
        SecureTenantTables("PolicePurpose", "TaskType", "Clearance"),
    ]
