"""What the addresses of lending point at, and what its tests stand on."""

import datetime as dt
from typing import Any

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel.ids import uuid7
from samtun.operation.lending.actions import booking, things
from samtun.operation.lending.actions.booking import Borrower, Terms
from samtun.operation.lending.models import Booking, Lendable
from samtun.operation.lending.rules import Slot
from samtun.people.persons.models import Person
from tests.factories.journey import Tun
from tests.factories.world import World, thing

FRIDAY = dt.date(2026, 11, 27)
EVENING = (dt.time(18), dt.time(21))
LENDS = frozenset({Permission.PUBLISH, Permission.OWN_PAGE})


def speaker(tun: Tun, owner: Owner | None = None, person: Person | None = None) -> Viewer:
    """Somebody who lends and borrows for an owner; the centre's when none is given."""
    who = owner or tun.centre
    hat = Hat(f"x:{who.id}", Role.ORGANISATION_REPRESENTATIVE, who.name, frozenset({who.id}), LENDS)
    key = person.id if person else None
    return Viewer(tun.municipality.id, hat, account=who.id, person=key, name="Turid Myklebust", language="nn")


def a_hall(tun: Tun, *, owner: Owner | None = None, **facts: Any) -> Lendable:
    """A hall of the centre's, where one asks first."""
    who = owner or tun.centre
    facts = {"name": "Fjordheim", "kind": "hall", "village": tun.near, "seats": 140, "step_free": True} | facts
    return things.lend_out(owner=who, facts=facts, sent_key=uuid7(), by=speaker(tun, who), at=tun.now)


def an_evening(day: dt.date = FRIDAY, hours: tuple[dt.time, dt.time] = EVENING) -> Slot:
    """Friday from six to nine."""
    return Slot.of(day, *hours)


def booked(
    tun: Tun, hall: Lendable, *slots: Slot, owner: Owner | None = None, by: Viewer | None = None,
    person: Person | None = None, **terms: Any,
) -> list[Booking]:  # fmt: skip
    """The health association borrows, or another: asks where one asks first."""
    who = owner or tun.other
    return booking.book(
        lendable=hall, slots=slots or [an_evening()], borrower=Borrower(None if person else who, person),
        sent_key=terms.pop("sent_key", None) or uuid7(), by=by or speaker(tun, who),
        at=terms.pop("at", None) or tun.now, terms=Terms(**terms),
    )  # fmt: skip


def _for_world(world: World) -> Lendable:
    """A hall of those who speak for an organisation, of whom each role at it sees bookings."""
    return a_hall(world.tun, owner=world.tun.other)


@thing("lendable")
def _lendable(world: World) -> object:
    return _for_world(world).id


@thing("booking")
def _booking(world: World) -> object:
    return booked(world.tun, _for_world(world), owner=world.tun.centre)[0].id
