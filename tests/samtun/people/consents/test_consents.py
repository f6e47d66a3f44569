"""A yes, by whom, to what, and that it can be taken back at once (R76)."""

import datetime as dt

import pytest

from samtun.foundation import exports
from samtun.foundation.models import AuditEvent, EventRow
from samtun.kernel.errors import NotYours
from samtun.people.consents import actions
from samtun.people.consents.models import Consent
from samtun.people.consents.queries import consent_stands, consents_visible_to
from tests.samtun.people.login import START, a_person, an_organisation, viewer


@pytest.fixture
def scene(in_municipality):
    """A centre, a club and a person whom the centre knows."""
    centre, club = an_organisation(), an_organisation("Dalgrend sanitetsforening", "association")
    return in_municipality, centre.owner, club.owner, a_person("Solveig", "Haug", owner=centre.owner)


def a_yes(scene, by=None, **more):
    municipality, centre, club, person = scene
    given = {
        "person": person, "basis": "self", "what": "Name, village and that snow must be cleared", "passed_to": club,
        "owner": centre, "purpose": "Finding a volunteer", "form": "oral", "at": START,
        "by": by or viewer(municipality, "coordinator", centre),
    } | more  # fmt: skip
    return actions.record_consent(**given)


@pytest.mark.rule("R76")
def test_all_that_is_asked_for_is_written_down(scene):
    consent = a_yes(scene, basis="next_of_kin", given_by="Anne Haug", form="written", given_on=dt.date(2026, 11, 20))
    consent.refresh_from_db()
    assert (
        consent.basis, consent.given_by, consent.what, consent.passed_to.name, consent.purpose, consent.form,
        consent.given_on, consent.registered_by, consent.withdrawn_at,
    ) == (
        "next_of_kin", "Anne Haug", "Name, village and that snow must be cleared", "Dalgrend sanitetsforening",
        "Finding a volunteer", "written", dt.date(2026, 11, 20),
        "Kari Nes, Koordinator, Dalgrend frivilligsentral", None,
    )  # fmt: skip


@pytest.mark.rule("R76")
def test_taking_it_back_holds_at_once(scene):
    consent = a_yes(scene)
    assert consent_stands(consent)
    later = START + dt.timedelta(minutes=5)
    actions.withdraw_consent(consent=consent, by=viewer(scene[0], "resident", person=scene[3], body=""), at=later)
    assert not consent_stands(consent)
    assert not consent_stands(consent.id)
    assert [(e.name, e.payload) for e in EventRow.objects.all()] == [
        ("people_consents.withdrawn", {"consent": str(consent.id), "person": str(scene[3].id)})
    ]
    actions.withdraw_consent(
        consent=consent, by=viewer(scene[0], "coordinator", scene[1]), at=later + dt.timedelta(days=1)
    )
    assert Consent.objects.get().withdrawn_at == later
    assert EventRow.objects.count() == 1
    assert [e.act for e in AuditEvent.objects.order_by("id")] == ["consents.record", "consents.withdraw"]


def test_none_never_stands(scene):
    assert not consent_stands(None)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"what": "  "}, actions.SayWhat), ({"purpose": ""}, actions.SayWhat),
        ({"basis": "guardian"}, actions.WhoSaidYes),
        ({"given_on": START.date() + dt.timedelta(days=1)}, actions.NotYet),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(scene, wrong, refusal):
    with pytest.raises(refusal):
        a_yes(scene, **wrong)
    assert Consent.objects.count() == 0


def test_another_organisation_neither_writes_nor_takes_back(scene):
    municipality, _, club, _ = scene
    stranger = viewer(municipality, "coordinator", club)
    with pytest.raises(NotYours):
        a_yes(scene, by=stranger)
    consent = a_yes(scene)
    with pytest.raises(NotYours):
        actions.withdraw_consent(consent=consent, by=stranger, at=START)
    assert consent_stands(consent)


@pytest.mark.rule("R112")
def test_the_wall_and_the_file(scene):
    municipality, centre, club, person = scene
    consent = a_yes(scene)
    assert list(consents_visible_to(viewer(municipality, "coordinator", centre))) == [consent]
    assert list(consents_visible_to(viewer(municipality, "resident", person=person, body=""))) == [consent]
    for other in (
        viewer(municipality, "coordinator", club),
        viewer(municipality, "resident", person=a_person(), body=""),
    ):
        assert list(consents_visible_to(other)) == []
    assert len(exports.tables_of(centre.id)["consents/consents"].rows) == 1
    assert exports.tables_of(club.id)["consents/consents"].rows == []
