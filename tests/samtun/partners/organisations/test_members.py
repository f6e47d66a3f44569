"""Who acts for an organisation: given by those who may, gone the same minute."""

import pytest

from samtun.foundation import hats
from samtun.foundation.models import AuditEvent, EventRow
from samtun.foundation.viewer import Role
from samtun.kernel.errors import NotYours
from samtun.partners.organisations import actions
from samtun.partners.organisations.actions.members import HasLeft, LastOne, NotGivenHere
from samtun.partners.organisations.models import Membership
from samtun.people.persons.models import AccountLink, KnownTo
from samtun.people.roles.actions import HasItAlready, NotYourself
from tests.samtun.people.login import (
    START,
    a_grant,
    a_member,
    a_person,
    an_account,
    an_organisation,
    inside,
    put_in,
    viewer,
)


@pytest.fixture
def club(in_municipality, clock):
    """An association with one who answers for it."""
    club = an_organisation("Dalgrend sanitetsforening", "association")
    liv = a_person("Liv", "Aas", owner=club.owner)
    first = a_member(liv, club, "organisation_representative")
    return (
        club,
        liv,
        first,
        viewer(in_municipality, "organisation_representative", club.owner, person=liv, body=club.name),
    )


@pytest.mark.practice("lag")
def test_the_new_chair_takes_over_and_the_old_loses_access_the_same_minute(client, municipality, clock):
    with inside(municipality):
        club = an_organisation("Dalgrend sanitetsforening", "association")
        liv = a_person("Liv", "Aas")
        old_row = a_member(liv, club, "organisation_representative")
        account = an_account(liv, phone="+4790000005")
    put_in(client, account)
    page = f"/lag/{club.id}/"
    assert client.get(page).status_code == 200
    answer = client.post(f"{page}folk/", {
        "appoint-given_name": "Gunnhild", "appoint-family_name": "Haug", "appoint-phone": "90 00 00 06",
        "appoint-role": "organisation_representative",
    })  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert client.post(f"{page}folk/{old_row.id}/").status_code == 302
    assert client.get(page, headers={"HX-Request": "true"}).status_code in (403, 404)
    assert client.get(page).status_code in (403, 404)
    with inside(municipality):
        link = AccountLink.objects.select_related("person", "account").get(person__given_name="Gunnhild")
        assert link.account.phone == "+4790000006"
        assert "Kontaktperson, Dalgrend sanitetsforening" in [h.label for h in hats.hats_of(link.person_id)]
        assert KnownTo.objects.filter(person=link.person, owner=club.owner).exists()
        new = link.account
    fresh = type(client)()
    put_in(fresh, new)
    assert fresh.get(page).status_code == 200


def test_hats_begin_and_end_on_their_days(in_municipality, clock):
    import datetime as dt

    centre, person, today = an_organisation(), a_person(), START.date()
    day = dt.timedelta(days=1)
    a_member(person, centre, "coordinator", starts=today + day)
    a_member(person, centre, "cashier", ends=today + day)
    a_member(person, centre, "seat_holder", starts=today - day, ends=today)
    assert [h.role for h in hats.hats_of(person.id)] == [Role.RESIDENT, Role.CASHIER]
    clock.passes(days=1)
    assert [h.role for h in hats.hats_of(person.id)] == [Role.RESIDENT, Role.COORDINATOR]


def test_a_hat_opens_its_own_owner_only(in_municipality, clock):
    centre, club, person = an_organisation(), an_organisation("Klubben", "association"), a_person()
    a_member(person, centre, "coordinator")
    row = a_member(person, club, "cashier")
    hat = hats.hat_of(person.id, f"membership:{row.id}")
    assert (hat.owners, hat.label) == ({club.owner_id}, "Kasserer, Klubben")


@pytest.mark.parametrize(
    ("kind", "role", "given"),
    [
        ("association", "assessor", False), ("unit", "assessor", True), ("business", "coordinator", False),
        ("centre", "coordinator", True), ("association", "municipal_administrator", False),
        ("municipality", "organisation_representative", False), ("business", "organisation_representative", True),
        ("centre", "volunteer", False), ("centre", "system", False),
    ],
)  # fmt: skip
def test_roles_are_given_where_they_belong(in_municipality, clock, kind, role, given):
    from samtun.foundation.viewer import Viewer

    body, by = an_organisation("X", kind), Viewer.system(in_municipality.id)
    if given:
        assert actions.add_membership(person=a_person(), organisation=body, role=role, by=by, at=START)
    else:
        with pytest.raises(NotGivenHere):
            actions.add_membership(person=a_person(), organisation=body, role=role, by=by, at=START)


