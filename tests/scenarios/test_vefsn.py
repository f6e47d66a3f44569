"""Vefsn: before anyone is asked, somebody with the right to says whose task it is."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role
from samtun.operation.help_requests import actions as help_acts
from samtun.operation.help_requests.models import Assessment, HelpRequest, PersonalCall
from samtun.operation.networks.models import Talk
from samtun.operation.volunteers.models import Volunteer
from samtun.work.todos.models import Todo

pytestmark = pytest.mark.practice("vefsn")
VIGIL, ESTATE = "Våk", "Tømme døds"
NURSE = "+4790000101"
WEDNESDAY = dt.date(2026, 11, 25)


@pytest.fixture
def anna(place):
    """Somebody the centre knows, with a landline, and a volunteer who would sit with her."""
    with place.scope():
        place.tun.volunteer("Marit", "Fjelde", "+4790000001", types=[place.tun.grey, place.tun.estate])
        return place.tun.recipient()


def write_down(window, say, kind):
    """A call from somebody known: found by name, with and without JavaScript."""
    page = window.page
    window.open("/samtale/")
    page.get_by_label(say("Who is it for?")).press_sequentially("stok")
    if window.javascript:
        expect(page.locator("#hits")).to_contain_text("Anna Stokke")
    else:
        window.press(say("Find"))
    page.locator("#hits").get_by_label("Anna Stokke").check()
    page.locator("label", has_text=kind).click()
    page.locator(f"label:has([name=on_pick][value='{WEDNESDAY}'])").click()
    window.press(say("Save, and find someone"))


def the_request(place):
    with place.scope():
        return HelpRequest.objects.get()


def assess(window, say, outcome, reason):
    """Open the wish from the desk and say whose task it is."""
    window.open("/i-dag/")
    with window.page.expect_navigation():
        window.page.locator("#l1").click()
    window.look()
    window.page.get_by_label(say(outcome), exact=True).check()
    window.page.get_by_label(say("Why?")).fill(reason)
    window.press(say("Save the answer"))


@pytest.mark.parametrize(("outcome", "state"), [("A volunteer's", "looking"), ("The municipality's", "declined")])
def test_triage(place, anna, windows, say, outcome, state):
    """A kind that is not cleared waits for the assessor, who answers with outcome and reason."""
    turid = windows(role=Role.COORDINATOR)
    write_down(turid, say, VIGIL)
    assert the_request(place).state == "new"
    expect(turid.page.get_by_role("button", name=say("Save the answer"))).to_have_count(0)
    expect(turid.panel("suggestions")).to_have_count(0)
    assessor = windows(role=Role.ASSESSOR, owner=place.tun.council)
    assess(assessor, say, outcome, "Sjukepleiaren har sett på det")
    assert the_request(place).state == state
    with place.scope():
        said = Assessment.objects.get()
    assert (said.reason, said.cleared_beforehand) == ("Sjukepleiaren har sett på det", False)
    turid.open(f"/onske/{the_request(place).id}/")
    expect(turid.page.locator("main")).to_contain_text("Sjukepleiaren har sett på det")
    if state == "looking":
        expect(turid.panel("suggestions")).to_contain_text("Marit Fjelde")
    else:
        expect(turid.panel("suggestions")).to_have_count(0)
        hears_kindly(turid, say)


@pytest.mark.journey
def test_outside_the_limits(place, anna, windows, say):
    """Never for volunteers here: said at once, with the way on, and the person is rung."""
    turid = windows(role=Role.COORDINATOR)
    write_down(turid, say, ESTATE)
    assert the_request(place).state == "declined"
    expect(turid.panel("now")).to_contain_text("Ring servicekontoret.")
    expect(turid.panel("suggestions")).to_have_count(0)
    hears_kindly(turid, say)


def passes_on(nurse, say):
    """Four fields at the kitchen table, on a telephone."""
    page = nurse.page
    nurse.open("/formidle/")
    page.get_by_label(say("Whose wish is it?")).fill("Anna Stokke")
    page.get_by_label(say("Number to ring")).fill("57 41 00 01")
    page.get_by_label(say("What would be of help?")).fill("Vil gjerne ha nokon å gå tur med")
    page.get_by_label(say("The person is with me, and says yes to the volunteer centre ringing about this")).check()
    nurse.press(say("Pass it on"))
    expect(page.locator("main")).to_contain_text("AS")
    expect(page.locator("main")).to_contain_text(say("Somebody rings"))


@pytest.mark.journey
def test_passed_on_at_the_kitchen_table(place, windows, say):
    """With the person's yes, and no more than that; the nurse hears what became of it, and not why."""
    nurse = windows(role=Role.UNIT_EMPLOYEE, owner=place.tun.council, size={"width": 360, "height": 740})
    passes_on(nurse, say)
    turid = windows(role=Role.COORDINATOR)
    page = turid.page
    turid.open("/i-dag/")
    page.get_by_role("link", name=say("Passed on with a yes: ring")).first.click()
    turid.look()
    expect(page.locator("main")).to_contain_text("Vil gjerne ha nokon å gå tur med")
    turid.press(say("Would like help: write it down"))
    expect(page.locator("#hits").get_by_label("Anna Stokke")).to_be_checked()
    page.locator("label", has_text="Snø på trappa").click()
    page.locator(f"label:has([name=on_pick][value='{WEDNESDAY}'])").click()
    turid.press(say("Save, and find someone"))
    assert the_request(place).words == "Vil gjerne ha nokon å gå tur med"
    nurse.open("/formidle/")
    expect(nurse.page.locator("main")).to_contain_text(say("We have talked, and look for someone"))
    for html in nurse.seen[1:]:
        assert "Stokke" not in html
    told = place.texts_to(NURSE)
    assert len(told) == 1
    assert "Anna" not in told[0]
    turid.open("/i-dag/")
    expect(page.locator("main")).not_to_contain_text(say("Passed on with a yes: ring"))


