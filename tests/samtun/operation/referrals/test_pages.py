"""Passing on at a kitchen table, a neighbour's worry, and the page of the one who rings."""

import re
from dataclasses import replace

import pytest

from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Permission, Role
from samtun.kernel import clock
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.referrals.actions import pass_on
from samtun.operation.referrals.models import Referral
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from tests.factories.journey import log_in, make_tun


@pytest.fixture
def tun(municipality, now):
    with open_scope(municipality.id):
        return make_tun(municipality, now)


@pytest.fixture(params=[Role.UNIT_EMPLOYEE, Role.ORGANISATION_REPRESENTATIVE])
def sender(request, client, tun, scope):
    """One who passes on: an employee at a unit, or a contact person of an association; with whom they ask for."""
    client.cookies["samtun_language"] = "en"
    client.asks_for = tun.council if request.param == Role.UNIT_EMPLOYEE else tun.other
    with scope():
        log_in(client, tun, organisation=Organisation.objects.get(owner=client.asks_for), role=request.param)
    return client


def words(response):
    return response.content.decode()


PASSED_ON = {"name": "Anna Stokke", "phone": "57 41 00 01", "words": "Snow on the steps", "said_yes": "on"}
WORRY = {
    "name": "Oddny Lien", "phone": "57 41 00 77", "place": "", "words": "", "sender_name": "Per Nabo",
    "sender_phone": "57 41 00 78",
}  # fmt: skip


@pytest.mark.rule("R27")
@pytest.mark.practice("vefsn")
def test_four_fields_at_the_kitchen_table_and_back_to_hear(sender, tun, scope):
    page = words(sender.get("/formidle/"))
    asked = re.findall(r'<(?:input|textarea)[^>]*\bname="(\w+)"', page.split('action="/formidle/"')[1])
    assert [f for f in asked if f not in {"csrfmiddlewaretoken", "key"}] == ["name", "phone", "words", "said_yes"]
    answer = sender.post("/formidle/", PASSED_ON, follow=True)
    assert "Passed on." in words(answer)
    assert "Somebody rings" in words(answer)
    assert "Stokke" not in words(answer), "the list shows initials"
    with scope():
        made = Referral.objects.get()
        assert made.words == "Snow on the steps"
        assert (made.sender_owner, made.consent.owner, made.owner) == (sender.asks_for, sender.asks_for, tun.centre)


def test_a_double_is_answered_as_the_first_and_told_to_the_one_who_rings_only(sender, tun, scope):
    seen = []
    for _twice in range(2):
        answer = sender.post("/formidle/", PASSED_ON, follow=True)
        page = re.sub(r'(?:nonce|value)="[^"]{16,}"', "", words(answer))
        seen.append((answer.redirect_chain, page.split('aria-labelledby="before"')[0]))
    assert seen[0] == seen[1]
    with scope():
        first, second = Referral.objects.order_by("id")
        log_in(sender, tun)
    told = "There may be two of the same"
    assert f"/ord/{second.id}/" in words(sender.get(f"/ord/{first.id}/"))
    page = words(sender.get(f"/ord/{second.id}/"))
    assert told in page
    assert f"/ord/{first.id}/" in page
    sender.post(f"/ord/{first.id}/svar/", {"answer": "no_thanks"})
    assert told not in words(sender.get(f"/ord/{second.id}/"))


def test_two_of_the_same_name_with_each_their_number_are_not_taken_for_one(turid, client, scope):
    for phone in ("57 41 00 77", "57 41 00 88"):
        client.post("/uro/", WORRY | {"phone": phone})
    with scope():
        first = Referral.objects.order_by("id").first()
    assert "There may be two of the same" not in words(turid.get(f"/ord/{first.id}/"))


def test_a_worry_about_one_who_is_passed_on_already_is_pointed_out(turid, client, scope):
    client.post("/uro/", WORRY)
    client.post("/uro/", WORRY | {"name": "oddny  lien", "phone": "", "place": "Innbygda"})
    with scope():
        first, second = Referral.objects.order_by("id")
    assert f"/ord/{first.id}/" in words(turid.get(f"/ord/{second.id}/"))


def test_without_a_yes_it_says_what_to_do_and_keeps_what_is_typed(sender, scope):
    answer = sender.post("/formidle/", PASSED_ON | {"said_yes": ""})
    assert answer.status_code == 422
    assert "Ask the person first" in words(answer)
    assert "Snow on the steps" in words(answer)
    with scope():
        assert not Referral.objects.exists()


@pytest.mark.rule("R75")
def test_a_word_of_illness_is_asked_about_before_it_is_kept(sender, scope):
    ill = PASSED_ON | {"words": "Har demens og vil gjerne gå tur"}
    answer = sender.post("/formidle/", ill)
    assert answer.status_code == 422
    assert "You wrote “demens”" in words(answer)
    assert 'name="keep_words"' in words(answer)
    with scope():
        assert not Referral.objects.exists()
    assert sender.post("/formidle/", ill | {"keep_words": "on"}).status_code == 302


@pytest.mark.rule("R32")
def test_a_worry_is_met_with_the_same_thanks_whoever_it_is_about(client, tun, scope):
    page = words(client.get("/uro/"))
    assert page.index("113") < page.index('name="name"'), "what is urgent comes first"
    with scope():
        known = tun.person("Solveig", "Vik", "+4757410079")
        known.do_not_contact = True
        known.save(update_fields=["do_not_contact"])
    seen = []
    for facts in (WORRY, WORRY | {"name": "Solveig Vik", "phone": "57 41 00 79"}):
        answer = client.post("/uro/", facts, follow=True)
        assert answer.redirect_chain == [("/uro/takk/", 302)]
        seen.append(re.sub(r'(?:nonce|value)="[^"]{16,}"', "", words(answer)))
    assert seen[0] == seen[1]
    with scope():
        assert Referral.objects.count() == 1
        assert Todo.objects.count() == 1


