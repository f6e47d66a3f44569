

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('operation_activities', '0006_door_forgotten'),
    ]

    operations = [
        migrations.AddField(
            model_name='occurrence',
            name='asked_because',
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