def hears_kindly(turid, say):
    """Anna has a landline: somebody rings her, with words that show the way on and give no blame."""
    turid.open("/meldinger/")
    assert "Stokke" not in turid.seen[-1], "initials until opened"
    assert "57 41 00 01" not in turid.seen[-1].replace("\u00a0", " ")
    with turid.page.expect_navigation():
        turid.page.locator("a.row", has_text="AS").click()
    turid.look()
    expect(turid.page.get_by_role("heading", level=1)).to_have_text("Anna Stokke")
    expect(turid.page.locator("main a[href='tel:57410001']")).to_be_visible()
    expect(turid.page.locator(".said")).to_contain_text("Ring servicekontoret.")
    turid.press(say("Told"))
    expect(turid.page.locator("a.row", has_text="AS")).to_have_count(0)


@pytest.mark.journey
def test_when_someone_dies(place, anna, windows, say):
    """Said once, on one page that tells what stops: nobody is written to, and the visitor is rung by a named person."""
    with place.scope():
        tun = place.tun
        hanne = tun.volunteer("Hanne", "Vik", "+4790000002")
        request = tun.request(anna, on=WEDNESDAY)
        (ask,) = help_acts.ask_volunteers(request=request, volunteers=[hanne.id], by=tun.viewer(), at=place.clock.now())
        help_acts.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=place.clock.now())
        match = request.matches.get()
        help_acts.answer_proposal(match=match, yes=True, via="call", by=tun.system(), at=place.clock.now())
    place.work()
    before = len(place.gateway.sent)
    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/folk/{anna.id}/")
    turid.press(say("Has died …"), role="link")
    expect(turid.panel("to-ring")).to_contain_text("Hanne Vik")
    turid.page.get_by_label(say("Who rings those who were close?")).fill("Turid")
    turid.press(say("Yes, %(name)s has died", name="Anna"))
    assert the_request(place).state == "cancelled"
    expect(turid.panel("to-ring")).to_contain_text(say("%(who)s rings", who="Turid"))

    rings_the_visitor(place, turid, say)
    place.clock.move_to(dt.datetime(2026, 11, 24, 17, tzinfo=dt.UTC))  # when the reminder would have gone
    place.work()
    assert len(place.gateway.sent) == before
    with place.scope():
        assert not Todo.objects.filter(ref_kind="help_request", done_at=None).exists()

    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/folk/{anna.id}/er-dod/")
    turid.press(say("It was a mistake …"), role="link")
    turid.press(say("Yes, it was a mistake"))
    assert the_request(place).state == "agreed"


def rings_the_visitor(place, turid, say):
    """From the desk to the call: she wants a talk tomorrow and a pause."""
    turid.open("/i-dag/")
    sentence = say("Ring a volunteer yourself: the one they visited has died")
    with turid.page.expect_navigation():
        turid.page.get_by_role("link", name=sentence).first.click()
    turid.look()
    expect(turid.page.locator("main")).to_contain_text("90 00 00 02".replace(" ", "\u00a0"))
    turid.page.locator("label", has_text=say("Tomorrow")).first.click()
    turid.page.get_by_label(say("Wants a pause")).check()
    turid.press(say("Has been rung"))
    with place.scope():
        call = PersonalCall.objects.get()
        assert (call.talk_on, call.wants_pause) == (dt.date(2026, 11, 24), True)
        assert Volunteer.objects.get(id=call.volunteer_id).state == "paused"


