"""Strand: 35 friends on a list who can turn out; a call-out fills a need, first come, nobody asked twice too often."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.callouts.actions import add_friend
from samtun.operation.callouts.models import Asked, CallOut, FriendsList
from samtun.operation.volunteers.models import Contribution
from samtun.work.sheets.queries import write_paper

pytestmark = pytest.mark.practice("strand")
FRIENDS = [("Marit", "Fjelde"), ("Jonas", "Vik"), ("Olena", "Bø"), ("Kåre", "Lien")]
MANY = 35
CLASS, COMPANY = ("Klasse 2B", 12), ("Fjordbruket AS", 6)
THURSDAY = dt.date(2026, 11, 26)
AFTER = dt.datetime(2026, 11, 26, 11, 5, tzinfo=dt.UTC)  # 12.05 on the wall; asked for was 10, two hours


def phone(number):
    return f"+4790000{600 + number}"


@pytest.fixture
def home(place):
    """Four friends who are put on a list by hand, a teacher with a class, and somebody at a company."""
    with place.scope():
        for number, (given, family) in enumerate(FRIENDS):
            place.tun.volunteer(given, family, phone(number))
        place.tun.volunteer("Anne", "Solvik", phone(90))
        place.tun.volunteer("Leif", "Bruk", phone(91))
    return place


def makes_a_list(turid, say):
    turid.open("/utkalling/")
    turid.page.get_by_label(say("What is the list called?")).fill("Turvener")
    turid.press(say("Make a list"))


def puts_on_friends(turid, say):
    for given, family in FRIENDS:
        turid.page.get_by_label(say("Who?"), exact=True).select_option(label=f"{given} {family}")
        turid.press(say("Put on the list"))


def puts_on_a_group(turid, say, who, group):
    name, hands = group
    turid.page.get_by_label(say("Who?"), exact=True).select_option(label=who)
    turid.page.get_by_label(say("Does the person come with a group?")).fill(name)
    turid.page.get_by_label(say("How many hands is the group?")).fill(str(hands))
    turid.press(say("Put on the list"))
    expect(turid.page.locator("main")).to_contain_text(f"{name}, {hands}")


def the_others_stand_there_already(home):
    """Thirty-one more, as they were put there last year."""
    with home.scope():
        tun, friends = home.tun, FriendsList.objects.get()
        for number in range(len(FRIENDS), MANY):
            friend = tun.volunteer("Venn", f"Nummer {number}", phone(number))
            add_friend(friends_list=friends, volunteer=friend, by=tun.viewer(), at=tun.now)
        assert friends.friends.count() == MANY
        return friends


def calls_out(turid, say, *, needed, hour="10"):
    fills_in(turid, say, needed=needed, hour=hour)
    turid.press(say("Call out"))


def fills_in(turid, say, *, needed, hour):
    page = turid.page
    page.get_by_label(say("Which kind of help?")).select_option(label="Snø på trappa")
    page.get_by_label(say("What is it?")).fill("tur med bebuarane")
    page.get_by_label(say("Where do we meet?")).fill("Solheimen")
    page.locator(f"label:has([name=on_pick][value='{THURSDAY}'])").click()
    page.get_by_label(say("What time?")).fill(hour)
    page.get_by_label(say("How long, about?")).select_option("120")
    page.get_by_label(say("How many are needed?")).fill(str(needed))


@pytest.mark.journey
def test_call_out(home, windows, say):
    """Of 35, two are needed, four asked: one yes by text, one by link, and the others hear that there are enough."""
    turid = windows(role=Role.COORDINATOR)
    makes_a_list(turid, say)
    puts_on_friends(turid, say)
    friends = the_others_stand_there_already(home)
    turid.open(f"/utkalling/liste/{friends.id}/")
    expect(turid.page.locator("main ul.rows li")).to_have_count(MANY)
    turid.open(f"/utkalling/ny/{friends.id}/")
    calls_out(turid, say, needed=2)
    by_text(home, phone(0), say)
    by_link(home, windows, say)
    turid.open(f"/utkalling/{the_call_out(home).id}/")
    expect(turid.page.locator("main")).to_contain_text(say("Enough hands"))
    expect(turid.page.locator("main .timeline")).to_contain_text(say("Friends were asked"))
    assert re.search(r"vi nok|er nok", home.texts_to(phone(2))[-1]), "the others are thanked"
    nobody_is_asked_twice(home, turid, friends, say)
    home.clock.move_to(AFTER)
    home.work()
    with home.scope():
        assert sorted(Contribution.objects.values_list("minutes", flat=True)) == [120, 120]


def by_text(home, number, say):
    asked = home.texts_to(number)[-1]
    assert len(asked) <= 160
    first_two = " ".join(asked.splitlines()[:2])
    for told in ("Dalgrend frivilligsentral", "tur med bebuarane", "torsdag 26.11.", "kl. 10.00", "Solheimen"):
        assert told in first_two
    home.text_in(number, f"ja {re.search(r'JA (\d+)', asked)[1]}")


def by_link(home, windows, say):
    with home.scope():
        one = Asked.objects.select_related("volunteer").get(volunteer__person__phone=phone(1))
        link = f"/s/{make_token(Question.objects.get(kind='call_out', to_person=one.volunteer.person_id))}"
    jonas = windows()
    jonas.open(link)
    with home.scope():
        assert Asked.objects.get(id=one.id).state == "sent", "opening a link answers nothing"
    jonas.press(say("Yes, I come"))
    expect(jonas.page.get_by_role("heading", level=1)).to_have_text(say("You are counted in"))


def the_call_out(home):
    with home.scope():
        return CallOut.objects.get()


def nobody_is_asked_twice(home, turid, friends, say):
    """The same week: one call-out after another asks others, until nobody is left; then it says why of each."""
    for needed, hour in ((5, "12"), (10, "14"), (1, "16")):
        turid.open(f"/utkalling/ny/{friends.id}/")
        calls_out(turid, say, needed=needed, hour=hour)
    with home.scope():
        asked = list(Asked.objects.values_list("volunteer", flat=True))
        assert len(asked) == len(set(asked)) == 4 + 10 + 20 + 1 == MANY
    turid.open(f"/utkalling/ny/{friends.id}/")
    with turid.page.expect_navigation():
        fills_in(turid, say, needed=1, hour="17")
        turid.page.get_by_role("button", name=say("Call out"), exact=True).click()
    main = turid.page.locator("main")
    expect(main).to_contain_text(
        say("Nobody more on the list can be asked now. Choose another day, or put more on the list.")
    )
    turid.troubles.clear()  # refused, and said so: 422
    main.locator(".excluded summary").click()
    expect(main.locator(".excluded li")).to_have_count(MANY)
    expect(main.locator(".excluded li").first).to_contain_text(say("Was asked less than a week ago"))


@pytest.mark.journey
def test_a_school_class_and_a_company(home, windows, say):
    """Each is asked through the adult who answers for it, and counts as its hands; the sheet says who comes."""
    turid = windows(role=Role.COORDINATOR)
    makes_a_list(turid, say)
    puts_on_a_group(turid, say, "Anne Solvik", CLASS)
    puts_on_a_group(turid, say, "Leif Bruk", COMPANY)
    with home.scope():
        friends = FriendsList.objects.get()
    turid.open(f"/utkalling/ny/{friends.id}/")
    calls_out(turid, say, needed=15)
    assert "Klasse 2B" in home.texts_to(phone(90))[-1]
    assert "Fjordbruket AS" in home.texts_to(phone(91))[-1]
    turid.press(f"{say('Said yes')} Anne Solvik")
    expect(turid.page.locator("main")).to_contain_text(say("Hands are missing"))
    home.text_in(phone(91), f"ja {re.search(r'JA (\d+)', home.texts_to(phone(91))[-1])[1]}")
    turid.open(f"/utkalling/{the_call_out(home).id}/")
    expect(turid.page.locator("main")).to_contain_text(say("Enough hands"))
    expect(turid.page.locator("main")).to_contain_text("18")
    with home.scope():
        vias = Asked.objects.order_by("volunteer__person__phone").values_list("via", flat=True)
        assert (list(vias), CallOut.objects.get().state) == (["call", "sms"], "filled")
        paper, _persons = write_paper(home.tun.centre, THURSDAY, at=home.clock.now())
    assert all(told in str(paper) for told in ("Klasse 2B", "Anne Solvik", "Fjordbruket AS", "Leif Bruk", "10.00"))
