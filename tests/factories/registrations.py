"""Those who sign up."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.operation.activities.actions import making
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.actions import allocating, attending, clips, paying, signing, suggesting
from samtun.operation.registrations.actions.signing import Comer
from samtun.operation.registrations.enums import Got, Pays, Via
from samtun.operation.registrations.models import Attendance, Clip, Minimum, Registration
from samtun.operation.registrations.rules import count_token, own_token
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person
from tests.factories import programme
from tests.factories.journey import Tun
from tests.factories.world import World, thing


def walk(tun: Tun, **changes: Any) -> tuple[Activity, Occurrence]:
    """A walk that one signs up for, open to everyone, with its first time."""
    changes.setdefault("sign_up", "sign_up")
    it = programme.activity(tun, changes.pop("when_", None), title="Fjelltur", **changes)
    time = programme.times(it)[0]
    time.activity = it
    return it, time


def signs_up(tun: Tun, time: Occurrence, *names: str, n: int = 1, **changes: Any) -> list[Registration]:
    """Somebody signs up on the web page, perhaps several at once; `n` tells them from others."""
    names = names or ("Anna Stokke",)
    given, _space, family = names[0].partition(" ")
    contact = changes.pop("contact", None) or tun.person(given, family or "Vik", f"+4790{n:06d}", phone_kind="mobile")
    return signing.sign_up(
        occurrence=time, contact=contact, comers=comers(names, contact), sent_key=changes.pop("key", str(uuid.uuid4())),
        via=changes.pop("via", Via.OWN), by=changes.pop("by", tun.system()), at=changes.pop("at", tun.now), **changes,
    )  # fmt: skip


def comers(names: Sequence[str], contact: Person) -> list[Comer]:
    """Those who come, by name; the contact as the pages write them, when they come themselves."""
    return [Comer(name, person=contact if name == contact.full_name else None) for name in names]


def cashier(tun: Tun, owner: Owner | None = None) -> Viewer:
    """The cashier of the centre, or of another."""
    return tun.viewer(owner, Role.CASHIER, {Permission.OWN_PAGE, Permission.HANDLE_CASH})


def pays(row: Registration, way: Pays, tun: Tun, at: dt.datetime | None = None) -> None:
    """Somebody chooses how to pay, on their own page."""
    by = Viewer.anonymous(tun.municipality.id)
    paying.choose_payment(registrations=[row.id], pays=way, token=own_token(row.group), by=by, at=at or tun.now)


def comes(row: Registration, time: Occurrence, tun: Tun, came: bool | None = True, **changes: Any) -> Attendance:
    """Somebody is ticked at the door."""
    changes.setdefault("at", time.starts_at)
    return attending.note_attendance(occurrence=time, registration=row.id, came=came, by=tun.viewer(), **changes)


def card(tun: Tun, row: Registration, number: int = 10, **changes: Any) -> Clip:
    """Somebody gets a clip card."""
    facts = {"how": Got.CASH, "price": 40000, "sent_key": uuid.uuid4(), "by": cashier(tun), "at": tun.now} | changes
    return clips.give_card(owner=tun.centre, person=Person.objects.get(id=row.contact_id), clips=number, **facts)


@thing("time_to_sign_up")
def time_to_sign_up(world: World) -> object:
    """A time of a walk that one signs up for, with somebody on its list; too few are coming."""
    found = Registration.objects.filter(activity__owner=world.tun.centre).order_by("id").first()
    if found and found.occurrence_id:
        return found.occurrence_id
    _it, time = walk(world.tun)
    signs_up(world.tun, time)
    Minimum.objects.create(occurrence=time, is_reached=False, looked_at=world.tun.now)
    return time.id


@thing("own_registration")
def own_registration(world: World) -> object:
    """What the own address of somebody who has signed up ends with."""
    _it, time = walk(world.tun)
    return own_token(signs_up(world.tun, time, n=9)[0].group)


@thing("paid_registration")
def paid_registration(world: World) -> object:
    """What the own address of somebody who came and has paid ends with."""
    _it, time = walk(world.tun, is_free=False)
    row = signs_up(world.tun, time, n=8)[0]
    Registration.objects.filter(id=row.id).update(pays=Pays.FREE)
    Attendance.objects.create(registration=row, occurrence=time, came=True, noted_at=world.tun.now)
    Occurrence.objects.filter(id=time.id).update(starts_at=world.tun.now - dt.timedelta(days=1))
    return own_token(row.group)


@thing("with_a_clip_card")
def with_a_clip_card(world: World) -> object:
    """Somebody who has a clip card at the centre."""
    _it, time = walk(world.tun, is_free=False)
    row = signs_up(world.tun, time, n=7)[0]
    Clip.objects.create(owner=world.tun.centre, person=row.contact, change=10, how="cash", made_at=world.tun.now)
    return row.contact_id


@thing("count_token")
def a_count_token(world: World) -> object:
    """What the address for the head count of that time ends with."""
    return count_token(uuid.UUID(str(time_to_sign_up(world))))


@thing("suggestion_to_ring")
def a_suggestion_to_ring(world: World) -> object:
    """What the council has suggested to somebody with a landline, whom it is to ring."""
    tun = world.tun
    it = programme.activity(tun, owner=tun.other, title="Strikkekveld")
    making.open_those_of(owner=tun.other.id, by=tun.system(), at=tun.now)
    by = tun.viewer(tun.council, Role.UNIT_EMPLOYEE, {Permission.REFER})
    whom = suggesting.Whom("Borghild Stokke", "+4757410077", said_yes=True)
    time = programme.times(it)[0]
    return suggesting.suggest(occurrence=time, whom=whom, sent_key=uuid.uuid4(), by=by, at=tun.now).id


@thing("closed_activity")
def closed_activity(world: World) -> object:
    """An activity of the centre whose places the municipality gives out."""
    it = programme.activity(world.tun, title="Møte", sign_up="given", is_listed=False)
    allocating.name_allocator(activity=it, owner=world.tun.council, by=world.tun.viewer(), at=world.tun.now)
    return it.id


def an_office(tun: Tun) -> Viewer:
    """Whoever at a unit of the municipality gives out places."""
    unit = Owner.objects.create(kind="unit", name="Tildelingskontoret")
    Organisation.objects.create(owner=unit, name=unit.name, kind="unit", phone="+4757001100")
    return tun.viewer(unit, Role.UNIT_EMPLOYEE, {Permission.PUBLISH})


def a_closed_list(tun: Tun, **facts: Any) -> tuple[Activity, Occurrence, Viewer, Viewer]:
    """A group that an association holds and an office gives the places of: its first time, who gives, who holds it."""
    facts = {"title": "Sorggruppe", "sign_up": "given", "is_listed": False} | facts
    host = tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH})
    it, gives = programme.activity(tun, programme.weekly(), owner=tun.other, **facts), an_office(tun)
    allocating.name_allocator(activity=it, owner=Owner.objects.get(id__in=gives.owners), by=host, at=tun.now)
    making.open_those_of(owner=tun.other.id, by=tun.system(), at=tun.now)
    it.refresh_from_db()
    time = programme.times(it)[0]
    time.activity = it
    return it, time, gives, host
