"""One question from a text: opening answers nothing, words go on only with leave, nobody is given marks."""

import datetime as dt

import pytest
from django.urls import reverse

from samtun.evaluation.surveys import tasks
from samtun.evaluation.surveys.models import Answer
from samtun.kernel import clock
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.recognition.models import Thanks
from samtun.work.todos.models import Todo
from tests.factories.desk import owner, person
from tests.factories.help import match, task_type, volunteer


def ask(found, kind="went_well", nonce="abcdefgh", **more):
    at = clock.now()
    days = {"ends_at": at + dt.timedelta(days=14), "link_until": at + dt.timedelta(days=20)} | more
    return Question.objects.create(
        kind=kind, ref_kind="went_well", ref_id=found.id, to_person=found.request.recipient_id, code=27, nonce=nonce,
        owner=found.request.owner, asked_at=at, **days,
    )  # fmt: skip


@pytest.fixture
def done(municipality, scope_of):
    with scope_of(municipality):
        ours = owner()
        return match(volunteer(ours), person(ours, "Solveig", "Nesheim"), task_type(), state="done")


@pytest.fixture
def url(municipality, scope_of, done, client):
    client.cookies["samtun_language"] = "en"
    with scope_of(municipality):
        return reverse("went_well_link", args=[make_token(ask(done))])


def text(response):
    return response.content.decode()


def test_opening_answers_nothing(municipality, scope_of, client, url):
    for _n in range(3):
        html = text(client.get(url))
    assert "Did it go all right?" in html
    assert client.head(url).status_code in {200, 405}
    with scope_of(municipality):
        assert not Answer.objects.exists()
        assert Question.objects.get().answered_at is None


def test_yes_says_thank_you_and_stays_so(municipality, scope_of, client, url):
    html = text(client.post(url, {"answer": "yes"}, follow=True))
    assert "Thank you!" in html
    assert "That is good to hear." in text(client.get(url))
    with scope_of(municipality):
        answer = Answer.objects.get()
        assert (answer.value, answer.via, answer.words) == ("yes", "link", "")
        assert Question.objects.get().answered_at is not None
        assert not Todo.objects.filter(reason="ring_me").exists()


def test_ring_me_says_when_and_becomes_a_todo(municipality, scope_of, client, url):
    html = text(client.post(url, {"answer": "ring_me"}, follow=True))
    assert "We ring you" in html
    assert "at the latest" in html
    with scope_of(municipality):
        todo = Todo.objects.get(reason="ring_me")
        assert todo.about == "SN"


@pytest.mark.rule("R67")
def test_words_go_on_only_with_leave(municipality, scope_of, client, url, done):
    client.post(url, {"answer": "yes"})
    html = text(client.post(url, {"answer": "yes", "words": "Takk for meg!"}, follow=True))
    assert "We keep it to ourselves." in html
    with scope_of(municipality):
        assert not Thanks.objects.filter(words="Takk for meg!").exists()
    client.post(url, {"answer": "yes", "words": "Takk for meg!", "may_tell": "on"})
    with scope_of(municipality):
        assert Thanks.objects.get(person=done.volunteer.person).words == "Takk for meg!"


def test_asking_to_be_rung_afterwards_keeps_the_words(municipality, scope_of, client, url):
    client.post(url, {"answer": "yes", "words": "Fint", "may_tell": "on"})
    client.post(url, {"answer": "ring_me"})
    with scope_of(municipality):
        answer = Answer.objects.get()
        assert (answer.value, answer.words, answer.words_may_be_told) == ("ring_me", "Fint", True)


def test_too_many_words_give_a_sentence_and_stay(municipality, scope_of, client, url):
    client.post(url, {"answer": "yes"})
    response = client.post(url, {"answer": "yes", "words": "å" * 301})
    assert response.status_code == 422
    assert "1 character too long" in text(response)
    assert "å" * 301 in text(response)


@pytest.mark.parametrize("answer", ["", "5", "bad", "YES"])
def test_there_are_only_two_answers(municipality, scope_of, client, url, answer):
    assert client.post(url, {"answer": answer}).status_code == 200
    with scope_of(municipality):
        assert not Answer.objects.exists()


def test_wrong_over_and_others_links_look_the_same(municipality, scope_of, client, done):
    with scope_of(municipality):
        over = make_token(ask(done, link_until=clock.now() - dt.timedelta(days=1)))
        other = make_token(ask(done, kind="proposal", nonce="hgfedcba"))
    for token in (over, other, "a" * 22, "x"):
        assert client.get(reverse("went_well_link", args=[token])).status_code == 404


@pytest.mark.parametrize(("days", "hour", "gone"), [(364, 3, False), (367, 4, False), (367, 3, True)])
def test_after_a_year_the_night_leaves_an_answer_about_the_kind_of_help_alone(
    municipality, scope_of, client, url, done, monkeypatch, days, hour, gone
):
    client.post(url, {"answer": "yes"})
    client.post(url, {"answer": "yes", "words": "Takk for meg!"})
    night = (clock.wall(clock.now()) + dt.timedelta(days=days)).replace(hour=hour)
    monkeypatch.setattr(clock, "now", lambda: night)
    tasks.nightly(tenant=str(municipality.id))
    with scope_of(municipality):
        stands = Answer.objects.get()
        about = ("task_type", done.request.task_type_id) if gone else ("match", done.id)
        assert (stands.value, stands.ref_kind, stands.ref_id) == ("yes", *about)
        whose = (None, "") if gone else (done.request.recipient_id, "Takk for meg!")
        assert (stands.person_id, stands.words) == whose


def test_the_page_names_nobody(client, url):
    html = text(client.get(url))
    for name in ("Solveig", "Nesheim", "Marit", "Fjelde"):
        assert name not in html
