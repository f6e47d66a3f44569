"""Versions of what the parties agree on."""

import uuid

from django.db.models import Max, Prefetch, QuerySet

from samtun.anchoring.agreements.enums import OPEN, Sort, VersionState
from samtun.anchoring.agreements.models import Agreement, Answer, Duty, Version
from samtun.anchoring.agreements.queries.agreements import parties_of
from samtun.anchoring.agreements.rules import in_it
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours


def _whole() -> QuerySet[Version]:
    answers = Answer.objects.select_related("party__owner").order_by("at", "id")
    duties = Duty.objects.select_related("party__owner").order_by("party", "id")
    rows = Version.objects.select_related("agreement", "proposed_by__owner", "taken_by")
    return rows.prefetch_related(Prefetch("answers", answers), Prefetch("duties", duties))


def versions_of(agreement: Agreement) -> list[Version]:
    """Return all that has been proposed, newest first, with answers and what each party does."""
    return list(_whole().filter(agreement=agreement).order_by("-proposed_at", "-id"))


def waiting_in(agreement: Agreement) -> list[Version]:
    """Return what waits for answers."""
    return list(_whole().filter(agreement=agreement, state__in=OPEN).order_by("proposed_at", "id"))


def version_for(viewer: Viewer, version_id: uuid.UUID) -> Version:
    """Return a version of an agreement in sight; NotYours otherwise."""
    found = _whole().filter(id=version_id).first()
    if found is None or not in_it(viewer, parties_of(found.agreement)):
        raise NotYours
    return found


def standing_text(agreement: Agreement) -> Version | None:
    """Return the joint text that stands."""
    return _whole().filter(agreement=agreement, sort=Sort.TEXT, state=VersionState.STANDING).first()


def last_number(agreement: Agreement, sort: str = Sort.TEXT) -> int:
    """Return the number of the newest version of a sort; 0 when there is none."""
    found = Version.objects.filter(agreement=agreement, sort=sort).aggregate(last=Max("number"))
    return found["last"] or 0


def duties_of(version: Version) -> dict[uuid.UUID, str]:
    """Return what each party does, by the party's key."""
    return {duty.party_id: duty.words for duty in version.duties.all()}
