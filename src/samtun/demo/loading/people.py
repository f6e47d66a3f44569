"""People: who lives here, who acts for which body, who asks for help and who gives it."""

import datetime as dt
from collections import defaultdict

from samtun.demo.actions import tell_reach
from samtun.demo.loading.made import Made
from samtun.demo.valley import words as plain
from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.clock import at_wall
from samtun.operation.screening.actions import note_declaration, note_suitability
from samtun.operation.training.actions import note_course
from samtun.operation.volunteers.actions import (
    note_absence,
    note_asked,
    pause,
    set_ceiling,
    set_weekly_times,
    tell_insurance,
    welcome_volunteer,
)
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.actions import add_membership
from samtun.people.persons.actions import make_known, register_person, set_do_not_contact, set_protection
from samtun.people.persons.models import Person
from samtun.people.preferences.actions import set_preferences, stop_asks
from samtun.people.roles.actions import grant_role

CHANNELS = {plain.Channel.RING: "call", plain.Channel.LETTER: "letter", plain.Channel.EMAIL: "email"}
ROLES = {
    "leader": Role.LEADER, "deputy": Role.LEADER, "coordinator": Role.COORDINATOR, "assessor": Role.ASSESSOR,
    "unit_employee": Role.UNIT_EMPLOYEE, "representative": Role.ORGANISATION_REPRESENTATIVE,
    "cashier": Role.CASHIER,
}  # fmt: skip
GRANTS = {"municipal_administrator": Role.MUNICIPAL_ADMINISTRATOR, "privacy_officer": Role.PRIVACY_OFFICER}


def make_people(made: Made) -> None:
    """Register everyone and give them their hats; opens its scope itself."""
    with open_scope(made.tenant):
        by = made.system()
        owners = _owners_of(made)
        for person in made.valley.persons:
            if person.key in owners:
                made.persons[person.key] = _register(made, person, owners[person.key], by)
        _offices(made, by)
        for volunteer in made.valley.volunteers:
            _volunteer(made, volunteer, by)
        for recipient in made.valley.recipients:
            _recipient(made, recipient, by)


def _owners_of(made: Made) -> dict[str, list[tuple[Owner, str]]]:
    """Return which owners know each person, and from what; nobody is registered for being neighbours."""
    found: dict[str, list[tuple[Owner, str]]] = defaultdict(list)
    for hat in made.valley.hats:
        found[hat.person].append((made.bodies[hat.organisation].owner, "appointed"))
    for volunteer in made.valley.volunteers:
        found[volunteer.person] += [(made.bodies[host].owner, "volunteer") for host in volunteer.hosts]
    for recipient in made.valley.recipients:
        found[recipient.person].append((made.centre, "call"))
    return found


def _register(made: Made, person: plain.Person, owners: list[tuple[Owner, str]], by: Viewer) -> Person:
    (first, source), *others = dict.fromkeys(owners)
    at = made.began
    row = register_person(
        owner=first, source=source, by=by, at=at, given_name=person.first_name, family_name=person.family_name,
        phone=person.mobile or person.landline or "", phone_kind="mobile" if person.mobile else "landline",
        email=person.email or "", birth_year=person.born.year, address=person.address,
        village=made.villages[person.village], lat=person.spot.lat, lon=person.spot.lon, language=person.lang,
    )  # fmt: skip
    for owner, why in others:
        if owner != first:
            make_known(person=row, owner=owner, source=why, by=by, at=at)
    if person.channel in CHANNELS and (person.mobile or person.channel is not plain.Channel.RING):
        set_preferences(person=row, by=by, at=at, channel=CHANNELS[person.channel])
    if person.protected_address:
        set_protection(person=row, protected=True, by=by, at=at)
    return row


def _offices(made: Made, by: Viewer) -> None:
    """Let people act for bodies. Whoever speaks for a body that hosts volunteers also leads them."""
    for hat in made.valley.hats:
        person, body = made.persons[hat.person], made.bodies[hat.organisation]
        if hat.role in GRANTS:
            grant_role(person=person, role=GRANTS[hat.role], owner=body.owner, by=by, at=made.began)
            continue
        role = ROLES[hat.role]
        if role is Role.ORGANISATION_REPRESENTATIVE and body.hosts_volunteers:
            role = Role.LEADER
        add_membership(
            person=person, organisation=body, role=role, by=by, at=made.began, is_deputy=hat.role == "deputy"
        )


def _volunteer(made: Made, plain_one: plain.Volunteer, by: Viewer) -> None:
    person = made.persons[plain_one.person]
    joined = made.began + dt.timedelta(days=made.dice(f"joined {plain_one.person}").randrange(1, 90))
    types = [made.types[key] for key in sorted(plain_one.willing)]
    for host in plain_one.hosts:
        row = welcome_volunteer(
            person=person, host=made.bodies[host].owner, task_types=types, by=by, at=joined, has_car=plain_one.has_car
        )
        tell_insurance(volunteer=row, by=by, at=joined)
        made.volunteers[plain_one.person, host] = row
    first = made.volunteers[plain_one.person, plain_one.hosts[0]]
    tell_reach(person=person.id, metres=plain_one.max_metres, languages=plain_one.languages)
    _facts(made, plain_one, person, by, joined)
    _times(made, plain_one, first, by, joined)


def _facts(made: Made, plain_one: plain.Volunteer, person: Person, by: Viewer, joined: dt.datetime) -> None:
    """Note what has been shown; whoever signed has also been talked with. A licence is only looked at, not stored."""
    for fact in plain_one.facts:
        owner = made.bodies[fact.host].owner
        noted = max(joined, at_wall(fact.shown, dt.time(12)))
        if fact.code == "confidentiality":
            note_declaration(person=person, owner=owner, signed_on=fact.shown, by=by, at=noted)
            note_suitability(person=person, owner=owner, held_on=fact.shown, by=by, at=noted)
        elif fact.code.startswith("course:"):
            note_course(
                person=person, owner=owner, course=fact.code.partition(":")[2], held_on=fact.shown,
                expires_on=fact.expires, by=by, at=noted,
            )  # fmt: skip


def _times(made: Made, plain_one: plain.Volunteer, row: Volunteer, by: Viewer, joined: dt.datetime) -> None:
    """Note what the person has said about when and how often; a season is told in words until there is a form."""
    if plain_one.ceiling:
        times, per = plain_one.ceiling
        set_ceiling(volunteer=row, times=times, per=per, by=by, at=joined)
    if plain_one.slots:
        week = [(s.weekday, dt.time(s.start // 60), dt.time(s.end // 60)) for s in plain_one.slots]
        set_weekly_times(volunteer=row, times=week, by=by, at=joined)
    for starts, ends in plain_one.away:
        note_absence(volunteer=row, starts=starts, ends=ends, by=by, at=joined)
    if plain_one.paused_until:
        pause(volunteer=row, until=plain_one.paused_until, by=by, at=made.present - dt.timedelta(days=6))
    if plain_one.asks_stopped:
        stop_asks(person=row.person, by=by, at=made.present - dt.timedelta(days=20))
    if plain_one.last_asked:
        note_asked(persons=[row.person_id], on=plain_one.last_asked)


def _recipient(made: Made, plain_one: plain.Recipient, by: Viewer) -> None:
    person = made.persons[plain_one.person]
    if plain_one.choose_for_me:
        set_preferences(person=person, by=by, at=made.began, chooses_for_me=True)
    if plain_one.do_not_contact:
        set_do_not_contact(person=person, do_not_contact=True, by=by, at=made.began)
