"""The pages: honest before the form, a sentence for what is wrong, nothing typed lost, nothing shown too early."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from samtun.evaluation.feedback.actions import differing
from samtun.evaluation.feedback.models import Concern, Contact, HeadsUp
from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.callouts.models import Asked, CallOut, FriendsList
from tests.factories.feedback import HANNE, a_concern, a_contact, a_heads_up, agreed_match, oneself
from tests.factories.journey import log_in, log_in_person, make_tun
from tests.factories.regular import running

KEY = "5d4bd1f4-3d1f-4f3c-9f5f-1c2b3a4d5e6f"
TOLD = {"key": KEY, "kind": "money", "text": "Det manglar pengar", "to": "inside"}


@pytest.fixture
def tun(municipality, scope_of, now):
    with scope_of(municipality):
        return make_tun(municipality, now)


@pytest.fixture
def leader(tun, municipality, scope_of, client):
    """A client in which the centre's leader is logged in."""
    with scope_of(municipality):
        log_in(client, tun, role=Role.LEADER)
    client.cookies["samtun_language"] = "en"
    return client


def text(response):
    return response.content.decode()


def link(tun, kind, ref_id, person, name):
    question = Question.objects.create(
        kind=kind, ref_kind=kind, ref_id=ref_id, to_person=person, code=27, nonce="abcdefgh", owner=tun.centre,
        asked_at=tun.now, ends_at=tun.now, link_until="2099-01-01T00:00Z",
    )  # fmt: skip
    question.refresh_from_db()
    return reverse(name, args=[make_token(question)])


def test_the_form_says_who_receives_and_what_it_is_not_before_anything_is_written(leader):
    html = text(leader.get("/si-fra/"))
    order = ["tel:113", "few are anonymous", "Received here by", "report wrongdoing at work", "<textarea"]
    places = [html.index(each) for each in order]
    assert places == sorted(places)


def test_a_missing_word_gives_a_sentence_and_keeps_what_was_typed(leader):
    response = leader.post("/si-fra/", TOLD | {"text": "", "about": "Olav", "name": "Kari"})
    assert response.status_code == 422
    assert "Fill in “What is wrong?”." in text(response)
    assert 'value="Olav"' in text(response)
    assert 'value="Kari"' in text(response)


def test_whoever_is_logged_in_is_not_written_down(leader, municipality, scope_of):
    assert leader.post("/si-fra/", TOLD).status_code == 200
    with scope_of(municipality):
        (event,) = AuditEvent.objects.filter(act="feedback.raise_concern")
        assert (event.account, event.person, event.actor) == (None, None, "")


def test_sent_twice_shows_the_same_code(leader, municipality, scope_of):
    codes = {re.search(r"big-code\"><b>([\w-]+)", text(leader.post("/si-fra/", TOLD)))[1] for _n in range(2)}
    assert len(codes) == 1
    with scope_of(municipality):
        assert Concern.objects.count() == 1


def test_a_wrong_code_gives_a_sentence_and_many_tries_are_stopped(leader):
    wrong = leader.post("/si-fra/svar/", {"code": "furu-hest-11111"})
    assert wrong.status_code == 422
    assert "We find nothing by that code." in text(wrong)
    for _n in range(8):
        last = leader.post("/si-fra/svar/", {"code": "furu-hest-11111"})
    assert "tried many times" in text(last)


def test_the_right_code_is_stopped_as_well_after_many_tries(leader, tun, municipality, scope_of):
    with scope_of(municipality):
        _made, code = a_concern(tun)
    for _n in range(8):
        leader.post("/si-fra/svar/", {"code": "furu-hest-11111"})
    assert "tried many times" in text(leader.post("/si-fra/svar/", {"code": code}))


def test_the_code_opens_what_was_told_and_closing_the_screen_shuts_it(leader, tun, municipality, scope_of):
    with scope_of(municipality):
        _made, code = a_concern(tun, text="Rekkverket er laust")
    assert "Rekkverket" in text(leader.post("/si-fra/svar/", {"code": code}, follow=True))
    assert "Rekkverket" not in text(leader.post("/si-fra/svar/", {"leave": "1"}, follow=True))


