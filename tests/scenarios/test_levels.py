"""The three floors in one line: a volunteer's few words, a service design, a forum's decision, and the answer.

By link, at the desk, in an association's hands, in a committee with a politician, and by telephone.
"""

import re

import pytest
from playwright.sync_api import expect

from samtun.anchoring.forums.models import Forum, Item, Meeting
from samtun.codesign.designs.models import Change, Version
from samtun.evaluation.feedback.models import Feedback
from samtun.foundation.viewer import Role
from samtun.people.preferences.actions import set_preferences
from tests.factories.designs import make_design
from tests.factories.forums import make_committee
from tests.factories.policies import Plans
from tests.scenarios import drawing
from tests.scenarios.test_levanger import EVENING, decides, in_the_meeting, plans_and_calls
from tests.scenarios.test_levels_feedback import SATURDAYS
from tests.scenarios.voices import MARIT, rings

pytestmark = pytest.mark.practice("levels")
DECISION = "Hallen blir låst opp klokka ti kvar laurdag."  # what `decides` writes
TITLE = "Hallen er låst når vi kjem"  # what `plans_and_calls` puts on the agenda
COFFEE = "Fredagskaffe med skyss"
OPENED = "Døra er open ein time før. Prøv sjølv på laurdag!"
NOT_FRIDAYS = "Bussen går ikkje fredagar før til våren"


def says_it(marit, say, link):
    marit.open(link)
    marit.press(say("Tell us how it goes"), role="link")
    marit.page.get_by_label(say("What would you like to say?")).fill(SATURDAYS)
    marit.press("Send")


def takes_it_up(turid, say):
    turid.open("/i-dag/")
    with turid.page.expect_navigation():
        turid.page.get_by_role("link", name=say("Feedback waits for an answer")).first.click()
    turid.press(say("Take it up with a forum"), role="link")
    turid.look()
    turid.page.get_by_label("Samarbeidsutvalet").check()
    turid.page.get_by_label(say("What should the forum take up?")).fill(TITLE)
    turid.press(say("Propose it"))
    expect(turid.page.locator("main")).to_contain_text("Samarbeidsutvalet")


@pytest.mark.journey
@pytest.mark.rule("R04")
def test_line(place, windows, say, agreed):
    """Marit says it, Turid takes it up, the committee decides, Marit hears each step; each step shows its time."""
    with place.scope():
        committee = make_committee(place.tun)
        chair_is, scribe_is = committee.chair.person, committee.scribe.person
    says_it(windows(), say, agreed)
    takes_it_up(windows(role=Role.COORDINATOR), say)
    assert "Samarbeidsutvalet" in place.texts_to(MARIT)[-1]
    with place.scope():
        forum, item = Forum.objects.get(), Item.objects.get()
    plans_and_calls(windows(person=chair_is), say, forum)
    assert "2. desember" in place.texts_to(MARIT)[-1]
    place.clock.move_to(EVENING)
    chair, scribe = windows(person=chair_is), windows(person=scribe_is)
    with place.scope():
        meeting = Meeting.objects.get()
    in_the_meeting(chair, scribe, say, item, meeting)
    decides(scribe, say, item)
    heard = next(text for text in reversed(place.texts_to(MARIT)) if DECISION in text)
    assert not [name for name in ("Anna", "Stokke", "Rolf", "Siri") if name in heard]
    marit = windows()
    marit.open(re.search(r"/si/svar/[\w-]+/", heard)[0])
    days = (EVENING.date() - place.tun.now.date()).days
    for told in ("Samarbeidsutvalet", DECISION, f"etter {days} dag"):
        expect(marit.page.locator("main")).to_contain_text(told)
    turid = windows(role=Role.COORDINATOR)
    turid.open("/i-dag/")
    with turid.page.expect_navigation():
        turid.page.get_by_role("link", name=say("It is decided: answer the one who gave the feedback")).first.click()
    turid.press(say("Answer"))
    with place.scope():
        assert Feedback.objects.get().state == "answered"


@pytest.fixture
def coffee(place):
    """Friday coffee with a lift, on trial: the centre's and the health association's, with clearing of snow in it."""
    with place.scope():
        made = make_design(place.tun, title=COFFEE)
        made.on_trial()
    return made


