"""The journey as pages: on the telephone screen, the request's page, the links in texts, the public form."""

import datetime as dt

import pytest

from samtun.foundation.models import AccessEntry
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.kept import Kept
from samtun.notifications.messages.actions import receive_sms
from samtun.notifications.messages.models import Inbound, Message, Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.models import Ask, Assessment, HelpRequest, Match, Veto
from samtun.operation.help_requests.rules import door_code
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person
from tests.bench.measure import listening
from tests.factories.journey import log_in, make_tun


@pytest.fixture
def tun(municipality, now):
    """The journey's municipality; the scope is closed again, as between requests."""
    with open_scope(municipality.id):
        return make_tun(municipality, now)


@pytest.fixture
def turid(client, tun, scope):
    """A coordinator at the centre, logged in."""
    with scope():
        log_in(client, tun)
    return client


def in_days(number):
    return clock.today() + dt.timedelta(days=number)


def call_data(tun, **changes):
    return {
        "q": "", "person": "new", "given_name": "Anna", "family_name": "Stokke", "phone": "57 41 00 01",
        "phone_kind": "landline", "village": str(tun.near.id), "address": "Storgata 4", "task_type": str(tun.snow.id),
        "words": "Eg kjem meg ikkje ut", "on_pick": in_days(3).isoformat(), "at": "10", "minutes": "45", "save": "1",
    } | changes  # fmt: skip


def test_a_call_is_written_down_in_one_post_and_leads_to_whom_to_ask(turid, tun, scope):
    with scope():
        tun.volunteer("Marit", "Fjelde", "+4790000001")
    answer = turid.post("/samtale/", call_data(tun), follow=True)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    page = answer.content.decode()
    assert "Marit Fjelde" in page
    with scope():
        request = HelpRequest.objects.get()
        assert (request.state, request.at, request.minutes) == ("looking", dt.time(10), 45)
        assert request.recipient.phone == "+4757410001"
        logged = {p for e in AccessEntry.objects.filter(tenant_id=tun.municipality.id) for p in e.persons}
        assert request.recipient_id in logged


