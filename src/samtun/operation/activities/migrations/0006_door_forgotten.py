

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('anchoring_responsibilities', '0002_map'),
        ('foundation', '0005_ties'),
        ('operation_activities', '0005_gear_and_certificate'),
        ('people_places', '0003_roads'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='activity',
            name='activity_says_who_is_there',
        ),
        migrations.AddField(
            model_name='activity',
            name='erased_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('erased_at__isnull', False), models.Q(models.Q(('meets_name', ''), _negated=True), models.Q(('meets_phone', ''), _negated=True)), _connector='OR')), name='activity_says_who_is_there'),
        ),
    ]
