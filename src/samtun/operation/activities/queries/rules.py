"""An activity's rule, with the municipality's school holidays."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation.options import option
from samtun.operation.activities.enums import Repeat
from samtun.operation.activities.models import Activity
from samtun.operation.activities.rules import Rule

AUTUMN = option("activities.autumn_week", 40, _("The week of the school's autumn holiday"), least=38, most=43)
WINTER = option("activities.winter_week", 8, _("The week of the school's winter holiday"), least=6, most=11)


def rule_of(activity: Activity) -> Rule:
    """Return the rule an activity is held by. ValueError when it can never happen."""
    return Rule(
        repeat=Repeat(activity.repeat), starts_on=activity.starts_on, until=activity.until, every=activity.every,
        weekdays=tuple(activity.weekdays), nth=activity.nth, not_on_holidays=activity.not_on_holidays,
        school_year=activity.school_year, autumn=AUTUMN.read(activity.starts_on) if activity.school_year else 40,
        winter=WINTER.read(activity.starts_on) if activity.school_year else 8,
    )  # fmt: skip