def puts_it_into_the_design(turid, say):
    turid.open("/i-dag/")
    with turid.page.expect_navigation():
        turid.page.get_by_role("link", name=say("Feedback waits for an answer")).first.click()
    turid.press(say("Propose a change of what we make together"), role="link")
    turid.page.get_by_label(COFFEE).check()
    turid.press(say("Propose it"))
    expect(turid.page.locator("main")).to_contain_text(COFFEE)


def opens_the_change(window, say, words):
    """From the list of what is made together, to the change that waits."""
    window.open("/opplegg/")
    with window.page.expect_navigation():
        window.page.locator("a.row", has_text=COFFEE).click()
    window.look()
    with window.page.expect_navigation():
        window.panel("waiting").locator("a.row", has_text=words).click()
    window.look()


def takes_the_change_up(chair, say):
    opens_the_change(chair, say, SATURDAYS)
    chair.press(say("Take it up with a forum"), role="link")
    chair.page.get_by_label("Samarbeidsutvalet").check()
    chair.page.get_by_label(say("What should the forum take up?")).fill(TITLE)
    chair.press(say("Propose it"))
    expect(chair.panel("forums")).to_contain_text(TITLE)


def reads_it_before_the_meeting(politician, say, item):
    """One with a seat sees what it is about: the design, what its facts say, and nothing to press."""
    politician.open(f"/utval/sak/{item.id}/")
    politician.press(COFFEE, role="link")
    politician.press(COFFEE, role="link")
    for told in (say("Those it is for were at the table."), "Dalgrend helselag", say("On trial")):
        expect(politician.page.locator("main")).to_contain_text(told)
    expect(politician.page.get_by_role("link", name=say("Propose a change"))).to_have_count(0)


def settles(window, say, what, words):
    window.press(say(what), role="link")
    window.page.get_by_label(say("In words that whoever proposed it reads")).fill(words)
    window.press(say(what))
    expect(window.page.locator("main")).to_contain_text(words)


@pytest.mark.crosswise
@pytest.mark.journey
@pytest.mark.rule("R04")
def test_line_by_way_of_a_design(place, windows, say, agreed):
    """Friday coffee is drawn and tried; Marit's words become a change of it, decided in the committee, made, heard."""
    with place.scope():
        goal = Plans(place.tun).opened()
        committee = make_committee(place.tun)
        chair_is, scribe_is = committee.chair.person, committee.scribe.person
        politician_is = committee.politician.person
    drawing.whole(windows, say, place, COFFEE, goal.words)
    says_it(windows(), say, agreed)
    puts_it_into_the_design(windows(role=Role.COORDINATOR), say)
    assert COFFEE in place.texts_to(MARIT)[-1]
    takes_the_change_up(windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other), say)
    with place.scope():
        forum, item = Forum.objects.get(), Item.objects.get()
    plans_and_calls(windows(person=chair_is), say, forum)
    assert "2. desember" in place.texts_to(MARIT)[-1]
    reads_it_before_the_meeting(windows(person=politician_is), say, item)
    place.clock.move_to(EVENING)
    chair, scribe = windows(person=chair_is), windows(person=scribe_is)
    with place.scope():
        meeting = Meeting.objects.get()
    in_the_meeting(chair, scribe, say, item, meeting)
    decides(scribe, say, item)
    assert DECISION in place.texts_to(MARIT)[-1]
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    opens_the_change(association, say, SATURDAYS)
    expect(association.page.locator("main")).to_contain_text(DECISION)
    settles(association, say, "It is made", OPENED)
    heard = place.texts_to(MARIT)[-1]
    assert OPENED in heard
    assert not [name for name in ("Anna", "Stokke", "Rolf", "Siri") if name in heard]
    marit = windows()
    marit.open(re.search(r"/si/svar/[\w-]+/", heard)[0])
    days = (EVENING.date() - place.tun.now.date()).days
    for told in (COFFEE, "Samarbeidsutvalet", DECISION, OPENED, f"etter {days} dag"):
        expect(marit.page.locator("main")).to_contain_text(told)
    with place.scope():
        assert (Change.objects.get(kind="words").version, Feedback.objects.get().state) == (2, "decided")
    goes_on(windows(role=Role.COORDINATOR), association, say)
    for window in (windows(person=politician_is), windows()):
        looks_along_the_line(window, say, goal)
    association.open("/huset/")
    for told in ("service design runs", "goal ahead"):
        expect(association.page.locator("main")).to_contain_text(say(told))


