"""Being somebody, and the telephones beside the page."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.demo.models import Carried
from samtun.demo.personas import PERSONAS, lines, personas_of
from samtun.foundation.models import AuditEvent
from samtun.foundation.scope import open_scope
from samtun.notifications.messages.models import Inbound, Message
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.recognition.models import Thanks

from .conftest import PRESENT

HOSTS = {"dalgrend": "localhost", "elvefjord": "elvefjord.localhost"}
TELEPHONES = "/demo/telefon/"

pytestmark = pytest.mark.journey  # the demo is loaded anew for each file, half a minute of `make test`


@pytest.fixture
def page(on_that_morning) -> Client:
    """A browser that asks Dalgrend."""
    return Client(headers={"host": "localhost"})


def run(name: str, tenant, **arguments) -> None:
    """Run a job that a page deferred, as the worker does."""
    assert ProcrastinateJob.objects.filter(task_name=name, args__tenant=str(tenant)).exists()
    app.tasks[name](tenant=str(tenant), **arguments)


def test_the_page_lists_those_one_can_be_here_and_the_way_to_the_neighbour(page):
    text = page.get("/demo/").content.decode()
    for one in personas_of("dalgrend"):
        assert (f"/demo/ver/{one.slug}/" in text) == (one.role is not None), one.slug
    assert "Magnhild Kleivane" in text
    assert "?hvem=magnhild-kleivane" in text
    assert "http://elvefjord.localhost/demo/" in text
    assert "Tone Strandheim" not in text


@pytest.mark.parametrize("one", [p for p in PERSONAS if p.role], ids=lambda p: p.slug)
def test_one_can_be_anyone_and_begins_on_a_page_of_their_own(on_that_morning, one):
    client = Client(headers={"host": HOSTS[one.valley]})
    answer = client.post(f"/demo/ver/{one.slug}/", follow=True)
    assert answer.status_code == 200, answer.redirect_chain
    viewer = answer.wsgi_request.viewer
    assert viewer.role is one.role
    assert viewer.hat.permissions, "the second factor counts as done in the demo"
    assert viewer.name in answer.content.decode()


def test_nobody_is_somebody_in_the_other_municipality(on_that_morning):
    assert Client(headers={"host": "elvefjord.localhost"}).post("/demo/ver/ragnhild/").status_code == 404
    assert Client(headers={"host": "localhost"}).post("/demo/ver/tone/").status_code == 404


@pytest.mark.parametrize("slug", ["magnhild", "nobody"])
def test_one_who_never_logs_in_cannot_be_logged_in_as(page, slug):
    assert page.post(f"/demo/ver/{slug}/").status_code == 404


def test_being_somebody_takes_a_post_and_only_in_the_demo(page, settings):
    assert page.get("/demo/ver/ragnhild/").status_code == 405
    settings.DEMO = False
    assert page.post("/demo/ver/ragnhild/").status_code == 404
    assert not page.session.get("account")


def test_the_login_is_written_down(page, on_that_morning):
    page.post("/demo/ver/kristin/")
    with open_scope(on_that_morning.dalgrend.tenant):
        assert AuditEvent.objects.filter(act="accounts.login", words__way="demo").count() == 1


def test_every_page_says_that_it_is_a_demo(page):
    page.post("/demo/ver/ragnhild/")
    for address in ("/demo/", TELEPHONES, reverse("desk"), reverse("help_requests")):
        text = page.get(address).content.decode()
        assert "Demo: oppdikta folk" in text, address
        assert "Ragnhild Brekkhus" in text, address


def test_without_the_demo_there_is_no_bar(page, settings):
    assert "oppdikta folk" in page.get(TELEPHONES).content.decode()  # and the addresses are read while it is the demo
    settings.DEMO = False
    assert "oppdikta folk" not in page.get(TELEPHONES).content.decode()


def test_the_telephones_show_the_latest_used_first(page, on_that_morning):
    text = page.get(TELEPHONES).content.decode()
    shown = re.findall(r'<article class="stack" id="([a-z-]+)"', text)
    assert len(shown) == 6
    assert "kare-myrlid" in shown
    with open_scope(on_that_morning.dalgrend.tenant):
        latest = Carried.objects.filter(way__in=["sms", "call"]).order_by("-at").first()
    person = next(p for p in on_that_morning.dalgrend.persons.values() if p.phone == latest.number)
    assert shown[0].split("-")[-1] in person.family_name.lower()


def test_a_landline_rings_and_takes_no_texts(page):
    text = page.get(TELEPHONES, {"hvem": "magnhild-kleivane"}).content.decode()
    assert "fasttelefon" in text
    assert "Det ringde:" in text
    assert 'name="text"' not in text


def test_a_call_that_waits_says_what_to_say_and_who_handles_messages_may_make_it(page):
    address = f"{TELEPHONES}?hvem=tordis-ulvestad"
    assert "Her kjem det til å ringje" in page.get(address).content.decode()
    assert "/meldinger/" not in re.findall(r"<article.*?</article>", page.get(address).content.decode(), re.S)[0]
    page.post("/demo/ver/ragnhild/")
    assert "/meldinger/" in re.findall(r"<article.*?</article>", page.get(address).content.decode(), re.S)[0]


def test_links_lead_to_this_address_whatever_port(on_that_morning):
    text = Client(headers={"host": "localhost:8123"}).get(TELEPHONES, {"hvem": "kare-myrlid"}).content.decode()
    assert "http://localhost:8123/s/" in text
    assert "https://localhost/s/" not in text


def test_a_name_nobody_has_is_met_with_a_sentence(page):
    answer = page.get(TELEPHONES, {"hvem": "ola-nordmann"})
    assert answer.status_code == 200
    assert "Ingen telefon med det namnet" in answer.content.decode()


def test_asked_again_with_nothing_new_it_answers_with_nothing(page):
    first = page.get(TELEPHONES)
    stamp = re.search(r"stamp=([0-9-]+)", first.content.decode())[1]
    polled = {"HX-Request": "true"}
    assert page.get(TELEPHONES, {"stamp": stamp}, headers=polled).status_code == 204
    newer = page.get(TELEPHONES, {"stamp": "0"}, headers=polled)
    assert newer.status_code == 200
    assert "<html" not in newer.content.decode()


def answers_on(page: Client, slug: str) -> list[str]:
    """What the buttons under a telephone would send."""
    text = page.get(TELEPHONES, {"hvem": slug}).content.decode()
    return re.findall(r'name="answer" value="([^"]+)"', text)


def test_a_yes_by_text_settles_what_was_asked(page, on_that_morning):
    yes = next(a for a in answers_on(page, "vegard-seljemo") if a.startswith("JA"))
    page.post("/demo/telefon/svar/", {"fra": "vegard-seljemo", "answer": yes, "hvem": "vegard-seljemo"})
    with open_scope(on_that_morning.dalgrend.tenant):
        vegard = on_that_morning.dalgrend.persons["vegard-seljemo"]
        match = Match.objects.get(volunteer__person=vegard)
        assert match.request.state == "proposed"
        assert Carried.objects.filter(number=vegard.phone, own=True, text=yes).exists()
    assert yes not in answers_on(page, "vegard-seljemo")


def test_what_is_not_an_answer_goes_to_a_person(page, on_that_morning):
    page.post("/demo/telefon/svar/", {"fra": "kare-myrlid", "text": "Kva tid var det?", "hvem": ""})
    with open_scope(on_that_morning.dalgrend.tenant):
        assert Inbound.objects.filter(state=Inbound.State.FOR_A_PERSON).count() == 1


def test_an_empty_text_is_not_sent_and_a_stranger_has_no_telephone(page, on_that_morning):
    answer = page.post("/demo/telefon/svar/", {"fra": "kare-myrlid", "text": "  "}, follow=True)
    assert "skriv noko først" in answer.content.decode()
    assert page.post("/demo/telefon/svar/", {"fra": "ola-nordmann", "text": "Hei"}).status_code == 404
    with open_scope(on_that_morning.dalgrend.tenant):
        assert not Carried.objects.filter(own=True, text="").exists()


def test_the_agreed_time_passes_and_what_follows_comes_at_once(page, on_that_morning):
    tenant = on_that_morning.dalgrend.tenant
    kare = on_that_morning.dalgrend.persons["kare-myrlid"]
    with open_scope(tenant):
        match = Match.objects.get(volunteer__person=kare, state="agreed")
    page.post(f"/demo/telefon/over/{match.id}/")
    run("demo.be_over", tenant, match_id=str(match.id))
    with open_scope(tenant):
        match = Match.objects.select_related("request").get(id=match.id)
        assert match.state == "done"
        receipt = Message.objects.get(notice="recognition.receipt", ref_id=match.id)
        assert Carried.objects.filter(reference=str(receipt.id), number=kare.phone).exists()
        asked = Message.objects.get(notice="surveys.went_well", ref_id=match.id)
        assert Carried.objects.filter(reference=str(asked.id)).exists() or asked.channel == "call"
        assert match.request.on == PRESENT.date(), "it belongs to today"
        assert Thanks.objects.filter(week_of=PRESENT.date()).exists(), "names to thank are drawn"
    run("demo.be_over", tenant, match_id=str(match.id))  # twice is harmless


def test_the_day_before_asks_whether_it_still_stands(page, on_that_morning):
    tenant = on_that_morning.dalgrend.tenant
    with open_scope(tenant):
        match = Match.objects.filter(state="agreed", request__task_type__key="shopping").get()
        ivar = match.volunteer.person
        before = Carried.objects.filter(number=ivar.phone).count()
    page.post(f"/demo/telefon/dagen-for/{match.id}/")
    run("demo.day_before", tenant, match_id=str(match.id))
    with open_scope(tenant):
        assert Carried.objects.filter(number=ivar.phone).count() == before + 1


def test_texts_that_keep_the_quiet_hours_can_be_let_go(page, on_that_morning):
    tenant = on_that_morning.dalgrend.tenant
    with open_scope(tenant):
        sent = Message.objects.filter(channel="sms", state="accepted", notice="help_requests.ask").first()
        sent.state, sent.not_before = "pending", sent.not_before.replace(year=2027)
        sent.expires_at = sent.not_before.replace(month=12)
        sent.save()
        HelpRequest.objects.filter(asks__id=sent.ref_id).update(state="asked")
        Carried.objects.filter(reference=str(sent.id)).delete()
        state = Match.objects.count()
    assert "held seg i ro til" in page.get(TELEPHONES).content.decode()
    page.post("/demo/telefon/kveld/")
    run("demo.send_held_back", tenant)
    with open_scope(tenant):
        sent.refresh_from_db()
        assert sent.state in {"accepted", "cancelled"}
        assert Match.objects.count() == state
    assert "held seg i ro til" not in page.get(TELEPHONES).content.decode()


def test_the_terminal_says_where_to_begin():
    assert any("localhost:8123/demo/" in line for line in lines(8123))
