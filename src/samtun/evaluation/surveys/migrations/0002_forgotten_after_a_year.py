import django.db.models.deletion
import samtun.foundation.models.base
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation_surveys', '0001_initial'),
        ('people_persons', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='answer',
            name='person',
            field=samtun.foundation.models.base.TenantKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people_persons.person'),
        ),
    ]