def goes_on(turid, association, say):
    """The trial goes on as it is: one proposes it, one without a login is rung, the third says yes. On one A4."""
    drawing.opens(turid, COFFEE)
    drawing.proposes_larger(turid, say, "Go on as it is", "Det går fint, vi held fram.")
    drawing.rung_for(turid, say, drawing.COUNCIL)
    drawing.says_yes(association, say, COFFEE)
    address = drawing.opens(association, COFFEE)
    expect(association.page.locator("main")).to_contain_text(say("Runs"))
    assert association.page.context.request.get(f"{address}papir/").body().startswith(b"%PDF")


def looks_along_the_line(window, say, goal):
    """From the open goal to its line, and what is made to reach it, as everyone may see it."""
    window.open("/planar/ope/")
    with window.page.expect_navigation():
        window.page.locator("a.row", has_text=goal.policy.title).click()
    window.look()
    window.press(say("What this rests on, and what rests on it"), role="link")
    expect(window.page.locator("main")).to_contain_text(goal.words)
    expect(window.page.locator("main")).not_to_contain_text(SATURDAYS)


def writes_it_down(turid, say):
    turid.open("/si/mottak/skriv/")
    turid.page.get_by_label(say("What would you like to say?")).fill("Kunne bussen gå på fredagar?")
    turid.page.get_by_label(say("Who says it, if they like")).fill("Anna Stokke")
    turid.page.get_by_label(say("Telephone number")).fill("57 41 00 01")
    turid.press(say("Save"))


@pytest.mark.journey
def test_line_by_telephone(place, windows, say, coffee):
    """Anna rings; Turid writes it down; it is not made, and Anna is rung and told why. She gets no text."""
    with place.scope():
        set_preferences(person=place.tun.recipient(), channel="call", by=place.tun.system(), at=place.tun.now)
    turid = windows(role=Role.COORDINATOR)
    writes_it_down(turid, say)
    puts_it_into_the_design(turid, say)
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    opens_the_change(association, say, "Kunne bussen gå på fredagar?")
    settles(association, say, "It is not made", NOT_FRIDAYS)
    place.work()
    read_aloud = [rings(turid, say, "Anna Stokke", "Told") for _n in range(2)]
    assert [COFFEE in read_aloud[0], NOT_FRIDAYS in read_aloud[1]] == [True, True]
    assert place.gateway.sent == []


NEW_GOAL = "Minst seks kjem kvar fredag, også når bussen ikkje går."
WHY_NEW, WHY_STOP = (
    "Bussen går ikkje, og vi vil prøve med eigne bilar.",
    "Grendelaget har fått til det same kvar onsdag.",
)


@pytest.mark.crosswise
@pytest.mark.journey
def test_a_trial_is_changed_tried_anew_and_stopped(place, windows, say, coffee):
    """One proposes, the other says yes on its own page; each version and why it ended can be read afterwards."""
    turid = windows(role=Role.COORDINATOR)
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    drawing.opens(turid, COFFEE)
    drawing.proposes_larger(turid, say, "Change it, and try anew", WHY_NEW, goal=NEW_GOAL, ends_other="2027-04-30")
    drawing.says_yes(association, say, COFFEE)
    drawing.opens(turid, COFFEE)
    for told in (say("On trial"), NEW_GOAL):
        expect(turid.page.locator("main")).to_contain_text(told)
    drawing.proposes_larger(turid, say, "Stop", WHY_STOP)
    drawing.says_yes(association, say, COFFEE)
    drawing.opens(association, COFFEE)
    expect(association.page.locator("main")).to_contain_text(say("Ended"))
    expect(association.page.get_by_role("link", name=say("Go on as it is"))).to_have_count(0)
    with place.scope():
        made = coffee.fresh()
        assert (made.state, made.goal) == ("ended", NEW_GOAL)
        assert [one.why for one in Version.objects.filter(design=made).order_by("number")][-2:] == [WHY_NEW, WHY_STOP]
