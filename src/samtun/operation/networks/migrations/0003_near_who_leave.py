from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('operation_networks', '0002_the_programme'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='member',
            name='near_has_said_yes',
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['near', 'employee']), _negated=True), models.Q(models.Q(models.Q(('name', ''), _negated=True), ('left_at__isnull', False), _connector='OR'), ('said_yes_on__isnull', False)), _connector='OR'), name='near_has_said_yes'),
        ),
    ]
