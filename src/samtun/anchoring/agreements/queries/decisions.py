"""What forums have decided, that an agreement may rest on (R12)."""

import datetime as dt

from django.db.models import Q

from samtun.anchoring.forums.enums import ItemState
from samtun.anchoring.forums.models import Item
from samtun.anchoring.forums.queries import forums_visible_to
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation.viewer import Viewer

MOST = 40


def decided_items(viewer: Viewer, *, on: dt.date) -> list[Item]:
    """Return what is decided in forums the viewer reads, or was proposed by their own; newest first."""
    own = [owner for owner in viewer.owners if acts_for(viewer, owner)]
    mine = Q(forum__in=forums_visible_to(viewer, on=on).values("id")) | Q(from_owner__in=own)
    rows = Item.objects.filter(mine, state=ItemState.DECIDED).select_related("forum")
    return list(rows.order_by("-settled_at", "-id")[:MOST])
