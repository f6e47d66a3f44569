"""What is shared with whom, for what, until when."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q

from samtun.foundation.models import Owner, Share
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.partners.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One share as it stands on the page. `given` is true when it is one's own that is shared."""

    share: Share
    given: bool
    other: str


def shares_of(organisation: Organisation, *, on: dt.date) -> list[ShareLine]:
    """Return what an organisation shares and is let see, now and from a later day."""
    own = organisation.owner_id
    rows = Share.objects.filter(Q(giver=own) | Q(receiver=own), ends__gt=on).select_related("giver", "receiver")
    return [
        ShareLine(s, given=s.giver_id == own, other=(s.receiver if s.giver_id == own else s.giver).name)
        for s in rows.order_by("ends", "id")
    ]


def share_for(viewer: Viewer, share: uuid.UUID, *, on: dt.date) -> Share:
    """Return a share that one's own organisation gives and that has not ended; NotYours otherwise."""
    found = Share.objects.filter(id=share, giver__in=viewer.owners, ends__gt=on).select_related("receiver").first()
    if found is None:
        raise NotYours
    return found


def receivers_for(organisation: Organisation) -> list[Owner]:
    """Return those an organisation can share with."""
    return list(Owner.objects.filter(left_on__isnull=True).exclude(id=organisation.owner_id).order_by("name"))