def test_only_those_who_answer_for_it_give_roles(club, in_municipality):
    body, _, _, boss = club
    other = an_organisation()
    for by in (viewer(in_municipality, "coordinator", body.owner), viewer(in_municipality, "leader", other.owner),
               viewer(in_municipality, "municipal_administrator", other.owner)):  # fmt: skip
        with pytest.raises(NotYours):
            actions.add_membership(person=a_person(), organisation=body, role="cashier", by=by, at=START)
    assert actions.add_membership(person=a_person(), organisation=body, role="cashier", by=boss, at=START)


def test_the_administrator_helps_a_body_without_a_head_and_no_other(in_municipality, clock):
    council = an_organisation("Dalgrend kommune", "municipality")
    club, unit = an_organisation("Klubben", "association"), an_organisation("Tunet", "unit")
    admin = viewer(in_municipality, "municipal_administrator", council.owner, body=council.name)
    with pytest.raises(NotYours):
        actions.add_membership(person=a_person(), organisation=club, role="cashier", by=admin, at=START)
    actions.add_membership(person=a_person(), organisation=club, role="organisation_representative", by=admin, at=START)
    with pytest.raises(NotYours):
        actions.add_membership(
            person=a_person(), organisation=club, role="organisation_representative", by=admin, at=START
        )
    assert actions.add_membership(person=a_person(), organisation=unit, role="assessor", by=admin, at=START)


def test_nobody_appoints_themselves_and_nobody_twice(club):
    body, liv, _, boss = club
    with pytest.raises(NotYourself):
        actions.add_membership(person=liv, organisation=body, role="cashier", by=boss, at=START)
    person = a_person()
    actions.add_membership(person=person, organisation=body, role="cashier", by=boss, at=START)
    with pytest.raises(HasItAlready):
        actions.add_membership(person=person, organisation=body, role="cashier", by=boss, at=START)


def test_the_last_one_who_answers_stays_until_the_next_is_named(club):
    body, liv, first, boss = club
    with pytest.raises(LastOne):
        actions.end_membership(membership=first, by=boss, at=START)
    actions.add_membership(person=a_person(), organisation=body, role="organisation_representative", by=boss, at=START)
    actions.end_membership(membership=first, by=boss, at=START)
    assert [h.role for h in hats.hats_of(liv.id)] == [Role.RESIDENT]
    assert [e.name for e in EventRow.objects.all()] == ["partners_organisations.membership_ended"]
    assert [e.act for e in AuditEvent.objects.order_by("id")][-1] == "organisations.end_membership"


def test_everyone_may_give_up_their_own_role_and_nobody_elses(club, in_municipality):
    body, _, _, boss = club
    person = a_person()
    row = actions.add_membership(person=person, organisation=body, role="cashier", by=boss, at=START)
    with pytest.raises(NotYours):
        actions.end_membership(
            membership=row, by=viewer(in_municipality, "cashier", body.owner, person=a_person()), at=START
        )
    actions.end_membership(membership=row, by=viewer(in_municipality, "cashier", body.owner, person=person), at=START)
    actions.end_membership(membership=row, by=boss, at=START)
    assert Membership.objects.get(id=row.id).ends == START.date()


@pytest.mark.rule("R112")
def test_leaving(club, in_municipality, clock):
    from samtun.foundation.models import Owner

    body, liv, _, boss = club
    with pytest.raises(NotYours):
        actions.leave(organisation=body, by=viewer(in_municipality, "coordinator", body.owner), at=START)
    actions.leave(organisation=body, by=boss, at=START)
    assert Owner.objects.get(id=body.owner_id).left_on == START.date()
    assert [h.role for h in hats.hats_of(liv.id)] == [Role.RESIDENT]
    assert [(e.name, e.payload) for e in EventRow.objects.order_by("id")][-1] == (
        "partners_organisations.left", {"owner": str(body.owner_id)},
    )  # fmt: skip
    assert KnownTo.objects.filter(owner=body.owner).exists(), "leaving is a state, not a deletion"
    from samtun.foundation.viewer import Viewer

    with pytest.raises(HasLeft):
        actions.add_membership(
            person=liv, organisation=body, role="cashier", by=Viewer.system(in_municipality.id), at=START
        )


def test_the_municipality_cannot_leave_itself(in_municipality, clock):
    from samtun.partners.organisations.actions.leaving import CannotLeave

    council = an_organisation("Dalgrend kommune", "municipality")
    with pytest.raises(CannotLeave):
        actions.leave(organisation=council, by=viewer(in_municipality, "leader", council.owner), at=START)


def test_a_grant_and_a_membership_on_one_person(in_municipality, clock):
    council, person = an_organisation("Dalgrend kommune", "municipality"), a_person()
    a_grant(person, "privacy_officer", council.owner)
    a_member(person, council, "seat_holder")
    assert {h.role for h in hats.hats_of(person.id)} == {Role.PRIVACY_OFFICER, Role.RESIDENT, Role.SEAT_HOLDER}
