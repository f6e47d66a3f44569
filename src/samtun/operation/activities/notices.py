"""What those who publish are told: that something in the programme was taken down, and why."""

import uuid

from samtun.foundation.notices import register
from samtun.operation.activities.enums import ActivityState
from samtun.operation.activities.models import Activity
from samtun.partners.catalogue.notices import Down, TakenDownNotice


@register
class ActivityTakenDown(TakenDownNotice):
    """What you put in the programme was taken down; the words are the catalogue's."""

    key = "catalogue.activity_taken_down"

    def down(self, ref_id: uuid.UUID) -> Down | None:
        """Return the activity that is down; None when it stands again."""
        found = Activity.objects.filter(id=ref_id, state=ActivityState.TAKEN_DOWN).first()
        return Down(found.owner_id, found.title, found.taken_down_because) if found else None