def test_a_receiver_sees_no_word_before_it_is_opened(leader, tun, municipality, scope_of):
    with scope_of(municipality):
        made, _code = a_concern(tun, text="Rekkverket er laust")
    address = f"/si-fra/mottak/{made.id}/"
    assert "Rekkverket" not in text(leader.get("/si-fra/mottak/"))
    assert "Rekkverket" not in text(leader.get(address))
    assert "Rekkverket" in text(leader.post(address, {"act": "open"}, follow=True))


def test_a_step_without_its_words_stays_on_the_page_with_a_sentence(leader, tun, municipality, scope_of):
    with scope_of(municipality):
        made, _code = a_concern(tun, about="Olav")
    address = f"/si-fra/mottak/{made.id}/"
    for act in ("open", "look"):
        leader.post(address, {"act": act})
    response = leader.post(address, {"act": "wait", "wait-reason": ""})
    assert response.status_code == 422
    assert "Fill in “Why must it wait?”." in text(response)


def test_a_link_in_a_text_sends_one_within_to_the_login(leader, tun, municipality, scope_of, client):
    from django.test import Client

    with scope_of(municipality):
        made, _code = a_concern(tun)
        person = Question.objects.get(kind="to_you").to_person
        address = link(tun, "to_you", made.id, person, "to_you_link")
    response = Client().get(address)
    assert (response.status_code, response.url) == (302, f"/si-fra/mottak/{made.id}/")


def test_behind_a_link_stands_nothing_without_the_code(tun, municipality, scope_of, client):
    with scope_of(municipality):
        match = agreed_match(tun)
        contact = a_contact(tun, match.request.recipient)
        made = a_heads_up(tun, match, text="Ho sat i mørkret")
        address = link(tun, "to_you", made.id, contact.professional_id, "to_you_link")
    for response in (
        client.get(address),
        client.post(address, {"code": "123456"}),
        client.post(address, {"act": "received"}),
    ):
        assert "mørkret" not in text(response)
        assert "Anna" not in text(response)
    with scope_of(municipality):
        assert HeadsUp.objects.get().state == "waits"


def test_a_coordinator_writes_down_for_one_who_rings_and_another_centre_cannot(leader, tun, municipality, scope_of):
    with scope_of(municipality):
        match = agreed_match(tun)
    address = reverse("heads_up_request", args=[match.request_id])
    assert "tel:113" in text(leader.get(address))
    assert leader.post(address, {"ticked": ["cold"], "words": "Kaldt"}).status_code == 302
    with scope_of(municipality):
        assert (HeadsUp.objects.get().via, HeadsUp.objects.get().sender_id) == ("call", match.volunteer.person_id)
        other = tun.viewer(tun.other)
    assert other.owners != {tun.centre.id}


def test_one_who_comes_regularly_says_it_from_the_link_and_from_their_own_page(tun, municipality, scope_of, client):
    client.cookies["samtun_language"] = "en"
    with scope_of(municipality):
        helper = tun.volunteer("Marit", "Fjelde", "+4790000099")
        arrangement = running(tun, helper)
        a_contact(tun, arrangement.recipient)
        visit = arrangement.visits.order_by("on").first()
        address = link(tun, "visit", visit.id, helper.person_id, "heads_up_link")
        opened = reverse("visit_link", args=[address.rstrip("/").rsplit("/", 1)[1]])
    assert "Something seemed different?" in text(client.get(opened))
    assert "tel:113" in text(client.get(address))
    assert client.post(address, {"ticked": ["cold"], "words": "Kaldt"}).status_code == 302
    with scope_of(municipality):
        made = HeadsUp.objects.get()
        assert (made.ref_kind, made.ref_id, made.about_id) == ("arrangement", arrangement.id, arrangement.recipient_id)
        assert (made.sender_id, made.state) == (helper.person_id, "waits")
        log_in_person(client, helper.person)
    own = reverse("heads_up_regular", args=[arrangement.id])
    assert own in text(client.get(reverse("home")))
    assert client.post(own, {"ticked": ["tired"]}).status_code == 302
    with scope_of(municipality):
        assert HeadsUp.objects.count() == 2


