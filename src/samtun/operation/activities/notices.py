"""What those who publish are told: that something in the programme, or its picture, was taken down, and why."""

import uuid

from django.utils.translation import gettext as _

from samtun.foundation.notices import register
from samtun.operation.activities.enums import ActivityState, PictureState
from samtun.operation.activities.models import Activity, Picture
from samtun.operation.activities.queries.pictures import LIGHT
from samtun.partners.catalogue.notices import Down, TakenDownNotice


@register
class ActivityTakenDown(TakenDownNotice):
    """What you put in the programme was taken down; the words are the catalogue's."""

    key = "catalogue.activity_taken_down"

    def down(self, ref_id: uuid.UUID) -> Down | None:
        """Return the activity that is down; None when it stands again."""
        found = Activity.objects.filter(id=ref_id, state=ActivityState.TAKEN_DOWN).first()
        return Down(found.owner_id, found.title, found.taken_down_because) if found else None


@register
class PictureTakenDown(TakenDownNotice):
    """A picture that you put on something in the programme was taken down; the words are the catalogue's."""

    key = "catalogue.picture_taken_down"

    def down(self, ref_id: uuid.UUID) -> Down | None:
        """Return the activity whose picture is down; None when another stands."""
        rows = Picture.objects.filter(activity=ref_id).only(*LIGHT)
        found = rows.filter(state=PictureState.TAKEN_DOWN).order_by("-gone_at").first()
        if found is None or rows.filter(state=PictureState.STANDS).exists():
            return None
        title = _("the picture of %(title)s") % {"title": found.activity.title}
        return Down(found.activity.owner_id, title, found.gone_because)
