"""Links in texts: made anew each time, of one municipality, ending, acting on nothing."""

import datetime as dt

import pytest
from django.urls import path
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtun.config import urls as real_urls
from samtun.foundation.access import public
from samtun.foundation.scope import open_scope
from samtun.kernel.ids import uuid7
from samtun.notifications.messages import actions, queries
from samtun.notifications.messages.models import Message, Question
from samtun.notifications.messages.queries.links import ALPHABET


@public
def trial(request, token):
    raise AssertionError("only the address is needed")


urlpatterns = [*real_urls.urlpatterns, path("prove/<str:token>/", trial, name="trial")]


@pytest.fixture
def question(municipality, owner, room, people, system, now):
    with open_scope(municipality.id):
        return actions.queue(
            notice=room.trial.TrialAsk, ref_kind="trial", ref_id=uuid7(), to=people.add(), owner=owner.id, by=system,
            at=now, question_ends=now + dt.timedelta(days=1),
        ).question  # fmt: skip


def test_a_token_opens_its_question_until_fourteen_days_after(municipality, question, now):
    with open_scope(municipality.id):
        token = queries.make_token(question)
        assert queries.read_token(token, at=now) == question
        assert queries.read_token(token, at=now + dt.timedelta(days=15)) == question
        assert queries.read_token(token, at=now + dt.timedelta(days=15, seconds=1)) is None


def test_a_token_is_short_and_has_128_bits_and_no_sign_that_is_mistaken(municipality, question):
    with open_scope(municipality.id):
        token = queries.make_token(question)
    assert len(token) == 22
    assert len(ALPHABET) ** len(token) >= 2**128
    assert not set("0OIl-_") & set(ALPHABET)


def test_no_sign_of_a_token_can_be_changed(municipality, question, now):
    with open_scope(municipality.id):
        token = queries.make_token(question)
        for n, sign in enumerate(token):
            for other in ALPHABET[:3]:
                if other != sign:
                    assert queries.read_token(token[:n] + other + token[n + 1 :], at=now) is None


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_door(in_municipality, now, text):
    assert queries.read_token(text, at=now) is None


def test_a_token_of_one_municipality_opens_nothing_in_another(municipality, neighbour, question, now):
    with open_scope(municipality.id):
        token = queries.make_token(question)
    with open_scope(neighbour.id):
        assert queries.read_token(token, at=now) is None


def test_texts_that_follow_carry_the_same_link(municipality, question):
    with open_scope(municipality.id):
        link = queries.link_for(kind="trial", ref_id=question.ref_id, person=question.to_person)
        assert link == f"https://testserver/s/{queries.make_token(question)}"
        assert queries.link_for(kind="trial", ref_id=uuid7(), person=question.to_person) == ""


def test_the_address_follows_the_setting(municipality, question, settings):
    settings.SAMTUN_PUBLIC_URL = "http://{host}:8000"
    with open_scope(municipality.id):
        assert queries.link_to(question).startswith("http://testserver:8000/s/")


@pytest.mark.urls(__name__)
def test_opening_a_link_leads_on_and_does_nothing(client, municipality, question, monkeypatch, now):
    monkeypatch.setattr("samtun.kernel.clock.now", lambda: now)
    with open_scope(municipality.id):
        token = queries.make_token(question)
        before = (list(Message.objects.values()), list(Question.objects.values()))
    for address in (f"/s/{token}", f"/s/{token}/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/prove/{token}/")
    assert client.post(f"/s/{token}").status_code == 405
    with open_scope(municipality.id):
        assert (list(Message.objects.values()), list(Question.objects.values())) == before


def test_a_link_that_is_over_says_so_with_the_telephone_number(client, municipality):
    answer = client.get("/s/AAAAAAAAAAAAAAAAAAAAAA")
    assert answer.status_code == 404
    assert "57" in answer.content.decode()
