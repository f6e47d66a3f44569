"""Roles for the whole municipality: who gives them, for how long, and that each is written down."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from samtun.foundation import hats
from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.people.accounts.actions import AddressTaken, reset_second_factor
from samtun.people.persons.models import AccountLink
from samtun.people.roles import actions
from samtun.people.roles.models import Grant
from tests.samtun.people.login import START, a_grant, a_person, an_account, an_organisation, inside, viewer


@pytest.fixture
def scene(in_municipality, clock):
    """The municipality as an organisation, and a person."""
    council = an_organisation("Dalgrend kommune", "municipality")
    return in_municipality, council.owner, a_person()


def admin(municipality, owner):
    return viewer(
        municipality, "municipal_administrator", owner, person=a_person("Anne", "Li"), body="Dalgrend kommune"
    )


def test_a_role_is_given_and_taken_away_and_both_are_written_down(scene, clock):
    municipality, owner, person = scene
    by = admin(municipality, owner)
    grant = actions.grant_role(person=person, role=Role.PRIVACY_OFFICER, owner=owner, by=by, at=clock())
    assert [h.role for h in hats.hats_of(person.id)] == [Role.PRIVACY_OFFICER, Role.RESIDENT]
    assert hats.hat_of(person.id, f"grant:{grant.id}").permissions == {Permission.READ_ACCESS_LOG}
    actions.end_grant(grant=grant, by=by, at=clock())
    assert [h.role for h in hats.hats_of(person.id)] == [Role.RESIDENT]
    assert hats.hat_of(person.id, f"grant:{grant.id}") is None
    events = AuditEvent.objects.order_by("id").values_list("act", "hat")
    assert list(events) == [
        ("roles.grant", "Administrator i kommunen, Dalgrend kommune"),
        ("roles.end_grant", "Administrator i kommunen, Dalgrend kommune"),
    ]


@pytest.mark.parametrize("role", [r for r in Role if r != Role.MUNICIPAL_ADMINISTRATOR])
def test_only_who_sets_up_the_municipality_gives_roles(scene, clock, role):
    municipality, owner, person = scene
    if role == Role.SYSTEM:
        by = Viewer.system(municipality.id)
        assert actions.grant_role(person=person, role=Role.PRIVACY_OFFICER, owner=owner, by=by, at=clock())
        return
    with pytest.raises(NotYours):
        actions.grant_role(
            person=person, role=Role.PRIVACY_OFFICER, owner=owner, by=viewer(municipality, role, owner), at=clock()
        )


def test_nobody_gives_themselves_a_role(scene, clock):
    municipality, owner, person = scene
    by = viewer(municipality, "municipal_administrator", owner, person=person)
    with pytest.raises(actions.NotYourself):
        actions.grant_role(person=person, role=Role.PRIVACY_OFFICER, owner=owner, by=by, at=clock())


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ASSESSOR, Role.SYSTEM, Role.DISABLED, Role.VOLUNTEER])
def test_other_roles_are_not_given_for_the_whole_municipality(scene, clock, role):
    municipality, owner, person = scene
    with pytest.raises(actions.NotMunicipalityWide):
        actions.grant_role(person=person, role=role, owner=owner, by=admin(municipality, owner), at=clock())


@pytest.mark.parametrize("days", [None, 0, -1, 15])
def test_the_supplier_is_let_in_for_fourteen_days_at_most(scene, clock, days):
    municipality, owner, person = scene
    ends = None if days is None else START.date() + dt.timedelta(days=days)
    with pytest.raises(actions.EndNeeded):
        actions.grant_role(
            person=person, role=Role.SUPPLIER_SUPPORT, owner=owner, ends=ends, by=admin(municipality, owner), at=clock()
        )


def test_the_suppliers_hat_falls_off_by_itself(scene, clock):
    municipality, owner, person = scene
    ends = START.date() + dt.timedelta(days=2)
    grant = actions.grant_role(
        person=person, role=Role.SUPPLIER_SUPPORT, owner=owner, ends=ends, by=admin(municipality, owner), at=clock()
    )
    hat = hats.hat_of(person.id, f"grant:{grant.id}")
    assert (hat.permissions, hat.owners) == ({Permission.MANAGE_SETTINGS}, frozenset())
    clock.passes(days=2)
    assert hats.hat_of(person.id, f"grant:{grant.id}") is None


def test_the_database_too_wants_an_end_for_the_supplier(scene):
    _, owner, person = scene
    with pytest.raises(IntegrityError, match="grant_support_ends"), transaction.atomic():
        a_grant(person, "supplier_support", owner)


def test_a_role_once_at_a_time_and_again_after_it_ended(scene, clock):
    municipality, owner, person = scene
    by = admin(municipality, owner)
    grant = actions.grant_role(person=person, role=Role.PRIVACY_OFFICER, owner=owner, by=by, at=clock())
    with pytest.raises(actions.HasItAlready):
        actions.grant_role(person=person, role=Role.PRIVACY_OFFICER, owner=owner, by=by, at=clock())
    actions.end_grant(grant=grant, by=by, at=clock())
    actions.grant_role(person=person, role=Role.PRIVACY_OFFICER, owner=owner, by=by, at=clock())
    assert Grant.objects.count() == 2


def test_another_persons_hat_never_fits(scene, clock):
    _, owner, person = scene
    other = a_person("Ola")
    grant = a_grant(person, "privacy_officer", owner)
    assert hats.hat_of(other.id, f"grant:{grant.id}") is None
    assert hats.hat_of(other.id, f"self:{person.id}") is None


def test_who_an_account_is(municipality, neighbour, clock):
    with inside(municipality):
        person = a_person(language="nn")
        account = an_account(person, phone="+4790000001")
        who = hats.identify(account.id)
        assert (who.person, who.name, who.language) == (person.id, "Kari Nes", "nn")
    with inside(neighbour):
        assert hats.identify(account.id) is None
    account.is_active = False
    account.save()
    with inside(municipality):
        assert hats.identify(account.id) is None


def test_a_login_is_given_once_and_never_somebody_elses(scene, clock):
    municipality, owner, person = scene
    by = admin(municipality, owner)
    account = actions.give_login(person=person, phone="+4790000001", by=by, at=clock())
    assert AccountLink.objects.get(person=person).account_id == account.id
    with pytest.raises(actions.HasLogin):
        actions.give_login(person=person, phone="+4790000009", by=by, at=clock())
    with pytest.raises(AddressTaken):
        actions.give_login(person=a_person("Ola"), phone="+4790000001", by=by, at=clock())
    with pytest.raises(NotYours):
        actions.give_login(person=a_person("Per"), phone="+4790000003", by=viewer(municipality, "resident"), at=clock())


def test_one_account_in_two_municipalities(municipality, neighbour, clock):
    with inside(municipality) as scope:
        first = actions.give_login(person=a_person(), phone="+4790000001", by=scope.viewer, at=clock())
    with inside(neighbour) as scope:
        second = actions.give_login(person=a_person(), phone="+4790000001", by=scope.viewer, at=clock())
    assert first.id == second.id


def test_changing_hats_is_written_down(scene, clock):
    municipality, owner, person = scene
    grant = a_grant(person, "privacy_officer", owner)
    by = viewer(municipality, "resident", person=person, body="")
    assert actions.change_hat(key=f"grant:{grant.id}", by=by, at=clock()).role is Role.PRIVACY_OFFICER
    event = AuditEvent.objects.get()
    assert (event.act, event.hat, event.words) == (
        "roles.change_hat", "Innbygger", {"to": "Personvernombud, Dalgrend kommune"},
    )  # fmt: skip


def test_the_supplier_touches_neither_roles_nor_logins(scene, clock):
    municipality, owner, person = scene
    by = viewer(municipality, "supplier_support")
    grant = a_grant(person, "privacy_officer", owner)
    account = an_account(person, email="kari@eksempel.test")
    with pytest.raises(NotYours):
        actions.end_grant(grant=grant, by=by, at=clock())
    with pytest.raises(NotYours):
        reset_second_factor(account=account, by=by, at=clock())
