"""The messages page, and what gateways post to us."""

import json
import re
import uuid

import pytest
from django.utils import translation
from django.utils.html import escape

from samtun.foundation import hats
from samtun.foundation.hats import HatProvider, Identity
from samtun.foundation.models import AccessEntry
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Hat, Permission, Role
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.notifications.channels.adapters.http import HttpGateway
from samtun.notifications.messages import actions
from samtun.notifications.messages.models import Inbound, Message
from samtun.notifications.messages.queries import number_hash

TOKEN = "a token of twenty-four signs"


def in_nynorsk(words):
    with translation.override("nn"):
        return escape(translation.gettext(words))


@pytest.fixture
def turid(client, municipality, owner, monkeypatch):
    """A client logged in as staff of the owner."""
    account, hat_id = uuid.uuid4(), uuid.uuid4()
    permissions = frozenset({Permission.HANDLE_MESSAGES})
    hat = Hat(f"trial:{hat_id}", Role.COORDINATOR, "Koordinator", frozenset({owner.id}), permissions)
    monkeypatch.setattr(hats, "_identify", [lambda _: Identity(account, uuid.uuid4(), "Turid Prøve", "nn")])
    monkeypatch.setitem(hats._providers, "trial", HatProvider("trial", lambda _: [hat], lambda _p, _h: hat))
    monkeypatch.setattr(hats, "_providers", {"trial": hats._providers["trial"]})
    session = client.session
    now = clock.now().timestamp()
    session.update({"account": str(account), "began": now, "seen": now, "second_factor": True})
    session.save()
    return client


@pytest.fixture
def put(municipality, owner, room, people, system):
    def queue(name="Kari Prøve", state="", notice=None, **person):
        with open_scope(municipality.id):
            message = actions.queue(
                notice=notice or room.trial.TrialAsk, ref_kind="trial", ref_id=uuid7(),
                to=people.add(name=name, **person), owner=owner.id, by=system, at=clock.now(),
            )  # fmt: skip
            Message.objects.filter(id=message.id).update(not_before=message.made_at)
            if state:
                Message.objects.filter(id=message.id).update(state=state, attempt=1, fault="no_answer")
        return message

    return queue


def state_of(municipality, message):
    with open_scope(municipality.id):
        return Message.objects.get(id=message.id).state


def test_the_pages_are_closed_without_the_permission():
    from samtun.foundation.access import access_of
    from samtun.notifications.messages.web.views import pages

    for name in ("messages_page", "call_page", "called", "again", "let_be", "letters", "letters_sent", "text_read"):
        assert access_of(getattr(pages, name)).needs == {Permission.HANDLE_MESSAGES}


def test_an_empty_page_says_so_calmly(turid):
    answer = turid.get("/meldinger/")
    assert answer.status_code == 200
    assert in_nynorsk("Nobody waits to hear from you") in answer.content.decode()


def test_everything_that_waits_stands_on_the_page_and_reading_is_logged(turid, put, municipality):
    call = put("Åse Ring", channel="call")
    letter = put("Liv Brev", channel="letter", address="Vegen 1")
    lost = put("Ola Ukjend", state="unknown")
    with open_scope(municipality.id):
        actions.receive_sms(
            tenant=municipality.id, gateway_id="g", phone="+4790000005", text="<b>Hei</b>, kven er du?", at=clock.now()
        )
    page = turid.get("/meldinger/").content.decode()
    for words in ("ÅR", "LB", "OU", in_nynorsk("From a number nobody here knows")):
        assert words in page
    for words in ("Ring<", "Brev<", "Ukjend", "Hei", "00 00", "+47", "Vegen"):
        assert words not in page.partition("<main")[2].partition("</main>")[0], "until it is opened"
    assert "‽" not in page, "every variable of the template is known"
    with open_scope(municipality.id):
        listed = AccessEntry.objects.get(how="listed").persons
    assert set(listed) == {call.to_person, letter.to_person, lost.to_person}


def opened(turid, message):
    return turid.get(f"/meldinger/{message.id}/").content.decode().replace("\u00a0", " ")