def test_what_is_typed_is_still_there_when_something_is_missing(turid, tun):
    answer = turid.post("/samtale/", call_data(tun, given_name="", family_name="", phone="57 41", at="kvart over"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Storgata 4" in page
    assert "Eg kjem meg ikkje ut" in page
    assert "kvart over" in page


def test_looking_a_person_up_without_javascript_keeps_what_is_typed(turid, tun, scope):
    with scope():
        tun.recipient()
    answer = turid.post("/samtale/", call_data(tun, q="stok", find="1", words="Trappa"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Anna Stokke" in page
    assert "Trappa" in page


def test_the_one_not_wanted_never_comes_up_in_any_page(turid, tun, scope):
    with scope():
        tun.volunteer("Torleiv", "Haugen", "+4790000007")
        tun.volunteer("Marit", "Fjelde", "+4790000001")
    answer = turid.post("/samtale/", call_data(tun, not_wanted="torleiv haugen"), follow=True)
    page = answer.content.decode()
    assert "Marit Fjelde" in page
    assert "Torleiv" not in page
    with scope():
        assert Veto.objects.count() == 1


def test_another_organisations_coordinator_gets_404_and_an_empty_list(client, tun, scope):
    with scope():
        request = tun.request()
        log_in(client, tun, organisation=Organisation.objects.get(owner=tun.other))
    assert client.get(f"/onske/{request.id}/").status_code == 404
    assert "A. S." not in client.get("/onske/").content.decode()
    assert str(request.id) not in client.get("/onske/").content.decode()


@pytest.mark.rule("R77")
def test_the_journey_by_pages_takes_three_acts_of_the_coordinator(turid, tun, scope, client):
    with scope():
        marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
    turid.post("/samtale/", call_data(tun))  # one: the call
    with scope():
        request = HelpRequest.objects.get()
    turid.post(f"/onske/{request.id}/spor/", {"volunteer": [str(marit.id)]})  # two: asked
    with scope():
        token = make_token(Question.objects.get(kind="ask"))
    client.cookies.clear()
    link = f"/svar/oppdrag/{token}/"
    page = client.get(link).content.decode()
    assert "Anna" not in page
    assert "Storgata" not in page
    with scope():
        assert Question.objects.get(kind="ask").answered_at is None, "opening a link acts on nothing"
    client.post(link, {"act": "yes"})
    with scope():
        assert HelpRequest.objects.get().state == "proposed"
        log_in(client, tun)
    client.post(f"/onske/{request.id}/namn/", {"answer": "yes"})  # three: the name is said
    client.cookies.clear()
    page = client.get(link).content.decode()
    assert "Storgata" not in page, "not before the code"
    client.post(link + "kode/")
    with scope():
        code_id = Message.objects.get(notice="help_requests.code").ref_id
    answer = client.post(link, {"act": "code", "code": door_code(code_id)}, follow=True)
    page = answer.content.decode()
    assert "Anna Stokke" in page
    assert "Storgata 4" in page
    with scope():
        match = Match.objects.get()
        assert match.state == "agreed"
        over = tun.now + dt.timedelta(days=9)
        actions.mark_done(match=match, minutes=45, via="call", by=tun.viewer(), at=over)
    page = client.get(link).content.decode()
    assert "Anna" not in page, "what is over is over, whatever this device remembers"
    assert "Storgata" not in page


def test_a_wrong_code_opens_nothing_and_says_what_to_do(client, tun, scope):
    with scope():
        marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
        request = tun.request(on=in_days(3))
        (ask,) = actions.ask_volunteers(request=request, volunteers=[marit.id], by=tun.viewer(), at=tun.now)
        token = make_token(Question.objects.get(kind="ask"))
        actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
        actions.answer_proposal(match=Match.objects.get(), yes=True, via="call", by=tun.viewer(), at=tun.now)
    link = f"/svar/oppdrag/{token}/"
    client.post(link + "kode/")
    answer = client.post(link, {"act": "code", "code": "000000"})
    assert answer.status_code == 422
    assert "Storgata" not in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "1" * 22, "../../etc", "Æ" * 22])
def test_a_made_up_link_is_404(client, tun, token):
    assert client.get(f"/svar/oppdrag/{token}/").status_code == 404


@pytest.mark.rule("R104")
def test_a_wish_by_text_is_written_down_by_a_person_and_its_words_are_forgotten(turid, tun, scope, municipality):
    anna = "+4741000077"
    with scope():
        tun.person("Anna", "Stokke", anna)
    receive_sms(tenant=municipality.id, gateway_id="in-1", phone=anna, text="Kan nokon måke trappa?", at=clock.now())
    with scope():
        text = Inbound.objects.get()
        Inbound.objects.update(owner=tun.centre)
    assert "måke" not in turid.get("/meldinger/").content.decode()
    assert "Kan nokon måke trappa?" in turid.get(f"/meldinger/inn/{text.id}/").content.decode()
    sent = {
        "find": "1",
        "source": "sms",
        "inbound": str(text.id),
        "q": "41 00 00 77",
        "words": "Kan nokon måke trappa?",
    }
    screen = turid.post("/samtale/", sent).content.decode()
    assert "Anna Stokke" in screen
    assert "Kan nokon måke trappa?" in screen
    with scope():
        person = Person.objects.get(phone=anna)
    turid.post("/samtale/", call_data(tun, person=str(person.id), source="sms", inbound=str(text.id)))
    with scope():
        assert HelpRequest.objects.get().source == "sms"
        text.refresh_from_db()
        assert (text.state, text.sealed_text) == (Inbound.State.HANDLED, None)


def public_data(tun, **changes):
    return {
        "task_type": str(tun.snow.id), "on_pick": in_days(3).isoformat(), "at": "", "minutes": "45", "words": "",
        "for_whom": "self", "name": "Olga Vik", "phone": "900 00 055", "phone_kind": "mobile",
        "village": str(tun.near.id), "other_name": "", "other_phone": "",
    } | changes  # fmt: skip


def test_the_public_form_counts_when_the_code_comes_back(client, tun, scope):
    answer = client.post("/hjelp/", public_data(tun))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    with scope():
        request = HelpRequest.objects.get()
        assert request.state == "unproven"
        code_id = Message.objects.get(notice="help_requests.code").ref_id
    client.post(answer.url, {"code": door_code(code_id)})
    with scope():
        assert HelpRequest.objects.get().state == "new"


def test_for_someone_else_it_waits_for_that_persons_yes(client, tun, scope):
    data = public_data(tun, for_whom="other", other_name="Anna Stokke", other_phone="57 41 00 01")
    assert client.post("/hjelp/", data).url == "/hjelp/takk/"
    with scope():
        request = HelpRequest.objects.get()
        assert (request.state, request.asked_by, request.recipient.full_name) == ("unproven", "Olga Vik", "Anna Stokke")


def test_the_desk_has_the_line_and_the_page_opens(turid, tun, scope):
    with scope():
        request = tun.request(on=in_days(3))
    page = turid.get("/i-dag/").content.decode()
    assert f"/onske/{request.id}/" in page
    assert "Stokke" not in page, "lists show initials"


def test_the_page_points_at_another_open_wish_for_the_same_within_two_days(turid, tun, scope):
    with scope():
        anna = tun.recipient()
        wishes = [tun.request(anna, on=in_days(day)) for day in (3, 5, 8)]
        others = tun.request(on=in_days(3)), tun.request(anna, task_type=tun.grey, on=in_days(3))
    pages = [turid.get(f"/onske/{wish.id}/").content.decode() for wish in wishes]
    assert f"/onske/{wishes[1].id}/" in pages[0]
    assert f"/onske/{wishes[0].id}/" in pages[1]
    assert not [w for w in (*wishes[:2], *others) if f'"/onske/{w.id}/"' in pages[2]]
    with scope():
        HelpRequest.objects.filter(id=wishes[1].id).update(state="cancelled")
    assert f"/onske/{wishes[1].id}/" not in turid.get(f"/onske/{wishes[0].id}/").content.decode()


def test_the_page_shows_the_newest_word_on_whose_task_it_is(turid, tun, scope):
    with scope():
        request = tun.request(on=in_days(3))
        for reason, hours in (("Det var slik.", 1), ("No er det slik.", 2)):
            moment = tun.now + dt.timedelta(hours=hours)
            Assessment.objects.create(
                request=request, outcome="volunteer", reason=reason, by_words="Berit Vik", made_at=moment
            )
    page = turid.get(f"/onske/{request.id}/").content.decode()
    assert "Berit Vik: No er det slik." in page
    assert "Det var slik." not in page


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER])
@pytest.mark.parametrize("volunteers", [2, 12])
def test_the_request_page_takes_at_most_15_statements_however_many_volunteers(client, tun, scope, role, volunteers):
    with scope():
        log_in(client, tun, role=role)
        tun.visit.needs_declaration, tun.visit.needs_course = True, "besok"
        tun.visit.save()
        plan = {"plan_limits": "Ein time.", "plan_whom_to_call": "Sentralen"}
        request = tun.request(task_type=tun.visit, on=in_days(3))
        HelpRequest.objects.filter(id=request.id).update(state="asked", **plan)
        for n in range(volunteers):
            asked = tun.volunteer(f"Frivillig{n}", "Test", f"+47900002{n:02d}", types=[tun.visit])
            moment = {"asked_at": tun.now, "answer_by": tun.now}
            Ask.objects.create(request=request, volunteer=asked, state="no", **moment)
    # The harshest page: a municipality not looked up for a while, and a session to be noted as seen.
    Kept.forget_all()
    session = client.session
    session["seen"] -= 120
    session.save()
    with listening() as asked:
        page = client.get(f"/onske/{request.id}/")
    assert "Frivillig1" in page.content.decode()
    assert len(asked.statements) <= 15, "\n".join(s[:230] for s in asked.statements)
