"""What is said on the telephone, on paper or in a text: about anything, by anyone, also for an organisation."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samtun.evaluation.feedback.actions import settling
from samtun.evaluation.feedback.actions.raising import OwnMatter, Said, WhoSaidIt
from samtun.evaluation.feedback.enums import Hears, Via
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.rules import follow_token
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.actions import receive_sms
from samtun.notifications.messages.models import Inbound, Message
from samtun.partners.organisations.models import Organisation
from tests.factories.designs import make_design
from tests.factories.feedback import a_matter, agreed_match, answered
from tests.factories.journey import log_in, make_tun

KEY = "5d4bd1f4-3d1f-4f3c-9f5f-1c2b3a4d5e6f"
RANG = {"key": KEY, "via": "phone", "about": "", "words": "Salen er låst når vi kjem", "hears": "page"}
ABOUT = "/si/mottak/skriv/"


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


def text(response):
    return response.content.decode()


@pytest.mark.rule("R104")
def test_from_the_page_of_a_wish_the_caller_is_who_said_it(turid, tun, municipality, scope_of):
    with scope_of(municipality):
        match = agreed_match(tun)
        anna = match.request.recipient
    here = f"{ABOUT}?om=help_request:{match.request_id}"
    assert here in text(turid.get(f"/onske/{match.request_id}/")), "“Someone rang about this”"
    assert f'value="help_request:{match.request_id}" selected' in text(turid.get(here))
    typed = RANG | {"about": f"help_request:{match.request_id}", "phone": anna.phone, "name": "Anna", "hears": "call"}
    wrong = turid.post(ABOUT, typed | {"words": ""})
    assert f'value="help_request:{match.request_id}" selected' in text(wrong), "what it is about is not lost"
    assert turid.post(ABOUT, typed).status_code == 302
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.ref_kind, found.ref_id, found.sender_id) == ("help_request", match.request_id, anna.id)
        answered(tun, found)
        assert Message.objects.filter(ref_kind="feedback_step", to_person=anna.id).exists(), "the caller hears"


@pytest.mark.rule("R104")
def test_about_a_service_design_and_a_kind_of_help(turid, tun, municipality, scope_of):
    with scope_of(municipality):
        design = make_design(tun).design
    here = f"{ABOUT}?om=design:{design.id}"
    assert here in text(turid.get(f"/opplegg/{design.id}/"))
    turid.post(ABOUT, RANG | {"about": f"design:{design.id}", "name": "Per Granne"})
    assert f"{ABOUT}?om=task_type:{tun.snow.id}" in text(turid.get(f"/slag-hjelp/{tun.snow.id}/"))
    assert 'value="snow" selected' in text(turid.get(f"{ABOUT}?om=task_type:{tun.snow.id}"))
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.ref_kind, found.ref_id, found.sender_name) == ("design", design.id, "Per Granne")
        assert found.owner == tun.centre, "it was said to them"


def test_what_is_out_of_sight_is_not_named(turid, tun, municipality, scope_of):
    with scope_of(municipality):
        match = agreed_match(tun)
        match.request.owner = tun.other
        match.request.save(update_fields=["owner"])
    key = f"help_request:{match.request_id}"
    assert f'value="{key}"' not in text(turid.get(f"{ABOUT}?om={key}"))
    assert turid.get(f"{ABOUT}?om=tull").status_code == 200
    assert turid.post(ABOUT, RANG | {"about": key}).status_code == 422


@pytest.mark.rule("R104")
@pytest.mark.rule("R110")
def test_a_matter_is_written_down_for_an_organisation_with_who_said_it(turid, tun, municipality, scope_of):
    theirs = RANG | {"from_owner": str(tun.other.id), "is_public": "on", "hears": "call", "phone": "90 00 70 30"}
    nameless = turid.post(ABOUT, theirs)
    assert nameless.status_code == 422
    assert "Write who said it for the organisation." in text(nameless)
    made = turid.post(ABOUT, theirs | {"name": "Magnhild i helselaget"})
    assert "Dalgrend helselag, Magnhild i helselaget" in text(turid.get(made.url))
    assert "Salen er låst når vi kjem" in text(Client().get("/si/alle/"))
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.from_owner, found.via) == (tun.other, "phone")
        answered(tun, found)
        told = Message.objects.filter(ref_kind="feedback_step", channel="call")
        assert told.exists(), "somebody rings with the answer"
        with pytest.raises(settling.TheirsToClose):
            settling.close(feedback=found, by=tun.viewer(), at=tun.now)
        with pytest.raises(NotYours):
            settling.settle(feedback=found, by=tun.viewer(), at=tun.now)
    Client().post(f"/si/svar/{follow_token(found.id)}/", {"act": "settled"})
    with scope_of(municipality):
        assert Feedback.objects.get().settled == "settled", "who said it speaks for the organisation"


@pytest.mark.rule("R110")
def test_nobody_raises_it_for_others_from_their_own_page(tun, municipality, scope_of):
    with scope_of(municipality):
        for told, fault in (
            (Said("Salen", from_owner=tun.other.id), WhoSaidIt),
            (Said("Salen", name="Per", from_owner=tun.centre.id), OwnMatter),
        ):
            with pytest.raises(fault):
                a_matter(tun, told, by=tun.viewer(), via=Via.PHONE)
        with pytest.raises(NotYours):
            a_matter(tun, Said("Salen", name="Per", from_owner=tun.other.id), by=tun.viewer(), via=Via.FORM)
        with pytest.raises(NotYours):
            nobody = Viewer.anonymous(municipality.id)
            a_matter(tun, Said("Salen", name="Per", from_owner=tun.other.id), by=nobody, via=Via.PHONE)


@pytest.mark.rule("R104")
def test_a_text_that_came_in_is_written_down_and_seen_to(turid, tun, municipality, scope_of):
    with scope_of(municipality):
        facts = {"gateway_id": "in-1", "phone": "+4790007040", "text": "Salen var låst igjen, Per", "at": tun.now}
        receive_sms(tenant=municipality.id, **facts)
        Inbound.objects.update(owner=tun.centre)
        came = Inbound.objects.get()
    address = f"{ABOUT}?tekst={came.id}"
    assert address in text(turid.get(reverse("messages_text_read", args=[came.id])))
    page = text(turid.get(address))
    assert "Salen var låst igjen, Per" in page
    assert "90007040" in re.sub(r"\s", "", page)
    assert re.search(r'value="sms"[^>]*checked', page)
    typed = RANG | {"via": "sms", "inbound": str(came.id), "phone": "90 00 70 40", "hears": "text"}
    assert turid.post(ABOUT, typed | {"words": ""}).status_code == 422
    with scope_of(municipality):
        assert Inbound.objects.get().state == "for_a_person", "nothing is seen to before it is saved"
    turid.post(ABOUT, typed)
    with scope_of(municipality):
        found, read = Feedback.objects.get(), Inbound.objects.get()
        assert (found.via, found.phone, found.hears) == (Via.SMS, "+4790007040", Hears.TEXT)
        assert (read.state, read.sealed_text) == ("handled", None)
        assert Message.objects.filter(ref_kind="feedback_step").exists(), "an answer to the same number"
    assert turid.get(address).status_code == 404


@pytest.mark.rule("R104")
def test_on_paper_a_sheet_to_fill_in_and_the_way_back(turid, municipality, scope_of):
    assert "/si/papir/" in text(Client().get("/si/"))
    assert "/si/papir/" in text(turid.get(ABOUT))
    sheet = text(Client().get("/si/papir/", HTTP_ACCEPT_LANGUAGE="nn"))
    for words in ("Kva handlar det om?", "Kva vil du seie?", "Ring meg", "Namnet ditt"):
        assert words in sheet
    turid.post(ABOUT, RANG | {"via": "paper", "name": "Per Granne", "phone": "90 00 70 41", "hears": "call"})
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.via, found.sender_name, found.hears) == (Via.PAPER, "Per Granne", Hears.CALL)
    assert "On paper" in text(turid.get(f"/si/mottak/{found.id}/"))


@pytest.mark.rule("R110")
def test_an_organisation_raises_its_own_open_matter_about_something_else(tun, municipality, scope_of):
    chair = Client()
    chair.cookies["samtun_language"] = "en"
    with scope_of(municipality):
        body = Organisation.objects.get(owner=tun.other)
        log_in(chair, tun, organisation=body, role=Role.ORGANISATION_REPRESENTATIVE)
    assert "/si/vare/ny/" in text(chair.get("/si/vare/"))
    empty = chair.post("/si/vare/ny/", {"key": KEY, "words": "", "from_owner": str(tun.other.id)})
    assert empty.status_code == 422
    said = {"key": KEY, "words": "Hallen er låst når vi kjem", "from_owner": str(tun.other.id), "is_public": "on"}
    made = chair.post("/si/vare/ny/", said)
    assert made.status_code == 302
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.from_owner, found.ref_kind, found.is_public) == (tun.other, "", True)
        assert found.owner != tun.other
    assert "Hallen er låst" in text(chair.get("/si/vare/"))
    assert "Hallen er låst" in text(Client().get("/si/alle/"))
