"""Whom to talk with at a party: who is named, whether they still stand there, and whom a message goes to (R13)."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from samtun.anchoring.agreements.enums import LIVE
from samtun.anchoring.agreements.models import Party
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.partners.organisations.models import Membership
from samtun.partners.organisations.queries import members_of, organisation_of
from samtun.partners.organisations.rules import OFFICES
from samtun.people.persons.models import Person
from samtun.people.roles.queries import standing_on


@dataclass(frozen=True, slots=True)
class Who:
    """Whom to talk with at a party; None where nobody is named, or who was named stands there no more."""

    contact: Person | None = None
    deputy: Person | None = None


def contacts_of(parties: Collection[Party], *, on: dt.date) -> dict[uuid.UUID, Who]:
    """Return whom to talk with at each party, by the party's key; those named who are dead or gone are left out."""
    named = {key for party in parties for key in (party.contact_id, party.deputy_id) if key}
    rows = Membership.objects.filter(
        standing_on(on), person__in=named, person__death_known_at=None,
        organisation__owner__in={party.owner_id for party in parties},
    )  # fmt: skip
    stand = {(row.organisation.owner_id, row.person_id): row.person for row in rows.select_related(
        "person", "organisation")}  # fmt: skip

    def there(party: Party, person: uuid.UUID | None) -> Person | None:
        return stand.get((party.owner_id, person)) if person else None

    return {p.id: Who(there(p, p.contact_id), there(p, p.deputy_id)) for p in parties}


def shown(contacts: dict[uuid.UUID, Who]) -> dict[uuid.UUID, Who]:
    """Note that those named are shown on a page."""
    saw(*(person.id for who in contacts.values() for person in (who.contact, who.deputy) if person), how="listed")
    return contacts


def could_be_contact(viewer: Viewer, party: Party, *, on: dt.date) -> list[Person]:
    """Return who stands in a party's organisation, for one who acts for it; NotYours otherwise."""
    if party.owner_id not in viewer.owners:
        raise NotYours
    found = {m.person_id: m.person for m in members_of(organisation_of(party.owner_id), on=on)
             if m.person.death_known_at is None}  # fmt: skip
    saw(*found, how="listed")
    return sorted(found.values(), key=lambda person: person.full_name)


def reach(party: Party, *, on: dt.date) -> uuid.UUID | None:
    """Return whom a message to a party goes to: the contact, else the deputy, else who answers for the owner."""
    who = contacts_of([party], on=on)[party.id]
    if found := who.contact or who.deputy:
        return found.id
    heads = Membership.objects.filter(
        standing_on(on), organisation__owner=party.owner_id, role__in=OFFICES, person__death_known_at=None
    )
    return heads.order_by("is_deputy", "starts", "id").values_list("person", flat=True).first()


def named_in(person: uuid.UUID) -> list[Party]:
    """Return where one is named oneself as whom to talk with, in agreements that are not over."""
    rows = Party.objects.filter(Q(contact=person) | Q(deputy=person), left_at=None, agreement__state__in=LIVE)
    return list(rows.select_related("agreement", "owner").order_by("agreement__name", "id"))