def test_name_and_number_stand_where_it_is_opened_and_that_is_logged(turid, put, municipality):
    call = put("Åse Ring", channel="call", phone="+4757410001")
    letter = put("Liv Brev", channel="letter", address="Vegen 1", phone="+4757410002")
    lost = put("Ola Ukjend", state="unknown", phone="+4757410003")
    for message, words in ((call, "57 41 00 01"), (letter, "Vegen 1"), (lost, "57 41 00 03")):
        page = opened(turid, message)
        assert message in (letter,) or 'href="tel:5741000' in page, "one press, and it rings"
        assert words in page
        assert "‽" not in page
        with open_scope(municipality.id):
            seen = AccessEntry.objects.filter(how="opened").order_by("-at", "-id").first()
            assert seen.persons == [message.to_person]


def test_a_call_shows_both_numbers_to_ring(turid, put):
    page = opened(turid, put("Åse Ring", channel="call", phone="+4790000101", other_phone="+4757410001"))
    assert [number in page for number in ('href="tel:90000101"', 'href="tel:57410001"')] == [True, True]


def test_a_text_is_read_where_it_is_opened(turid, put, municipality):
    known = put("Ola Kjend", phone="+4757410005")
    with open_scope(municipality.id):
        Message.objects.filter(id=known.id).update(phone_hash=number_hash("+4757410005"), state="delivered")
        actions.receive_sms(
            tenant=municipality.id, gateway_id="g", phone="+4757410005", text="<b>Hei</b>, kan de ringe?",
            at=clock.now(),
        )  # fmt: skip
        text = Inbound.objects.get()
    assert "ringe?" not in turid.get("/meldinger/").content.decode()
    page = turid.get(f"/meldinger/inn/{text.id}/").content.decode()
    for words in ("Ola Kjend", "&lt;b&gt;Hei&lt;/b&gt;, kan de ringe?", 'href="tel:57410005"'):
        assert words in page
    with open_scope(municipality.id):
        assert AccessEntry.objects.get(how="opened").persons == [known.to_person]
    assert turid.get(f"/meldinger/inn/{uuid7()}/").status_code == 404


def test_a_call_is_made_and_written_down(turid, put, municipality, room):
    call = put(channel="call")
    page = turid.get(f"/meldinger/{call.id}/").content.decode()
    assert "Kan du hjelpe torsdag?" in page
    assert re.findall(r'name="outcome" value="(\w+)"', page) == ["yes", "no", "ring", "not_home"]
    answer = turid.post(f"/meldinger/{call.id}/ringt/", {"outcome": "yes"})
    assert (answer.status_code, state_of(municipality, call)) == (302, "delivered")
    assert [r.answer for r in room.replies] == ["yes"]
    again = turid.post(f"/meldinger/{call.id}/ringt/", {"outcome": "no"}, follow=True)
    assert in_nynorsk(actions.NotWaiting.__doc__) in again.content.decode()
    assert len(room.replies) == 1


@pytest.mark.parametrize("outcome", ["", "nonsense"])
def test_nonsense_for_an_outcome_is_a_sentence(turid, put, municipality, outcome):
    call = put(channel="call")
    answer = turid.post(f"/meldinger/{call.id}/ringt/", {"outcome": outcome}, follow=True)
    assert answer.status_code == 200
    assert in_nynorsk(actions.UnknownAnswer.__doc__) in answer.content.decode()
    assert state_of(municipality, call) == "pending"


def test_letters_are_made_and_noted_as_posted(turid, put, municipality):
    letter = put(channel="letter", address="Vegen 1")
    pdf = turid.post("/meldinger/brev.pdf", {"letter": [str(letter.id), "nonsense"]})
    assert (pdf.status_code, pdf.headers["Content-Type"], pdf.content[:4]) == (200, "application/pdf", b"%PDF")
    assert pdf.headers["Cache-Control"] == "no-store"
    assert turid.get("/meldinger/brev.pdf").status_code == 405
    assert turid.post("/meldinger/brev/sendt/", {"letter": str(letter.id)}).status_code == 302
    assert state_of(municipality, letter) == "accepted"


def test_none_ticked_is_a_sentence(turid):
    for address in ("/meldinger/brev.pdf", "/meldinger/brev/sendt/"):
        assert turid.post(address).status_code == 302


