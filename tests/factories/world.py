"""One person in each role, each with a login: for asking every page as everybody.

`THINGS` are what addresses point at. A room adds its own in `tests/factories/<storey>.py`:

    @thing("help_request")
    def a_request(world: World) -> object: return world.tun.request().id
"""

import datetime as dt
import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from samtun.foundation.sessions import SessionStore
from samtun.foundation.viewer import Role
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.accounts.models import Account
from samtun.people.persons.models import AccountLink, Person
from samtun.people.roles.models import Grant
from tests.factories.journey import Tun, make_tun

# Where each role is given. Nobody can be made next of kin yet, and the system never asks for a page.
AT_THE_CENTRE = (Role.COORDINATOR, Role.LEADER, Role.SEAT_HOLDER, Role.CASHIER)
AT_THE_COUNCIL = (Role.ASSESSOR, Role.UNIT_EMPLOYEE)
AT_ANOTHER = (Role.ORGANISATION_REPRESENTATIVE,)
GRANTED = (Role.MUNICIPAL_ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.SUPPLIER_SUPPORT)
PLAIN = (Role.RESIDENT, Role.DISABLED)
WITHOUT_SOURCE = frozenset({Role.NEXT_OF_KIN, Role.SYSTEM})
ROLES = tuple(role for role in Role if role not in WITHOUT_SOURCE)
SINCE = dt.date(2026, 1, 1)


@dataclass
class Someone:
    """A person in a role, with what a session holds of them."""

    role: Role
    person: Person | None = None
    account: Account | None = None
    hat: str = ""
    session: str | None = ""


@dataclass
class World:
    """A municipality with one person in each role."""

    municipality: Any
    tun: Tun
    people: dict[Role, Someone] = field(default_factory=dict)

    def log_in(self, at: dt.datetime) -> None:
        """Log everybody in who has an account, once."""
        for someone in self.people.values():
            if someone.account:
                session = SessionStore()
                session.update({
                    "account": str(someone.account.id), "began": at.timestamp(), "seen": at.timestamp(),
                    "second_factor": True, "hats": {str(self.municipality.id): someone.hat},
                })  # fmt: skip
                session.save()
                someone.session = session.session_key

    def client(self, role: Role) -> Client:
        """Return a browser of its own in which the person of that role is logged in; see `log_in`."""
        client = Client(raise_request_exception=False)
        if key := self.people[role].session:
            client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client


_things: dict[str, Callable[[World], object]] = {}


def thing(name: str) -> Callable[[Callable[[World], object]], Callable[[World], object]]:
    """Register how something that an address points at is made; returns what stands in the address."""

    def register(make: Callable[[World], object]) -> Callable[[World], object]:
        assert name not in _things, f"{name} is registered twice"
        _things[name] = make
        return make

    return register


def things() -> dict[str, Callable[[World], object]]:
    """Return everything that can be made, from all modules beside this one."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        importlib.import_module(f"tests.factories.{path.stem}")
    return _things


def make_world(municipality: Any, now: dt.datetime) -> World:
    """Build it, inside an open scope."""
    world = World(municipality, make_tun(municipality, now))
    tun = world.tun
    for number, role in enumerate(ROLES):
        if role is Role.ANONYMOUS:
            world.people[role] = Someone(role)
            continue
        owner = tun.council if role in AT_THE_COUNCIL else tun.other if role in AT_ANOTHER else tun.centre
        if role is Role.VOLUNTEER:
            volunteer = tun.volunteer("Frida", f"Frivillig{number}", f"+479100{number:04d}", host=owner)
            person, hat = volunteer.person, f"volunteer:{volunteer.id}"
        else:
            person = tun.person(f"Person{number}", role.value.title(), f"+479100{number:04d}", owner=owner)
            hat = _hat(tun, person, role)
        account = Account.objects.create(email=f"{role.value}@eksempel.test", is_active=role is not Role.DISABLED)
        AccountLink.objects.create(account=account, person=person)
        world.people[role] = Someone(role, person, account, hat)
    return world


def _hat(tun: Tun, person: Person, role: Role) -> str:
    if role in PLAIN:
        return f"self:{person.id}"
    if role in GRANTED:
        ends = tun.now.date() + dt.timedelta(days=10) if role is Role.SUPPLIER_SUPPORT else None
        grant = Grant.objects.create(person=person, role=role, owner=tun.council, starts=SINCE, ends=ends)
        return f"grant:{grant.id}"
    owner = {**dict.fromkeys(AT_THE_COUNCIL, tun.council), **dict.fromkeys(AT_ANOTHER, tun.other)}.get(role, tun.centre)
    body = Organisation.objects.get(owner=owner)
    return f"membership:{Membership.objects.create(person=person, organisation=body, role=role, starts=SINCE).id}"
