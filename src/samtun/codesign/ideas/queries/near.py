"""What exists nearby: those who take part, the kinds of help that are given, and what others have begun (R98)."""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from samtun.anchoring.responsibilities.queries import in_language, task_types
from samtun.codesign.ideas.enums import IdeaState
from samtun.codesign.ideas.models import Initiative
from samtun.codesign.ideas.rules import OPEN_IDEAS
from samtun.foundation.viewer import Viewer
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.queries import organisations_visible_to

PARTNERS = (Organisation.Kind.ASSOCIATION, Organisation.Kind.CONGREGATION, Organisation.Kind.BUSINESS)


@dataclass(frozen=True, slots=True)
class Near:
    """What exists: associations and businesses, those in the village first; kinds of help; open initiatives."""

    organisations: list[Organisation]
    kinds: list[str]
    initiatives: list[Initiative]


def what_exists(
    viewer: Viewer, *, village: uuid.UUID | None = None, but: uuid.UUID | None = None, most: int = 12
) -> Near:
    """Return what exists in a village and the municipality, before something new is begun."""
    rows = organisations_visible_to(viewer).filter(kind__in=PARTNERS).exclude(owner__in=viewer.owners)
    bodies = sorted(rows, key=lambda o: (o.village_id != village, o.name))[:most]
    lives = Initiative.objects.filter(idea__is_public=True, idea__state__in=OPEN_IDEAS).exclude(state="ended")
    lives = lives.exclude(Q(idea=but) | ~Q(idea__state=IdeaState.INITIATIVE)).select_related("idea__village")
    kinds = [in_language(t.name) for t in task_types() if not t.is_declined]
    return Near(bodies, kinds, list(lives.order_by("-started_at")[:most]))
