"""Whether an organisation is who it says it is, and who looks at it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.urls import reverse

from samtun.foundation import exports, refs
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.partners.catalogue.enums import PublisherState
from samtun.partners.catalogue.models import Offer, Publisher, Report
from samtun.partners.catalogue.rules import KNOWN_KINDS, LOOKED_WITHIN
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.queries import opening_hours_of, receiving_owner, who_answers_for
from samtun.people.persons.queries import everyone_of

KIND = "publisher"


@dataclass(frozen=True, slots=True)
class Checking:
    """An organisation as who checks it sees it: what it says of itself, and how far it has come."""

    row: Publisher
    organisation: Organisation


def is_checked(owner: uuid.UUID) -> bool:
    """Tell whether what an owner publishes is open at once: the municipality's own bodies, and those checked."""
    return state_of(owner) == PublisherState.CHECKED


def state_of(owner: uuid.UUID) -> PublisherState | None:
    """Return where an owner stands; None when nobody has asked. The municipality's own bodies are always checked."""
    if Organisation.objects.filter(owner=owner, kind__in=KNOWN_KINDS).exists():
        return PublisherState.CHECKED
    found = Publisher.objects.filter(owner=owner).values_list("state", flat=True).first()
    return PublisherState(found) if found else None


def checks(viewer: Viewer) -> bool:
    """Tell whether somebody looks at who publishes: who acts for the centre that answers in public."""
    if viewer.is_system:
        return True
    if not viewer.may(Permission.PUBLISH):
        return False
    centre = receiving_owner()
    return centre is not None and centre.id in viewer.owners


def publishers_for(viewer: Viewer) -> list[Checking]:
    """Return all who have asked, for one who checks: those that wait first, by when they are due. NotYours else."""
    if not checks(viewer):
        raise NotYours
    rows = list(Publisher.objects.filter(owner__left_on=None).select_related("owner").order_by("due", "id"))
    order = [PublisherState.WAITING, PublisherState.REFUSED, PublisherState.CHECKED]
    bodies = {o.owner_id: o for o in Organisation.objects.filter(owner__in=[r.owner_id for r in rows])}
    found = [Checking(row, bodies[row.owner_id]) for row in rows if row.owner_id in bodies]
    return sorted(found, key=lambda one: order.index(PublisherState(one.row.state)))


def publisher_for(viewer: Viewer, publisher: uuid.UUID) -> Checking:
    """Return one that has asked, for one who checks; NotYours otherwise."""
    found = Publisher.objects.select_related("owner").filter(id=publisher).first()
    if found is None or not checks(viewer):
        raise NotYours
    body = Organisation.objects.select_related("village").filter(owner=found.owner_id).first()
    if body is None:
        raise NotYours
    return Checking(found, body)


def look_by(centre: uuid.UUID, at: dt.datetime) -> dt.datetime:
    """Return by when a centre is to have looked: within an opening day; the next one, asked when nobody is there."""
    hours, moment = opening_hours_of(centre), wall(at)
    return hours.after_days(moment, LOOKED_WITHIN if hours.is_open(moment) else LOOKED_WITHIN - 1)


def contacts_of(owner: uuid.UUID, *, on: dt.date) -> list[uuid.UUID]:
    """Return whom an organisation is told through: who answers for it."""
    return who_answers_for(owner, on=on)


def answers_for(owner: uuid.UUID, person: uuid.UUID, *, on: dt.date) -> bool:
    """Tell whether a person is one of those an organisation is told through, however many rows stand for them."""
    return person in {key for head in contacts_of(owner, on=on) for key in everyone_of(head)}


def about_of(ref_kind: str, ref_id: uuid.UUID) -> str:
    """Return a few words about a thing that waits for a person: the organisation's name, or what is on offer."""
    if ref_kind == KIND:
        found = Publisher.objects.select_related("owner").filter(id=ref_id).first()
        return found.owner.name[:120] if found else ""
    if ref_kind == "offer":
        return Offer.objects.filter(id=ref_id).values_list("title", flat=True).first() or ""
    return Report.objects.filter(ref_id=ref_id).values_list("title", flat=True).first() or ""


def _find(viewer: Viewer, publisher: uuid.UUID) -> tuple[str, str] | None:
    found = Publisher.objects.select_related("owner").filter(id=publisher).first()
    if found is None or not checks(viewer):
        return None
    return found.owner.name, reverse("publisher", args=[found.id])


def publisher_table(owner: uuid.UUID) -> exports.Table:
    """Return whether an owner was checked, for taking out."""
    columns = ("state", "asked_at", "due", "settled_at", "why")
    return exports.Table("publisher", columns, list(Publisher.objects.filter(owner=owner).values_list(*columns)))


refs.register(refs.RefKind(KIND, _find))