def plans_a_visit(nurse, say):
    """On a telephone, from what she has passed on: today, herself."""
    nurse.open("/besok/")
    with nurse.page.expect_navigation():
        nurse.page.locator("a.row", has_text=say("Plan a visit")).click()
    nurse.look()
    nurse.page.locator("label", has_text=say("Today")).first.click()
    nurse.press(say("Plan the visit"))


def writes_what_came_of_it(nurse, say):
    """Only what is practical; a word of illness is asked about, and nothing typed is lost."""
    page = nurse.page
    page.get_by_label(say("A volunteer's"), exact=True).check()
    page.get_by_label(say("Why?")).fill("Har kreft og vil ha selskap")
    page.get_by_label(say("How often?")).fill("Tysdagar")
    nurse.page.get_by_label(say("Whom to ring when something is amiss?")).fill("Berit, 57 00 11 22")
    with nurse.page.expect_response(lambda r: r.status == 422):
        page.get_by_role("button", name=say("Write what came of it"), exact=True).click()
    page.wait_for_load_state("load")
    nurse.troubles.clear()  # the refused form
    nurse.look()
    expect(page.locator("main")).to_contain_text("kreft")
    expect(page.locator("main")).to_contain_text(
        say("Write what belongs to it and what does not: a volunteer must know.")
    )
    page.get_by_label(say("Why?")).fill("Vil ha selskap på kveldstid")
    page.get_by_label(say("What belongs to it, and what does not?")).fill("Sitje hjå. Ikkje stell.")
    nurse.press(say("Write what came of it"))


@pytest.mark.journey
def test_home_visit(place, windows, say):
    """A nurse plans and writes on a telephone; nobody is asked before; the one who comes is guided."""
    with place.scope():
        place.tun.volunteer("Marit", "Fjelde", "+4790000001", types=[place.tun.grey])
    nurse = windows(role=Role.UNIT_EMPLOYEE, owner=place.tun.council, size={"width": 360, "height": 740})
    passes_on(nurse, say)
    turid = windows(role=Role.COORDINATOR)
    turid.open("/i-dag/")
    turid.page.get_by_role("link", name=say("Passed on with a yes: ring")).first.click()
    turid.press(say("Would like help: write it down"))
    turid.page.locator("label", has_text=VIGIL).click()
    turid.page.locator(f"label:has([name=on_pick][value='{WEDNESDAY}'])").click()
    turid.press(say("Save, and find someone"))
    request = the_request(place)

    plans_a_visit(nurse, say)
    turid.open(f"/onske/{request.id}/")
    expect(turid.page.locator("main")).to_contain_text(say("Nobody is asked before it is written about."))
    expect(turid.panel("suggestions")).to_have_count(0)
    writes_what_came_of_it(nurse, say)
    written = the_request(place)
    assert (written.state, written.plan_limits) == ("looking", "Sitje hjå. Ikkje stell.")
    assert written.plan_whom_to_call.startswith("Berit")

    turid.open(f"/onske/{request.id}/")
    expect(turid.panel("suggestions")).to_contain_text("Marit Fjelde")
    with place.scope():
        tun, at = place.tun, place.clock.now()
        volunteer = Volunteer.objects.select_related("person").get(person__given_name="Marit")
        (ask,) = help_acts.ask_volunteers(request=written, volunteers=[volunteer.id], by=tun.viewer(), at=at)
        help_acts.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=at)
        for match in written.matches.filter(state="proposed"):
            help_acts.answer_proposal(match=match, yes=True, via="call", by=tun.system(), at=at)
    place.work()
    marit = windows(person=volunteer.person, size={"width": 360, "height": 740})
    marit.open("/meg/")
    given = marit.page.locator(".task").first
    for words in (say("How often"), "Tysdagar", say("What belongs to it"), "Sitje hjå. Ikkje stell.", "Berit"):
        expect(given).to_contain_text(words)
    marit.look()
    guided_by(place, windows, say)


def guided_by(place, windows, say):
    """A guidance talk comes to the desk on its day, and is held."""
    with place.scope():
        due = Talk.objects.get(side="volunteer").due_on
    place.clock.move_to(dt.datetime.combine(due, dt.time(8, 30), tzinfo=dt.UTC))
    place.work()
    turid = windows(role=Role.COORDINATOR)
    turid.open("/i-dag/")
    with turid.page.expect_navigation():
        turid.page.get_by_role("link", name=say("A guidance talk with a volunteer")).first.click()
    turid.look()
    expect(turid.page.locator("h1")).to_contain_text("Marit Fjelde")
    turid.page.get_by_label(say("Yes, we have talked")).check()
    turid.press(say("Note the talk"))
    with place.scope():
        assert Talk.objects.filter(side="volunteer", was_held=True).count() == 1
        assert Talk.objects.filter(side="volunteer", settled_at=None).count() == 1, "the next is planned"
