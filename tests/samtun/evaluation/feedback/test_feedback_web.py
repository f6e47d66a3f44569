"""The pages of feedback: nothing typed lost, a sentence for what is wrong, nothing shown to others."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samtun.evaluation.feedback.actions.raising import Said
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.rules import follow_token
from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Permission, Role
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.partners.organisations.models import Organisation
from tests.factories.feedback import a_matter, agreed_match, answered, said_by
from tests.factories.journey import log_in, log_in_person, make_tun

KEY = "5d4bd1f4-3d1f-4f3c-9f5f-1c2b3a4d5e6f"
SAID = {"key": KEY, "about": "snow", "words": "Salen er låst når vi kjem", "hears": "page"}


@pytest.fixture
def tun(municipality, scope_of, now):
    with scope_of(municipality):
        return make_tun(municipality, now)


@pytest.fixture
def turid(tun, municipality, scope_of, client):
    """A client in which the centre's coordinator is logged in."""
    with scope_of(municipality):
        log_in(client, tun)
    client.cookies["samtun_language"] = "en"
    return client


def in_english():
    made = Client()
    made.cookies["samtun_language"] = "en"
    return made


def text(response):
    return response.content.decode()


def link(tun, match):
    question = Question.objects.create(
        kind="still_ok", ref_kind="match", ref_id=match.id, to_person=match.volunteer.person_id, code=27,
        nonce="abcdefgh", owner=tun.centre, asked_at=tun.now, ends_at=tun.now, link_until="2099-01-01T00:00Z",
    )  # fmt: skip
    question.refresh_from_db()
    return reverse("feedback_link", args=[make_token(question)])


@pytest.mark.usefixtures("tun")
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": ""}, "Fill in “What would you like to say?”."),
        ({"hears": "text"}, "Write the number where the answer is to go."),
        ({"hears": "email"}, "Write the e-mail address where the answer is to go."),
        ({"hears": "text", "phone": "12"}, "A Norwegian number has eight digits."),
        ({"words": "x" * 1001}, "The text is 1 character too long."),
    ],
)
def test_what_is_wrong_gives_a_sentence_and_keeps_what_was_typed(wrong, sentence):
    response = in_english().post("/si/", SAID | {"name": "Per Granne"} | wrong)
    assert response.status_code == 422
    assert sentence in text(response)
    assert 'value="Per Granne"' in text(response)
    assert ("Salen er låst" in text(response)) is ("words" not in wrong)


def test_without_a_name_one_follows_it_at_an_address_of_ones_own(tun, municipality, scope_of):
    client = in_english()
    response = client.post("/si/", SAID)
    assert re.fullmatch(r"/si/svar/[\w-]{22}/", response.url)
    assert client.post("/si/", SAID).url == response.url
    with scope_of(municipality):
        found = Feedback.objects.get()
        (event,) = AuditEvent.objects.filter(act="feedback.give")
        assert (event.account, event.person, found.title) == (None, None, "Snø på trappa")
        answered(tun, found)
    page = text(client.get(response.url))
    assert "Salen er låst når vi kjem" in page
    assert "Nøkkelen heng i boksen" in page
    assert "Turid" not in page
    client.post(response.url, {"words": "Framleis låst"})
    with scope_of(municipality):
        assert Feedback.objects.get().state == "received"


@pytest.mark.usefixtures("tun")
def test_many_in_a_short_while_are_stopped(municipality, scope_of):
    client = in_english()
    for n in range(11):
        last = client.post("/si/", SAID | {"key": f"5d4bd1f4-3d1f-4f3c-9f5f-1c2b3a4d5e{n:02d}"})
    assert "tried many times" in text(last)
    with scope_of(municipality):
        assert Feedback.objects.count() == 10


@pytest.mark.usefixtures("tun")
def test_a_wrong_address_opens_nothing():
    assert in_english().get("/si/svar/abcdefghijklmnopqrstuv/").status_code == 404


def test_a_word_of_illness_is_asked_about(tun):
    response = in_english().post("/si/", SAID | {"words": "Han har kreft"})
    assert response.status_code == 422
    assert "Keep it as it is written" in text(response)


