"""Pages of mentors and certificates: few statements, walls, nothing typed is lost."""

import pytest

from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.operation.mentoring.models import MentorPlan
from samtun.work.todos.models import Todo
from tests.bench.measure import listening
from tests.factories.help import contribution
from tests.factories.journey import log_in, log_in_person, make_tun


@pytest.fixture
def tun(municipality, now):
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        tun.amir = tun.volunteer("Amir", "Haddad", "+4790000101")
        tun.kari = tun.volunteer("Kari", "Berg", "+4790000102")
        contribution(tun.amir.person, tun.centre, kind="snow", on=clock.today(), minutes=90)
        contribution(tun.amir.person, tun.other, kind="visit", on=clock.today(), minutes=600)
        return tun


@pytest.fixture
def turid(client, tun, municipality):
    client.cookies["samtun_language"] = "en"
    with open_scope(municipality.id):
        log_in(client, tun)
    return client


def words(response):
    return " ".join(response.content.decode().split())


def plan(tun, **changes):
    facts = {"mentor": str(tun.kari.person_id), "most_minutes": "60", "talk_days": "5", "together_until": ""}
    return facts | changes


def at(tun, what=""):
    return f"/frivillige/{tun.amir.id}/{what}"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"mentor": ""}, "Choose who the mentor is."),
        ({"most_minutes": "en time"}, "Write how long a task may last, from 5 to 600 minutes."),
        ({"most_minutes": "99999999999999999999"}, "Write how long a task may last, from 5 to 600 minutes."),
        ({"talk_days": ""}, "Write how many days with opening hours there are between the talks, from 1 to 60."),
        ({"together_until": "1.1.2020"}, "That day has been. Choose today or a later day, or leave it empty."),
        ({"together_until": "i morgon"}, "Write the date as day, month and year, for example 27.11.2026."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(turid, tun, changes, sentence):
    answer = turid.post(at(tun, "mentor/"), plan(tun, **changes))
    assert answer.status_code == 422
    assert sentence in words(answer)
    for typed in changes.values():
        assert typed in words(answer)


def test_the_volunteers_page_tells_the_plan_in_few_statements(turid, tun, municipality):
    assert turid.post(at(tun, "mentor/"), plan(tun)).status_code == 302
    with open_scope(municipality.id):
        assert MentorPlan.objects.get().mentor_id == tun.kari.person_id
    turid.get(at(tun))
    with listening() as asked:
        page = words(turid.get(at(tun)))
    assert "Kari Berg" in page
    assert len(asked.statements) <= 18


@pytest.mark.rule("R67")
def test_a_certificate_is_asked_for_made_and_forgotten(turid, tun, municipality, client):
    from django.test import Client

    own = Client()
    with open_scope(municipality.id):
        log_in_person(own, tun.amir.person)
    assert own.post(at(tun, "attest/be/")).status_code == 302
    assert "Has asked for one." in words(turid.get(at(tun)))
    page = words(turid.get(at(tun, "attest/")))
    assert "1.5 hours" in page
    assert "10 hours" not in page, "what was done for another organisation is theirs to tell"
    paper = turid.post(at(tun, "attest/"), {"starts": "2026-01-01", "ends": str(clock.today()), "signer": "Turid"})
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    with open_scope(municipality.id):
        assert not Todo.objects.filter(reason="certificate_wished", done_at=None).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": "2025-01-01"}, "The last day must be the same as the first day, or later."),
        ({"ends": "2099-01-01"}, "That day has not come yet. Choose today or an earlier day."),
        ({"words": "Han har demens"}, "Does whoever helps need to know?"),
        ({"signer": ""}, "Who signs?"),
    ],
)
def test_a_certificate_that_cannot_be_says_why(turid, tun, changes, sentence):
    facts = {"starts": "2026-01-01", "ends": "2026-01-31", "words": "", "signer": "Turid Lien"} | changes
    answer = turid.post(at(tun, "attest/"), facts)
    assert answer.status_code == 422
    assert sentence in words(answer)


@pytest.mark.rule("R112")
def test_another_organisations_coordinator_finds_nothing(client, tun, municipality):
    from samtun.partners.organisations.models import Organisation

    with open_scope(municipality.id):
        log_in(client, tun, organisation=Organisation.objects.get(owner=tun.other))
    for what in ("", "mentor/", "attest/"):
        assert client.get(at(tun, what)).status_code == 404
    assert client.post(at(tun, "mentor/"), plan(tun)).status_code == 404
