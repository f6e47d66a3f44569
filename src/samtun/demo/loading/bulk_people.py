"""Rows of people, unsaved: who they are, who knows them, what they act for, what they give."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db import models

from samtun.demo.loading.bulk_rows import Rows
from samtun.demo.loading.people import GRANTS, ROLES
from samtun.foundation.models import SearchWord
from samtun.foundation.search import words_of
from samtun.operation.screening.models import ConfidentialityDeclaration, SuitabilityTalk
from samtun.operation.training.models import TrainingRecord
from samtun.operation.volunteers.models import Absence, Profile, Slot, Volunteer, Willing
from samtun.partners.organisations.models import Membership
from samtun.people.accounts.models import Account
from samtun.people.persons.models import AccountLink, KnownTo, Person
from samtun.people.preferences.models import Preference
from samtun.people.roles.models import Grant

SINCE = dt.timedelta(days=180)


def people_rows(rows: Rows) -> Iterator[list[models.Model]]:
    """Yield everyone with a part, and what stands about them."""
    for one in rows.valley.persons:
        rows.persons[one.key] = Person(
            given_name=one.first_name, family_name=one.family_name, phone=one.mobile or one.landline or "",
            phone_kind="mobile" if one.mobile else "landline", email=one.email or "", birth_year=one.born.year,
            address=one.address, village=rows.villages[one.village], lat=one.spot.lat, lon=one.spot.lon,
            language=one.lang, address_protected=one.protected_address,
        )  # fmt: skip
    yield list(rows.persons.values())
    yield from _known_rows(rows)
    yield from _office_rows(rows)
    yield from _volunteer_rows(rows)
    yield [
        Preference(person=rows.persons[one.person], channel="call", chooses_for_me=True)
        for one in rows.valley.recipients
        if one.choose_for_me
    ]


def _known_rows(rows: Rows) -> Iterator[list[models.Model]]:
    valley, since = rows.valley, rows.valley.today - SINCE
    known = defaultdict(set)
    for hat in valley.hats:
        known[hat.person].add(hat.organisation)
    for volunteer in valley.volunteers:
        known[volunteer.person] |= set(volunteer.hosts)
    for recipient in valley.recipients:
        known[recipient.person].add(valley.centre)
    pairs = [(rows.persons[key], rows.owners[body]) for key, bodies in known.items() for body in sorted(bodies)]
    yield [KnownTo(person=person, owner=owner, source="bulk", since=since) for person, owner in pairs]
    yield [
        SearchWord(word=word, ref_kind="person", ref_id=person.id, owner=owner)
        for person, owner in pairs
        for word in sorted(words_of(f"{person.given_name} {person.family_name} {person.phone[-8:]}"))
    ]


def _office_rows(rows: Rows) -> Iterator[list[models.Model]]:
    """Yield hats; the leader of the centre can log in as `leader@<slug>.eksempel.test`."""
    valley, since = rows.valley, rows.valley.today - SINCE
    yield [
        Membership(
            person=rows.persons[hat.person], organisation=rows.bodies[hat.organisation], role=ROLES[hat.role],
            starts=since,
        )
        for hat in valley.hats
        if hat.role in ROLES
    ]  # fmt: skip
    yield [
        Grant(person=rows.persons[hat.person], role=GRANTS[hat.role], owner=rows.owners[hat.organisation], starts=since)
        for hat in valley.hats
        if hat.role in GRANTS
    ]
    leader = next(hat.person for hat in valley.hats if hat.organisation == valley.centre and hat.role == "leader")
    account = Account(email=f"leader@{valley.slug}.eksempel.test")
    account.set_unusable_password()
    yield [account]
    yield [AccountLink(account=account, person=rows.persons[leader])]


def _volunteer_rows(rows: Rows) -> Iterator[list[models.Model]]:
    valley, since = rows.valley, rows.valley.today - SINCE
    profiles: dict[str, Profile] = {}
    for one in valley.volunteers:
        times, per = one.ceiling or (None, "month")
        profiles[one.person] = Profile(
            person=rows.persons[one.person], ceiling_times=times, ceiling_per=per, last_asked_on=one.last_asked,
            has_car=one.has_car, reach_metres=one.max_metres, languages=sorted(one.languages),
        )  # fmt: skip
        rows.volunteers[one.person] = Volunteer(
            person=rows.persons[one.person], host=rows.owners[one.hosts[0]], joined_on=since,
            state="paused" if one.paused_until else "active", paused_until=one.paused_until,
        )  # fmt: skip
    yield list(profiles.values())
    yield list(rows.volunteers.values())
    yield [
        Willing(volunteer=rows.volunteers[one.person], task_type=rows.types[kind])
        for one in valley.volunteers
        for kind in sorted(one.willing)
    ]
    yield [
        Slot(
            profile=profiles[one.person], weekday=slot.weekday, starts=dt.time(slot.start // 60),
            ends=dt.time(slot.end // 60),
        )
        for one in valley.volunteers
        for slot in one.slots
    ]  # fmt: skip
    yield [
        Absence(profile=profiles[one.person], starts=starts, ends=ends)
        for one in valley.volunteers
        for starts, ends in one.away
    ]
    yield from _fact_rows(rows)


def _fact_rows(rows: Rows) -> Iterator[list[models.Model]]:
    facts = [
        (rows.persons[one.person], rows.owners[fact.host], fact) for one in rows.valley.volunteers for fact in one.facts
    ]
    signed = [(person, owner, fact) for person, owner, fact in facts if fact.code == "confidentiality"]
    yield [ConfidentialityDeclaration(person=p, owner=o, signed_on=fact.shown) for p, o, fact in signed]
    yield [SuitabilityTalk(person=p, owner=o, held_on=fact.shown, held_by="") for p, o, fact in signed]
    yield [
        TrainingRecord(
            person=p, owner=o, course=fact.code.partition(":")[2], held_on=fact.shown, expires_on=fact.expires
        )
        for p, o, fact in facts
        if fact.code.startswith("course:")
    ]
