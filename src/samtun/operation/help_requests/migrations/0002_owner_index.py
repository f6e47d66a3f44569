import django.db.models.deletion
import samtun.foundation.models.base
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0002_ground'),
        ('operation_help_requests', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='helprequest',
            name='owner',
            field=samtun.foundation.models.base.TenantKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.owner'),
        ),
    ]
