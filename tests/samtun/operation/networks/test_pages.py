"""Networks, wishes answered by the programme, and visits by pages; walls, words, and how many statements they take."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from samtun.foundation.viewer import Role
from samtun.operation.activities.models import Activity
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks import actions
from samtun.operation.networks.models import HomeVisit, Member, Network, Talk
from samtun.operation.referrals.actions import pass_on
from samtun.operation.referrals.models import Referral
from samtun.partners.organisations.models import Organisation
from tests.bench.measure import listening
from tests.factories.around import a_built_network, a_line, a_network, a_visit
from tests.factories.journey import log_in


@pytest.fixture
def tun(page):
    return page


@pytest.fixture
def turid(client, tun, scope):
    client.cookies["samtun_language"] = "en"
    with scope():
        log_in(client, tun)
    return client


def words(response):
    return response.content.decode()


BEGIN = {"basis": "self", "given_by": "Anna Stokke", "form": "oral", "who": "Turid", "said_yes": "on"}


def test_begun_from_the_person_it_walks_and_its_page_says_what_is_next(turid, tun, scope):
    with scope():
        anna = tun.recipient()
    assert "Build a network" in words(turid.get(f"/folk/{anna.id}/"))
    url = f"/nettverk/ny/{anna.id}/"
    refused = turid.post(url, BEGIN | {"said_yes": ""})
    assert refused.status_code == 422
    assert 'value="Anna Stokke"' in words(refused), "nothing typed is lost"
    page = words(turid.post(url, BEGIN, follow=True))
    assert "Step 1 now" in page
    with scope():
        made = Network.objects.get()
    assert turid.get(url).url == f"/nettverk/{made.id}/", "there is only one"
    here = f"/nettverk/{made.id}/"
    asked = turid.post(f"{here}steg/1/", {"on": tun.now.date().isoformat(), "note": "Har kreft og er åleine"})
    assert asked.status_code == 422
    assert "Does whoever helps need to know?" in words(asked)
    page = words(turid.post(f"{here}steg/1/", {"on": tun.now.date().isoformat(), "note": "Kaffi"}, follow=True))
    assert "The next step comes to the desk on" in page
    assert "Step 2 now" in page
    assert "Skipped" in words(turid.post(f"{here}hopp/2/", {"because": "Kjend"}, follow=True))
    assert "Step 2 now" in words(turid.post(f"{here}tilbake/", follow=True))
    future = turid.post(f"{here}steg/2/", {"on": "2099-01-01"})
    assert future.status_code == 422
    assert "That day has not been" in words(future)


def test_from_a_word_passed_on_the_word_is_settled(turid, tun, scope):
    with scope():
        word = pass_on(
            to=tun.centre, name="Anna Stokke", phone="+4757410001", words="Åleine mykje", said_yes=True,
            by=tun_employee(tun), at=tun.now,
        )  # fmt: skip
    page = words(turid.get(f"/ord/{word.id}/"))
    link = f"/nettverk/ny/{word.person_id}/?ord={word.id}"
    assert link in page
    assert f'value="{word.id}"' in words(turid.get(link))
    turid.post(f"/nettverk/ny/{word.person_id}/", BEGIN | {"ord": str(word.id)})
    with scope():
        assert Network.objects.get().person_id == word.person_id
        assert (Referral.objects.get().state, Referral.objects.get().became) == ("wish", "sought")


def tun_employee(tun):
    from dataclasses import replace

    from samtun.foundation.viewer import Permission

    berit = tun.person("Berit", "Moe", "+4790000222", owner=tun.council)
    viewer = tun.viewer(tun.council, Role.UNIT_EMPLOYEE, {Permission.REFER, Permission.OWN_PAGE})
    return replace(viewer, person=berit.id)


def test_who_is_around_is_put_in_and_the_sheet_is_one_page(turid, tun, scope):
    with scope():
        made, line = a_network(tun), a_line(tun)
        other = Organisation.objects.get(owner=tun.other)
    here = f"/nettverk/{made.id}/"
    turid.post(f"{here}med/aktivitet/", {"activity": str(line.id)})
    turid.post(f"{here}med/gruppe/", {"organisation": str(other.id), "what": "Besøk", "when_words": "torsdagar"})
    near = {"name": "Oddny Lien", "phone": "57 41 00 77", "what": "ringjer", "when_words": "søndagar"}
    assert turid.post(f"{here}med/annan/", near).status_code == 422, "not without a yes"
    page = words(turid.post(f"{here}med/annan/", near | {"said_yes": "on"}, follow=True))
    for text in ("Kaffi og prat", "Dalgrend helselag", "Oddny Lien", "ringjer · søndagar"):
        assert text in page
    with scope():
        one = Member.objects.get(kind="near")
    assert "Ask them first" in words(turid.post(f"{here}kontakt/{one.id}/", follow=True))
    assert "Is the network contact now" in words(
        turid.post(f"{here}kontakt/{one.id}/", {"said_yes": "on"}, follow=True)
    )
    sheet = turid.get(f"{here}ark/")
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")
    assert turid.post(f"{here}med/noko/").status_code == 404
    assert turid.post(f"{here}med/aktivitet/", {"activity": "x"}).status_code == 404
    page = words(turid.post(f"{here}av/{one.id}/", follow=True))
    assert "Oddny Lien" not in page


def test_a_talk_is_noted_and_the_next_has_a_day(turid, tun, scope):
    with scope():
        made = a_built_network(tun)
        talk = Talk.objects.get(side="contact")
    page = words(turid.get(f"/nettverk/prat/{talk.id}/"))
    assert "A talk with Oddny Lien" in page
    assert turid.post(f"/nettverk/prat/{talk.id}/", {}).status_code == 422
    answer = turid.post(f"/nettverk/prat/{talk.id}/", {"held": "yes", "note": "Går fint"}, follow=True)
    assert "The next one comes to the desk on" in words(answer)
    page = words(turid.get(f"/nettverk/{made.id}/"))
    assert "Går fint" in page
    assert "Save the rhythm" in page
    assert turid.post(f"/nettverk/{made.id}/rytme/", {"days": "1"}).status_code == 422
    turid.post(f"/nettverk/{made.id}/rytme/", {"days": "9"})
    with scope():
        assert Network.objects.get().talk_days == 9
    turid.post(f"/nettverk/{made.id}/slutt/", {"because": "stands"})
    assert "Stands on its own" in words(turid.get("/nettverk/?vis=slutt"))


IN_THE_PROGRAMME = {
    "title": "Song", "category": "culture", "starts_on_pick": "other", "at": "10.30", "to": "12.00",
    "repeat": "weekly", "where": "Nesheim", "transport": "own", "meets_name": "Kari", "meets_phone": "57 00 11 44",
    "is_free": "on", "sign_up": "open",
}  # fmt: skip


def test_what_is_written_once_in_the_programme_answers_a_wish_and_stands_in_a_network(turid, tun, scope):
    day = tun.now.date() + dt.timedelta(days=1)
    mine = {"key": str(uuid.uuid4()), "starts_on_other": day.isoformat(), "owner": str(tun.centre.id)}
    turid.post("/program/ny/", IN_THE_PROGRAMME | mine)
    with scope():
        request, it = tun.request(task_type=tun.visit), Activity.objects.get()
        plan = {"plan_limits": "Ikkje stell", "plan_whom_to_call": "Berit"}
        HelpRequest.objects.filter(id=request.id).update(state="looking", **plan)
        made = a_network(tun, request.recipient)
    page = words(turid.get(f"/onske/{request.id}/"))
    assert page.index("Before one volunteer is asked") < page.index("Nobody fits just now"), "activities come first"
    url = f"/aktivitet/{it.id}/svar/{request.id}/"
    assert url in page
    assert "What Anna Stokke hears" in words(turid.get(url))
    page = words(turid.post(url, {"company": "no"}, follow=True))
    assert "Answered with:" in page
    assert "Song" in page
    assert "This wish is not waiting" in words(turid.get(url))
    add = f"/nettverk/{made.id}/med/aktivitet/"
    for asked, is_there in (("", True), ("?q=neshe", True), ("?q=strikk", False)):
        assert ("Song" in words(turid.get(add + asked))) == is_there, asked
    assert "/program/ny/" in words(turid.get(f"{add}?q=strikk")), "nothing is there: it is put in the programme"
    assert "Song" in words(turid.post(add, {"activity": str(it.id)}, follow=True))


def test_groups_stand_before_one_volunteer_where_they_have_said_yes(turid, tun, scope):
    from samtun.anchoring.responsibilities.models import Clearance

    with scope():
        request = tun.request()
        HelpRequest.objects.filter(id=request.id).update(state="looking")
    assert "Dalgrend helselag" not in words(turid.get(f"/onske/{request.id}/"))
    with scope():
        said = {"owner": tun.other, "cleared": True, "by_words": "Styret", "decided_on": tun.now.date()}
        Clearance.objects.create(task_type=tun.snow, **said)
    assert "Dalgrend helselag" in words(turid.get(f"/onske/{request.id}/"))


def test_a_coordinator_sees_the_visit_and_an_assessor_writes_what_came_of_it(turid, tun, scope, client):
    with scope():
        visit = a_visit(tun)
    page = words(turid.get(f"/onske/{visit.request_id}/"))
    assert "Home visit" in page
    assert "Nobody is asked before it is written about" in page
    assert "What came of it" not in words(turid.get(f"/besok/{visit.id}/"))
    with scope():
        log_in(client, tun, organisation=Organisation.objects.get(owner=tun.council), role=Role.ASSESSOR)
        HomeVisit.objects.update(on=tun.now.date())
    said = {"outcome": "volunteer", "reason": "Passar", "limits": "Ikkje stell", "whom_to_call": ""}
    missing = client.post(f"/besok/{visit.id}/skriv/", said)
    assert missing.status_code == 422
    assert "Write whom to ring" in words(missing)
    clinical = client.post(f"/besok/{visit.id}/skriv/", said | {"reason": "Har demens", "whom_to_call": "Berit"})
    assert clinical.status_code == 422
    assert "Does whoever helps need to know?" in words(clinical)
    assert client.post(f"/besok/{visit.id}/skriv/", said | {"whom_to_call": "Berit"}).status_code == 302
    with scope():
        assert HelpRequest.objects.get().state == "looking"


@pytest.mark.rule("R112")
def test_another_organisations_network_talk_and_visit_are_not_there(client, tun, scope):
    client.cookies["samtun_language"] = "en"
    with scope():
        made, visit = a_built_network(tun), a_visit(tun, tun.request(tun.person("Liv", "Li", "+4790000444"), tun.grey))
        pages = [
            reverse("network", args=[made.id]), reverse("network_sheet", args=[made.id]),
            reverse("network_talk", args=[Talk.objects.first().id]), reverse("home_visit", args=[visit.id]),
            reverse("activity_answer", args=[Activity.objects.get().id, visit.request_id]),
        ]  # fmt: skip
        log_in(client, tun, organisation=Organisation.objects.get(owner=tun.other))
    assert [client.get(page).status_code for page in pages] == [404] * len(pages)
    assert ">AS<" not in words(client.get("/nettverk/"))
    with scope():
        log_in(client, tun)
    assert [client.get(page).status_code for page in pages] == [200] * len(pages), "the control"


def test_lists_show_initials_only(turid, tun, scope):
    with scope():
        a_visit(tun, tun.request(a_network(tun).person, tun.grey))
    for page in ("/nettverk/", "/besok/"):
        html = words(turid.get(page))
        assert "AS" in html
        assert "Stokke" not in html


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_at_most_15_statements_however_many_rows(turid, tun, scope, number):
    with scope():
        for n in range(number):
            made = a_built_network(tun, tun.person(f"Anna{n}", "Stokke", f"+47574101{n:02d}"))
            visit = a_visit(tun, tun.request(made.person, tun.grey))
        talk, wish = Talk.objects.first(), tun.request(made.person, tun.visit)
        plan = {"plan_limits": "Ikkje stell", "plan_whom_to_call": "Berit"}
        HelpRequest.objects.filter(id=wish.id).update(state="looking", **plan)
        actions.take_step_back(network=made, by=tun.viewer(), at=tun.now)
    taken = {}
    for page in (
        "/nettverk/", f"/nettverk/{made.id}/", f"/nettverk/{made.id}/med/aktivitet/", f"/nettverk/prat/{talk.id}/",
        f"/onske/{wish.id}/", "/besok/", f"/besok/{visit.id}/",
    ):  # fmt: skip
        with listening() as asked:
            assert turid.get(page).status_code == 200
        taken[page] = len(asked.statements)
    assert max(taken.values()) <= 15, taken
