"""Who answers: oneself by text, link or telephone, or one who takes care of the request; nobody else."""

import datetime as dt

import pytest

from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.actions import receive_sms
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.models import Ask, Match


@pytest.fixture
def marit(tun):
    return tun.volunteer("Marit", "Fjelde", "+4790000001")


@pytest.fixture
def request_(tun):
    return tun.request(recipient=tun.person("Anna", "Stokke", "+4790000009"))


@pytest.fixture
def ask(tun, marit, request_):
    return actions.ask_volunteers(request=request_, volunteers=[marit.id], by=tun.viewer(), at=tun.now)[0]


def the_person(tun, person_id, key="link", role=Role.VOLUNTEER):
    return Viewer(tun.municipality.id, Hat(key, role), person=person_id, via=key)


def strangers(tun, marit):
    """Those who must not answer: someone else by link, an outsider's desk, a desk without the right, nobody."""
    return {
        "another person": the_person(tun, tun.person("Kari", "Nes", "+4790000077").id),
        "another owner": tun.viewer(tun.other),
        "an assessor": tun.assessor(),
        "own desk without the right": tun.viewer(permissions={Permission.MANAGE_VOLUNTEERS}),
        "nobody": Viewer.anonymous(tun.municipality.id),
    }


@pytest.mark.parametrize("yes", [True, False])
def test_nobody_else_answers_an_ask(tun, marit, ask, yes):
    for who, by in strangers(tun, marit).items():
        with pytest.raises(NotYours):
            actions.answer_ask(ask=ask, yes=yes, via="link", by=by, at=tun.now)
        assert Ask.objects.get(id=ask.id).state == "sent", who


def test_the_recipient_does_not_answer_for_the_volunteer_nor_the_other_way(tun, marit, request_, ask):
    with pytest.raises(NotYours):
        actions.answer_ask(ask=ask, yes=True, via="link", by=the_person(tun, request_.recipient_id), at=tun.now)
    actions.answer_ask(ask=ask, yes=True, via="link", by=the_person(tun, marit.person_id), at=tun.now)
    match = Match.objects.get()
    with pytest.raises(NotYours):
        actions.answer_proposal(match=match, yes=True, via="link", by=the_person(tun, marit.person_id), at=tun.now)
    assert Match.objects.get().state == "proposed"


@pytest.mark.rule("R31")
def test_nobody_else_says_yes_to_a_name(tun, marit, ask):
    actions.answer_ask(ask=ask, yes=True, via="link", by=the_person(tun, marit.person_id), at=tun.now)
    for who, by in strangers(tun, marit).items():
        with pytest.raises(NotYours):
            actions.answer_proposal(match=Match.objects.get(), yes=True, via="link", by=by, at=tun.now)
        assert Match.objects.get().state == "proposed", who


def test_the_two_themselves_answer(tun, marit, request_, ask):
    actions.answer_ask(ask=ask, yes=True, via="link", by=the_person(tun, marit.person_id), at=tun.now)
    by = the_person(tun, request_.recipient_id, "sms", Role.RESIDENT)
    actions.answer_proposal(match=Match.objects.get(), yes=True, via="sms", by=by, at=tun.now)
    assert Match.objects.get().state == "agreed"


def test_the_desk_that_takes_care_of_it_writes_down_what_was_said(tun, ask):
    actions.answer_ask(ask=ask, yes=True, via="call", by=tun.viewer(), at=tun.now)
    actions.answer_proposal(match=Match.objects.get(), yes=False, via="call", by=tun.viewer(), at=tun.now)
    assert Match.objects.get().state == "other_wished"


def text(tun, phone, words, n):
    return receive_sms(
        tenant=tun.municipality.id, gateway_id=f"g{n}", phone=phone, text=words, at=tun.now + dt.timedelta(minutes=n)
    )


def test_by_text_it_is_the_one_who_was_asked(tun, marit, ask):
    text(tun, "+4790000077", f"JA {Question.objects.get().code}", 1)
    assert Ask.objects.get().state == "sent", "another number answers nothing"
    text(tun, "+4790000001", "JA", 2)
    assert Ask.objects.get().state == "yes"
    text(tun, "+4790000009", "JA", 3)
    assert Match.objects.get().state == "agreed"


def test_by_link_it_is_the_one_it_was_sent_to(client, municipality, scope_of, monkeypatch, now):
    from tests.factories.journey import make_tun

    monkeypatch.setattr(clock, "now", lambda: now)
    with scope_of(municipality):
        tun = make_tun(municipality, now)
        marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
        request = tun.request(recipient=tun.person("Anna", "Stokke", "+4790000009"))
        actions.ask_volunteers(request=request, volunteers=[marit.id], by=tun.viewer(), at=now)
        token = make_token(Question.objects.get())
    assert client.post(f"/svar/oppdrag/{token}/", {"act": "yes"}).status_code == 302
    with scope_of(municipality):
        assert Ask.objects.get().state == "yes"
        token = make_token(Question.objects.get(kind="proposal"))
    from django.urls import reverse

    assert client.post(reverse("proposal_link", args=[token]), {"answer": "yes"}).status_code == 302
    with scope_of(municipality):
        assert Match.objects.get().state == "agreed"