def test_unknown_fates_are_decided(turid, put, municipality):
    first, second, third = (put(name, state="unknown", phone=f"+479000001{n}") for n, name in enumerate("ABC"))
    turid.post(f"/meldinger/{first.id}/send/")
    turid.post(f"/meldinger/{second.id}/send/", {"channel": "call"})
    turid.post(f"/meldinger/{third.id}/la-vere/")
    with open_scope(municipality.id):
        rows = Message.objects.in_bulk()
    assert [(rows[m.id].state, rows[m.id].channel) for m in (first, second)] == [
        ("pending", "sms"),
        ("pending", "call"),
    ]
    assert rows[third.id].settled_at


def test_what_is_not_ones_own_is_not_there(turid, put, municipality, owner_of):
    call, lost = put(channel="call"), put(state="unknown")
    other = owner_of(municipality, "Helselaget")
    with open_scope(municipality.id):
        Message.objects.update(owner=other)
    assert turid.get(f"/meldinger/{call.id}/").status_code == 404
    for path in (f"{call.id}/ringt/", f"{lost.id}/send/", f"{lost.id}/la-vere/", f"inn/{uuid7()}/"):
        assert turid.post(f"/meldinger/{path}", {"outcome": "yes"}).status_code == 404
    assert (state_of(municipality, call), state_of(municipality, lost)) == ("pending", "unknown")


# --- what gateways post


@pytest.fixture
def post(client, settings, tmp_path, municipality, room, owner):
    file = tmp_path / "token"
    file.write_text(TOKEN)
    settings.SAMTUN_SMS_GATEWAY = "http"
    settings.SAMTUN_SMS_TOKEN_FILE = str(file)

    def send(path, told, *, token=TOKEN, at=None, body=None):
        raw = body if body is not None else json.dumps(told).encode()
        signature = HttpGateway(token=token).sign(raw, at=at or clock.now())
        return client.post(path, raw, content_type="application/json", headers={"X-Samtun-Signature": signature})

    return send


SMS = {"id": "g-1", "from": "+4790000001", "to": "+4700002000", "text": "Hei, kven er du?"}


def test_a_signed_text_is_taken_once_for_the_municipality_of_its_number(post, municipality, neighbour):
    for _ in range(2):
        assert post("/-/sms/http/", SMS).status_code == 200
    with open_scope(municipality.id):
        assert Inbound.objects.count() == 1
    with open_scope(neighbour.id):
        assert Inbound.objects.count() == 0


def test_texts_that_are_not_signed_by_the_gateway_are_refused(post, client, municipality):
    import datetime as dt

    assert post("/-/sms/http/", SMS, token="another token of some length").status_code == 403
    assert post("/-/sms/http/", SMS, at=clock.now() - dt.timedelta(minutes=6)).status_code == 403
    assert client.post("/-/sms/http/", json.dumps(SMS), content_type="application/json").status_code == 403
    stolen = HttpGateway(token=TOKEN).sign(b"other words", at=clock.now())
    forged = client.post("/-/sms/http/", json.dumps(SMS), "application/json", headers={"X-Samtun-Signature": stolen})
    assert forged.status_code == 403
    with open_scope(municipality.id):
        assert Inbound.objects.count() == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"{", b'{"id": 1, "from": "a", "to": "b", "text": "c"}'])
def test_what_cannot_be_read_is_said_so(post, body):
    assert post("/-/sms/http/", None, body=body).status_code == 400


def test_unknown_gateways_and_numbers_are_not_there(post):
    assert post("/-/sms/other/", SMS).status_code in {403, 404}
    assert post("/-/sms/http/", SMS | {"to": "+4799999999"}).status_code == 404


def test_the_demo_takes_nothing_from_outside(client, municipality):
    assert client.post("/-/sms/demo/", b"{}", content_type="application/json").status_code == 403


def test_receipts_are_signed_and_belong_to_the_number(post, put, municipality, neighbour):
    message = put(state="accepted")
    receipt = {"reference": str(message.id), "from": "+4700002000", "state": "delivered"}
    assert post("/-/sms/http/kvittering/", receipt, token="another token of some length").status_code == 403
    assert post("/-/sms/http/kvittering/", receipt | {"from": "+4700003000"}).status_code == 200
    assert state_of(municipality, message) == "accepted", "the neighbour's gateway says nothing of ours"
    assert post("/-/sms/http/kvittering/", receipt | {"state": "eaten"}).status_code == 400
    assert post("/-/sms/http/kvittering/", receipt).status_code == 200
    assert state_of(municipality, message) == "delivered"
