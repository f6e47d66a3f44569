"""A small municipality for the journey: a centre, its neighbours, task types, a recipient, volunteers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from samtun.anchoring.responsibilities.models import Clearance, TaskType
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel import clock
from samtun.operation.help_requests.actions import take_call
from samtun.operation.help_requests.actions.entering import Wish
from samtun.operation.help_requests.enums import Source
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.volunteers.actions import welcome_volunteer
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import OpeningHour, Organisation
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person
from samtun.people.places.models import Village

COORDINATOR = frozenset({
    Permission.SEE_DESK, Permission.HANDLE_REQUESTS, Permission.SEE_PERSONS, Permission.MANAGE_VOLUNTEERS,
    Permission.HANDLE_MESSAGES, Permission.THANK_VOLUNTEERS, Permission.OWN_PAGE,
    Permission.NOTE_DEATH, Permission.PUBLISH,
})  # fmt: skip


@dataclass
class Tun:
    """What the tests stand on; build it inside an open scope."""

    municipality: Any
    council: Owner
    centre: Owner
    other: Owner
    near: Village
    small: Village
    snow: TaskType
    visit: TaskType
    estate: TaskType
    grey: TaskType
    now: dt.datetime

    def viewer(
        self, owner: Owner | None = None, role: Role = Role.COORDINATOR, permissions: Any = COORDINATOR
    ) -> Viewer:
        """Somebody acting for an owner."""
        owner = owner or self.centre
        hat = Hat(f"{role}:{owner.id}", role, owner.name, frozenset({owner.id}), frozenset(permissions))
        return Viewer(self.municipality.id, hat, account=owner.id, name="Turid Myklebust", language="nn")

    def assessor(self) -> Viewer:
        """Who says whose task it is."""
        return self.viewer(self.council, Role.ASSESSOR, {Permission.SEE_DESK, Permission.ASSESS_REQUESTS})

    def system(self) -> Viewer:
        """The system itself."""
        return Viewer.system(self.municipality.id, frozenset({self.centre.id, self.other.id, self.council.id}))

    def person(self, given: str, family: str, phone: str, *, owner: Owner | None = None, **facts: Any) -> Person:
        """Someone an owner knows."""
        owner = owner or self.centre
        facts.setdefault("village", self.near)
        by = Viewer.system(self.municipality.id, frozenset({owner.id}))
        return register_person(
            owner=owner, source="test", by=by, at=self.now, given_name=given, family_name=family, phone=phone, **facts
        )

    def recipient(self) -> Person:
        """Anna, 88, with a landline and snow on her steps."""
        return self.person(
            "Anna",
            "Stokke",
            "+4757410001",
            phone_kind="landline",
            birth_year=1938,
            address="Storgata 4",
            lat=61.0,
            lon=4.0,
        )

    def volunteer(
        self, given: str, family: str, phone: str, *, host: Owner | None = None, types: Any = None, **facts: Any
    ) -> Volunteer:
        """A volunteer with a host, willing to shovel snow unless said otherwise."""
        host = host or self.centre
        facts.setdefault("birth_year", 1952)
        facts.setdefault("lat", 61.01)
        facts.setdefault("lon", 4.01)
        person = self.person(given, family, phone, owner=host, **facts)
        by = Viewer.system(self.municipality.id, frozenset({host.id}))
        return welcome_volunteer(person=person, host=host, task_types=types or [self.snow], by=by, at=self.now)

    def wish(self, task_type: TaskType | None = None, **changes: Any) -> Wish:
        """Snow on the steps, Thursday at ten, 45 minutes."""
        facts: dict[str, Any] = {"on": dt.date(2026, 11, 26), "at": dt.time(10), "minutes": 45} | changes
        return Wish(task_type=task_type or self.snow, **facts)

    def request(
        self, recipient: Person | None = None, task_type: TaskType | None = None, **changes: Any
    ) -> HelpRequest:
        """A request that has come in by telephone."""
        return take_call(
            owner=self.centre, recipient=recipient or self.recipient(), wish=self.wish(task_type, **changes),
            source=Source.CALL, by=self.viewer(), at=self.now,
        )  # fmt: skip


def make_tun(municipality: Any, now: dt.datetime) -> Tun:
    """Build it, inside an open scope."""
    council = Owner.objects.create(kind="municipality", name="Dalgrend kommune")
    centre = Owner.objects.create(kind="centre", name="Dalgrend frivilligsentral")
    other = Owner.objects.create(kind="organisation", name="Dalgrend helselag")
    kinds = {council: "municipality", centre: "centre", other: "association"}
    for owner, kind in kinds.items():
        organisation = Organisation.objects.create(
            owner=owner, name=owner.name, kind=kind, phone="+4757001122", hosts_volunteers=True
        )
        if owner == centre:
            for weekday in (0, 2, 4):
                OpeningHour.objects.create(
                    organisation=organisation, weekday=weekday, opens=dt.time(9), closes=dt.time(14)
                )
    near = Village.objects.create(name="Innbygda", inhabitants=640, lat=61.0, lon=4.0)
    small = Village.objects.create(name="Ytstegrenda", inhabitants=90, lat=61.2, lon=4.2)
    types = [
        _type("snow", "Snø på trappa", "Snø på trappa", "practical", usual_minutes=45),
        _type("visit", "Besøk", "Besøk", "social", one_to_one=True, asking="coordinator_picks"),
        _type("estate", "Tømme dødsbo", "Tømme dødsbu", "practical", is_declined=True, sold_locally=True),
        _type("vigil", "Våketjeneste", "Våketeneste", "grey"),
    ]
    for task_type in types[:2]:
        for owner in (council, centre):
            Clearance.objects.create(
                task_type=task_type, owner=owner, cleared=True, by_words="Møte 3. mars", decided_on=dt.date(2026, 3, 3)
            )
    return Tun(municipality, council, centre, other, near, small, *types, now=now)


def _type(key: str, nb: str, nn: str, task_class: str, **facts: Any) -> TaskType:
    return TaskType.objects.create(
        key=key, name={"nb": nb, "nn": nn, "en": key}, task_class=task_class,
        limits={"nb": "Det som hører til.", "nn": "Det som høyrer til.", "en": "What belongs."},
        way_on={"nb": "Ring servicekontoret.", "nn": "Ring servicekontoret.", "en": "Ring the office."}, **facts,
    )  # fmt: skip


def log_in(client: Any, tun: Tun, *, organisation: Organisation | None = None, role: Role = Role.COORDINATOR) -> Person:
    """Log a test client in as somebody with a role at an organisation; the second factor is done."""
    from samtun.partners.organisations.models import Membership
    from samtun.people.accounts.models import Account
    from samtun.people.persons.models import AccountLink

    body = organisation or Organisation.objects.get(owner=tun.centre)
    number = Account.objects.count() + 1
    person = tun.person("Turid", f"Myklebust{number}", f"+47900001{number:02d}", owner=body.owner)
    Membership.objects.create(person=person, organisation=body, role=role, starts=dt.date(2026, 1, 1))
    account = Account.objects.create(email=f"turid{number}@eksempel.test")
    AccountLink.objects.create(account=account, person=person)
    log_in_account(client, account)
    return person


def log_in_person(client: Any, person: Person) -> None:
    """Log a test client in as someone who is known already, with an account of their own."""
    from samtun.people.accounts.models import Account
    from samtun.people.persons.models import AccountLink

    account, _ = Account.objects.get_or_create(email=f"{person.id}@eksempel.test")
    AccountLink.objects.get_or_create(account=account, person=person)
    log_in_account(client, account)


def log_in_account(client: Any, account: Any) -> None:
    """Put an account into a test client's session, as the login does."""
    moment = clock.now().timestamp()
    session = client.session
    session.update({"account": str(account.id), "seen": moment, "began": moment, "second_factor": True})
    session.save()
    from django.conf import settings

    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