def test_a_worry_without_a_way_to_the_person_asks_for_one(client, tun):
    answer = client.post("/uro/", WORRY | {"phone": ""})
    assert answer.status_code == 422
    assert "Per Nabo" in words(answer)


@pytest.fixture
def turid(client, tun, scope):
    client.cookies["samtun_language"] = "en"
    with scope():
        log_in(client, tun)
    return client


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.split('action="/samtale/"')[1]))


def test_ringing_leads_to_the_call_screen_with_what_is_known_and_on_to_a_wish(client, turid, tun, scope):
    client.post("/uro/", WORRY | {"words": "Trenger ved"})
    with scope():
        found = Referral.objects.get()
    page = words(turid.get(f"/ord/{found.id}/"))
    assert "Oddny Lien" in page
    given = hidden(page)
    screen = turid.post("/samtale/", {k: v for k, v in given.items() if k != "answer"})
    shown = words(screen)
    for kept in ("Oddny", "Lien", "57\xa041\xa000\xa077", "Trenger ved", str(found.id)):
        assert kept in shown, kept
    data = {
        "person": "new", "given_name": "Oddny", "family_name": "Lien", "phone": "57 41 00 77", "phone_kind": "landline",
        "task_type": str(tun.snow.id), "on_pick": "", "on_0": "", "words": "Trenger ved", "minutes": "60", "at": "",
        "source": "passed_on", "referral": str(found.id), "on_other": "2026-12-01", "key": "",
    }  # fmt: skip
    answer = turid.post("/samtale/", data)
    assert answer.status_code == 302, words(answer)[:2000]
    with scope():
        found.refresh_from_db()
        assert found.wish == HelpRequest.objects.get().id
        assert found.name == ""
    assert "Open the wish" in words(turid.get(f"/ord/{found.id}/"))


def test_wants_no_contact_is_one_button(client, turid, tun, scope):
    client.post("/uro/", WORRY)
    with scope():
        found = Referral.objects.get()
    answer = turid.post(f"/ord/{found.id}/svar/", {"answer": "no_contact"}, follow=True)
    assert "Wants no contact" in words(answer)
    with scope():
        assert Person.objects.get(family_name="Lien").do_not_contact
    again = turid.post(f"/ord/{found.id}/svar/", {"answer": "all_well"}, follow=True)
    assert "Somebody has rung already" in words(again)


def test_the_page_tells_what_has_happened_but_not_who_told_us(turid, tun, scope):
    with scope():
        nurse = replace(tun.viewer(tun.council, Role.UNIT_EMPLOYEE, {Permission.REFER}), name="Berit Aas")
        nurse = replace(nurse, person=tun.person("Berit", "Aas", "+4790000071", owner=tun.council).id)
        found = pass_on(
            to=tun.centre,
            name="Anna Stokke",
            phone="+4757410001",
            words="Snow",
            said_yes=True,
            by=nurse,
            at=clock.now(),
        )
    page = f"/ord/{found.id}/"
    turid.post(f"{page}svar/", {"answer": "not_reached"})
    turid.post(f"{page}svar/", {"answer": "no_thanks"})
    shown = words(turid.get(page))
    history = shown.split("What has happened")[1]
    for told in ("Came in", "Was rung, and not reached", "Was rung, and settled", "Turid Myklebust"):
        assert told in history
    assert "Berit" not in shown, "who told us is erased, here too"


@pytest.mark.rule("R32")
def test_without_a_number_the_one_who_rings_is_told_that_a_no_may_stand(client, turid, tun, scope):
    no_number = WORRY | {"phone": "", "place": "Innbygda"}
    for _twice in range(2):
        client.post("/uro/", no_number)
    with scope():
        first, second = Referral.objects.order_by("id")
    told = "has asked to be left in peace"
    assert told not in words(turid.get(f"/ord/{first.id}/"))
    turid.post(f"/ord/{first.id}/svar/", {"answer": "no_contact"})
    assert told in words(turid.get(f"/ord/{second.id}/"))


@pytest.mark.rule("R32")
@pytest.mark.parametrize(("facts", "warned"), [({}, True), ({"name": "Oddny Moen"}, False)])
def test_with_another_number_the_one_who_rings_is_told_that_a_no_may_stand(client, turid, tun, scope, facts, warned):
    with scope():
        known = tun.person("Oddny", "Lien", "+4757410070")
        known.do_not_contact = True
        known.save(update_fields=["do_not_contact"])
    client.post("/uro/", WORRY | facts)
    with scope():
        found = Referral.objects.get()
    assert ("The number is another. Find out" in words(turid.get(f"/ord/{found.id}/"))) is warned


def test_others_do_not_find_the_page(client, tun, scope):
    client.post("/uro/", WORRY)
    with scope():
        found = Referral.objects.get()
        log_in(client, tun, organisation=Organisation.objects.get(owner=tun.other))
    assert client.get(f"/ord/{found.id}/").status_code == 404


@pytest.mark.parametrize("became", ["sought", "done", "way_on", "unmet", "cancelled", "no_thanks"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_outcome_has_its_own_words_and_they_fit_a_text(became, language):
    from django.template.loader import get_template

    from samtun.operation.referrals.notices import Heard

    facts = Heard.sample_facts() | {"became": became, "name": "Hanne"}
    text = get_template(f"referrals/mail/heard/sms.{language}.txt").render(facts).strip()
    assert len(text) <= 160, len(text)