def test_from_the_link_in_a_text_about_what_it_was_about(tun, municipality, scope_of):
    with scope_of(municipality):
        match = agreed_match(tun)
        address = link(tun, match)
    response = in_english().post(address, {"key": KEY, "words": "Porten er låst"})
    assert response.status_code == 302
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.sender_id, found.via, found.hears) == (match.volunteer.person_id, "link", "own")
        assert (found.ref_kind, found.ref_id, found.owner) == ("help_request", match.request_id, tun.centre)


def test_the_desk_has_a_line_with_one_button_and_the_page_answers(turid, tun, municipality, scope_of):
    with scope_of(municipality):
        marit = tun.volunteer("Marit", "Fjelde", "+4790000001").person
        found = said_by(tun, marit, words="Porten er låst")
    assert "Feedback waits for an answer" in text(turid.get("/i-dag/"))
    assert "Porten er låst" in text(turid.get("/si/mottak/"))
    address = f"/si/mottak/{found.id}/"
    page = text(turid.get(address))
    assert "Marit Fjelde" in page
    empty = turid.post(address, {"act": "answer", "words": ""})
    assert empty.status_code == 422
    assert "Fill in “The answer”." in text(empty)
    assert turid.post(address, {"act": "close"}).status_code == 409
    turid.post(address, {"act": "answer", "words": "No er han open"})
    assert "Porten er låst" not in text(turid.get("/si/mottak/"))
    assert "Porten er låst" in text(turid.get("/si/mottak/?vis=answered"))


def test_what_is_written_down_goes_to_the_person_whose_number_it_is(turid, tun, municipality, scope_of):
    with scope_of(municipality):
        anna = tun.recipient()
    typed = SAID | {"via": "phone", "phone": "57 41 00 01", "name": "Anna", "hears": "call"}
    assert turid.post("/si/mottak/skriv/", typed).status_code == 302
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.sender_id, found.phone, found.via) == (anna.id, "", "phone")
    wrong = turid.post("/si/mottak/skriv/", typed | {"words": ""})
    assert wrong.status_code == 422
    assert 'value="Anna"' in text(wrong)


def test_from_the_page_of_a_wish_and_from_ones_own_page(turid, tun, municipality, scope_of):
    with scope_of(municipality):
        match = agreed_match(tun)
    assert f"/si/om/help_request/{match.request_id}/" in text(turid.get(f"/onske/{match.request_id}/"))
    own = in_english()
    with scope_of(municipality):
        log_in_person(own, match.volunteer.person)
    assert f"/si/om/match/{match.id}/" in text(own.get("/meg/"))
    assert own.post(f"/si/om/match/{match.id}/", {"key": KEY, "words": "Porten er låst"}).status_code == 302


@pytest.mark.rule("R110")
def test_an_organisations_matter_is_open_by_its_own_choice(tun, municipality, scope_of):
    chair = in_english()
    with scope_of(municipality):
        log_in(
            chair, tun, organisation=Organisation.objects.get(owner=tun.other), role=Role.ORGANISATION_REPRESENTATIVE
        )
    about = f"/si/om/task_type/{tun.snow.id}/"
    assert about in text(chair.get(f"/slag-hjelp/{tun.snow.id}/"))
    closed = chair.post(about, {"key": KEY, "words": "Laurdagane", "is_public": "on"})
    assert "Choose the organisation first" in text(closed)
    chair.post(about, {"key": KEY, "words": "Laurdagane", "is_public": "on", "from_owner": str(tun.other.id)})
    assert "Laurdagane" in text(Client().get("/si/alle/"))
    assert "Laurdagane" in text(chair.get("/si/vare/"))
    with scope_of(municipality):
        found = Feedback.objects.get()
        answered(tun, found)
        own_address = f"/si/svar/{follow_token(found.id)}/"
    chair.post(own_address, {"act": "settled"})
    chair.post(f"/si/mottak/{found.id}/", {"act": "settled"})
    with scope_of(municipality):
        assert Feedback.objects.get().settled == "settled"


def test_a_matter_that_is_not_open_stands_nowhere_else(tun, municipality, scope_of):
    with scope_of(municipality):
        by = tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.MANAGE_ORGANISATION})
        a_matter(tun, Said("Laurdagane", from_owner=tun.other.id), by=by)
    assert "Laurdagane" not in text(Client().get("/si/alle/"))