def test_a_coordinator_writes_down_for_one_who_comes_regularly_until_a_week_after_the_last_time(
    leader, tun, municipality, scope_of
):
    with scope_of(municipality):
        arrangement = running(tun, tun.volunteer("Marit", "Fjelde", "+4790000099"))
    address = reverse("heads_up_arrangement", args=[arrangement.id])
    assert address in text(leader.get(reverse("arrangement", args=[arrangement.id])))
    assert leader.post(address, {"ticked": ["cold"]}).status_code == 302
    with scope_of(municipality):
        assert HeadsUp.objects.get().via == "call"
        arrangement.terms.update(starts="2020-01-01", ends=clock.today() - dt.timedelta(days=7))
    assert leader.get(address).status_code == 200
    with scope_of(municipality):
        arrangement.terms.update(ends=clock.today() - dt.timedelta(days=8))
    assert leader.get(address).status_code == 404


def test_turning_out_has_nobody_in_particular_and_somebody_rings(tun, municipality, scope_of, client):
    client.cookies["samtun_language"] = "en"
    with scope_of(municipality):
        helper = tun.volunteer("Jonas", "Vik", "+4790000002")
        friends = FriendsList.objects.create(owner=tun.centre, name="Turvener", made_at=tun.now)
        call_out = CallOut.objects.create(
            owner=tun.centre, friends_list=friends, task_type=tun.snow, words="tur", place="Solheimen",
            on=tun.now.date(), at=tun.now.time(), minutes=60, needed=1, made_at=tun.now, made_by="T",
        )  # fmt: skip
        asked = Asked.objects.create(call_out=call_out, volunteer=helper, asked_at=tun.now, state="yes")
        address = link(tun, "call_out", asked.id, helper.person_id, "heads_up_link")
    html = text(client.get(address))
    assert "Write no names here." in html
    client.post(address, {"ticked": ["stopped"]})
    with scope_of(municipality):
        assert (HeadsUp.objects.get().state, HeadsUp.objects.get().about) == ("held", None)


def test_the_person_takes_the_yes_back_on_their_own_page(tun, municipality, scope_of, open_as):
    with scope_of(municipality):
        anna = tun.recipient()
        contact = a_contact(tun, anna)
        viewer = oneself(tun, anna, role=Role.RESIDENT)
    client = open_as(viewer)
    assert "Hanne Fossheim" in text(client.get("/meg/"))
    client.post(reverse("professional_take_back", args=[contact.id]))
    with scope_of(municipality):
        assert Contact.objects.get().ended_at is not None
    assert "Hanne Fossheim" not in text(client.get("/meg/"))


def test_the_one_named_answers_from_the_list(tun, municipality, scope_of, open_as):
    with scope_of(municipality):
        match = agreed_match(tun)
        contact = a_contact(tun, match.request.recipient)
        made = a_heads_up(tun, match, text="Ho sat i mørkret")
        viewer = oneself(tun, contact.professional, role=Role.UNIT_EMPLOYEE)
        assert contact.professional.phone == HANNE
    client = open_as(viewer)
    listed = text(client.get("/beskjed/"))
    assert "AS," in listed
    assert "mørkret" not in listed
    assert "mørkret" in text(client.get(f"/beskjed/{made.id}/"))
    client.post(f"/beskjed/{made.id}/", {"act": "received", "will": "ring"})
    history = text(client.get(f"/beskjed/{made.id}/")).split('id="history"')[1]
    assert "Hanne Fossheim" in history
    assert "Fjelde" not in history
    with scope_of(municipality):
        assert (HeadsUp.objects.get().state, HeadsUp.objects.get().will) == ("received", "ring")
        with pytest.raises(differing.SettledAlready):
            differing.keep_to_ourselves(heads_up=HeadsUp.objects.get(), by=tun.viewer(), at=tun.now)


def test_the_leader_chooses_who_receives_and_names_one_outside(leader, tun, municipality, scope_of):
    from samtun.partners.organisations.models import Membership, Organisation

    with scope_of(municipality):
        body = Organisation.objects.get(owner=tun.centre)
        post = Membership.objects.get(organisation=body)
    address = reverse("concern_receivers", args=[body.id])
    leader.post(address, {"act": "inside", "membership": str(post.id)})
    facts = {"act": "outside", "name": "Solveig Strand", "title": "ombod", "phone": "90 00 08 99", "address": "Vegen 1"}
    assert leader.post(address, facts).status_code == 302
    html = text(leader.get("/si-fra/"))
    for told in ("Solveig Strand, ombod", "Vegen 1", "tel:+4790000899"):
        assert told in html
    assert leader.post(address, {"act": "outside", "name": ""}).status_code == 422
