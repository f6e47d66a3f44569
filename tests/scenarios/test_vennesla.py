"""Vennesla: a network around a person in five steps, with talks at both ends; what lasts is agreed by both."""

import datetime as dt
import re
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.operation.arrangements.models import Arrangement, Visit
from samtun.operation.help_requests import actions as help_acts
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks.models import Network, Step, Talk
from samtun.operation.volunteers.models import Contribution, Engagement
from tests.scenarios import publishing

pytestmark = pytest.mark.practice("vennesla")
MARIT = "+4790000001"
TUESDAY = dt.date(2026, 11, 24)


def the_arrangement(place):
    with place.scope():
        return Arrangement.objects.get()


def dates(place, *states):
    with place.scope():
        return list(Visit.objects.filter(state__in=states).order_by("on").values_list("on", flat=True))


def hour_strikes(place, moment):
    """Time passes, and the hourly look is done."""
    place.clock.move_to(moment)
    defer("arrangements.look", tenant=place.municipality.id)
    place.work()


def plans_something_that_lasts(turid, say, anna):
    """From the person's page: what, when, how often, limits, whom to ring."""
    page = turid.page
    turid.open(f"/folk/{anna.id}/")
    turid.press(say("Arrange something that lasts"), role="link")
    page.get_by_label(say("What would be of help?")).select_option(label="Snø på trappa")
    page.locator(f"label:has([name=first_pick][value='{TUESDAY}'])").click()
    page.get_by_label(say("What time?")).fill("11")
    page.get_by_label(say("How long each time, about?")).select_option("60")
    page.get_by_label(say("What belongs to it, and what does not?")).fill("Trappa og stien, ikkje taket")
    turid.press(say("Save the plan"))
    expect(page.locator("main")).to_contain_text("24. november")


def is_asked_and_says_yes(place, turid, say):
    """The rhythm stands in the text, in one SMS; a yes by text, and the name said on the telephone to Anna."""
    turid.page.locator("button[name=who]").first.click()
    turid.look()
    asked = place.texts_to(MARIT)[-1]
    assert len(asked) <= 160
    for told in ("Dalgrend frivilligsentral", "kl. 11.00", say("every week"), say("Tuesdays"), "24.11."):
        assert told in asked, asked
    assert "Anna" not in asked
    place.text_in(MARIT, f"ja {re.search(r'JA (\d+)', asked)[1]}")
    with place.scope():
        wish = HelpRequest.objects.get()
        assert wish.state == "proposed"
    assert dates(place, "planned") == [], "nothing is agreed before Anna has heard the name"
    turid.open(f"/onske/{wish.id}/")
    expect(turid.panel("now")).to_contain_text("Marit Fjelde")
    turid.press(say("Yes, that is fine"))
    turid.press(say("See the arrangement"), role="link")
    expect(turid.panel("next")).to_contain_text("24. november")
    expect(turid.panel("next").locator("li")).to_have_count(4)


def sees_where_to_go(place, windows, say):
    """The link gives nothing away before the code to her own telephone."""
    text = place.texts_to(MARIT)[-1]
    assert "Anna" not in text
    marit = windows()
    marit.open("/s/" + re.search(r"/s/(\S+)", text)[1])
    expect(marit.page.locator("main")).not_to_contain_text("Stokke")
    marit.press(say("Send me the code"))
    marit.page.get_by_label(say("The code we sent you")).fill(re.search(r"\b(\d{6})\b", place.texts_to(MARIT)[-1])[1])
    marit.press(say("Show who and where"))
    expect(marit.page.locator("main")).to_contain_text("Anna Stokke")
    expect(marit.page.locator("main")).to_contain_text("Storgata 4")
    expect(marit.page.locator("main")).to_contain_text("Trappa og stien, ikkje taket")


def cannot_one_time(place, windows, say):
    """NEI to the reminder leaves out that one time: Anna is rung, the desk has a stand-in by one button."""
    hour_strikes(place, dt.datetime(2026, 11, 30, 16, 5, tzinfo=dt.UTC))
    reminder = place.texts_to(MARIT)[-1]
    place.text_in(MARIT, f"nei {re.search(r'NEI (\d+)', reminder)[1]}")
    assert dates(place, "cannot") == [dt.date(2026, 12, 1)]
    with place.scope():
        assert not Engagement.objects.filter(on=dt.date(2026, 12, 1)).exists()
        assert not Contribution.objects.filter(on=dt.date(2026, 12, 1)).exists()
    turid = windows(role=Role.COORDINATOR)
    turid.open("/meldinger/")
    expect(turid.page.locator("main")).to_contain_text("AS")
    turid.open("/i-dag/")
    line = turid.page.locator("li", has_text=say("Cannot come one time: find a stand-in?")).first
    with turid.page.expect_response(lambda r: "vikar" in r.url):
        line.get_by_role("button", name=re.compile(f"^{say('Find')}")).click()
    turid.page.wait_for_load_state()
    turid.open(f"/fast/{the_arrangement(place).id}/")
    turid.press(say("The wish for a stand-in"), role="link")
    with place.scope():
        wish = HelpRequest.objects.exclude(every_weeks=1).get()
        assert (wish.on, wish.state) == (dt.date(2026, 12, 1), "looking")
    return turid


def has_a_pause(place, turid, say):
    """Days, told to the other, and taken away again: everything stands as before."""
    page, before = turid.page, dates(place, "planned")
    turid.open(f"/fast/{the_arrangement(place).id}/")
    turid.press("Pause …", role="link")
    page.get_by_label(say("The one who is visited"), exact=True).check()
    page.locator("label:has([name=starts_pick][value='2026-12-01'])").click()
    page.get_by_label(say("To which day?")).fill("2026-12-20")
    turid.press(say("Make the pause, and tell the other"))
    assert dates(place, "paused") == [dt.date(2026, 12, 8), dt.date(2026, 12, 15)]
    with page.expect_navigation():
        turid.panel("pauses").get_by_role("button").click()
    turid.look()
    assert dates(place, "planned") == before


@pytest.mark.journey
def test_standing_arrangement(place, windows, say):
    """Every Tuesday: planned, asked with its rhythm, agreed, a time left out, a pause, counted, ended with thanks."""
    with place.scope():
        anna = place.tun.recipient()
        place.tun.volunteer("Marit", "Fjelde", MARIT)
    turid = windows(role=Role.COORDINATOR)
    plans_something_that_lasts(turid, say, anna)
    is_asked_and_says_yes(place, turid, say)
    sees_where_to_go(place, windows, say)
    turid = cannot_one_time(place, windows, say)
    has_a_pause(place, turid, say)
    url = f"/fast/{the_arrangement(place).id}/"
    turid.open(url)
    pdf = turid.page.context.request.get(f"{url}ark.pdf")
    assert pdf.ok
    assert pdf.body().startswith(b"%PDF")
    hour_strikes(place, dt.datetime(2026, 12, 8, 15, 5, tzinfo=dt.UTC))
    with place.scope():
        counted = Contribution.objects.order_by("on").values_list("on", "minutes")
        assert list(counted) == [(TUESDAY, 60), (dt.date(2026, 12, 8), 60)]
    turid = windows(role=Role.COORDINATOR)
    turid.open(url)
    turid.press(say("End it …"), role="link")
    turid.page.get_by_label(say("It has done what it should"), exact=True).check()
    turid.press(say("End it, and tell both"))
    place.clock.move_to(clock.now() + dt.timedelta(days=1))
    assert re.search(r"[Tt]usen takk", place.texts_to(MARIT)[-1])
    assert dates(place, "planned") == []
    with place.scope():
        assert not Engagement.objects.filter(on__gt=dt.date(2026, 12, 8)).exists()


def around_anna(place):
    """Anna has a landline; Marit visits her already."""
    tun, at = place.tun, place.clock.now()
    with place.scope():
        anna, marit = tun.recipient(), tun.volunteer("Marit", "Fjelde", "+4790000001")
        request = tun.request(anna, on=dt.date(2026, 11, 25))
        (ask,) = help_acts.ask_volunteers(request=request, volunteers=[marit.id], by=tun.viewer(), at=at)
        help_acts.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=at)
        help_acts.answer_proposal(match=request.matches.get(), yes=True, via="call", by=tun.system(), at=at)
    return anna


def puts_coffee_in_the_programme(turid, say):
    """Written once, where everyone finds it: there is coffee at Fjordheim on Tuesdays."""
    turid.open("/program/ny/")
    held = {"title": "Kaffi og prat", "on": TUESDAY, "at": "11", "to": "13", "where": "Fjordheim", "meets": "Ragnhild"}
    publishing.tells(turid.page, say, **held)
    turid.page.locator("[name=repeat][value=weekly]").check(force=True)
    turid.press(say("Open it to everyone"))


def wake_on(place, day):
    """Let it be the morning of a day, and the worker do what is due."""
    place.clock.move_to(dt.datetime.combine(day, dt.time(8, 30), tzinfo=dt.UTC))
    place.work()


def due_of(place, number):
    with place.scope():
        return Step.objects.get(number=number).due_on


def from_desk(window, say, sentence):
    """Open what stands on the desk by its sentence."""
    window.open("/i-dag/")
    with window.page.expect_navigation():
        window.page.get_by_role("link", name=say(sentence)).first.click()
    window.look()


def wishes_a_network(place, turid, say, anna):
    """From the person's page, with her own yes on the telephone."""
    turid.open(f"/folk/{anna.id}/")
    turid.press(say("Build a network …"), role="link")
    turid.page.get_by_label(
        say("Has been told that a sheet with names will be made, and says yes to a network")
    ).check()
    turid.press(say("Begin the network"))
    expect(turid.panel("now")).to_contain_text(say("Step %(number)s now", number=1))


def puts_in(turid, say):
    """An ordinary activity and a volunteer; the volunteer is the contact."""
    page = turid.page
    turid.press(say("An ordinary activity"), role="link")
    with page.expect_navigation():
        page.get_by_role("button", name=say("Put in")).first.click()
    turid.look()
    turid.press(say("A volunteer"), role="link")
    page.get_by_label(say("Which volunteer?")).select_option(label="Marit Fjelde")
    page.get_by_label(say("What do they do?")).fill("kjem innom")
    page.get_by_label(say("When?")).fill("onsdagar")
    turid.press(say("Put into the network"))
    page.get_by_label(say("Has said yes to being the contact")).check()
    with page.expect_navigation():
        page.get_by_role("button", name=say("Make network contact")).first.click()
    turid.look()
    expect(turid.panel("around")).to_contain_text(say("Network contact"))


def hears_who_is_in_it(place, turid, say, network):
    """Rung, since she has a landline; and on paper in large type."""
    place.work()
    turid.open("/meldinger/")
    with turid.page.expect_navigation():
        turid.page.locator("a.row", has_text="AS").first.click()
    turid.look()
    said = turid.page.locator(".said")
    for words in ("Marit", "Kaffi og prat", "90 00 00 01"):
        expect(said).to_contain_text(words)
    turid.press(say("Told"))
    sheet = turid.page.context.request.get(f"/nettverk/{network.id}/ark/")
    assert sheet.headers["content-type"] == "application/pdf"
    pages = PdfReader(BytesIO(sheet.body())).pages
    text = pages[0].extract_text().replace("\u00a0", " ")
    assert len(pages) == 1
    for words in ("Anna", "Marit", "kjem innom", "90 00 00 01", "Kaffi og prat", "Ragnhild"):
        assert words in text
    assert "Stokke" not in text
    assert "Fjelde" not in text, "first names only"


@pytest.mark.journey
def test_five_steps(place, windows, say):
    """From a need that is heard to talks with the person and the network contact; what is forgotten comes back."""
    anna = around_anna(place)
    turid = windows(role=Role.COORDINATOR)
    puts_coffee_in_the_programme(turid, say)
    wishes_a_network(place, turid, say, anna)
    first = due_of(place, 1)
    assert first == dt.date(2026, 11, 27), "two opening days after Monday"

    wake_on(place, first)
    turid = windows(role=Role.COORDINATOR)
    from_desk(turid, say, "A network is wished for: map the need")
    turid.page.get_by_label(say("What did you agree on?")).fill("Kaffi ute blant folk, og ein som kjem innom")
    turid.press(say("This step is done"))
    assert "/i-dag/" in turid.page.url, "begun on the desk it ends on the desk"
    with place.scope():
        network = Network.objects.get()
    turid.open(f"/nettverk/{network.id}/")
    turid.press(say("This step is done"))
    puts_in(turid, say)
    turid.press(say("This step is done"))
    turid.press(say("The network is in place"))
    with place.scope():
        talks = {t.side: t.due_on for t in Talk.objects.all()}
    assert set(talks) == {"person", "contact"}
    hears_who_is_in_it(place, turid, say, network)

    forgotten = max(talks.values()) + dt.timedelta(days=12)
    wake_on(place, forgotten)
    turid = windows(role=Role.COORDINATOR)
    turid.open("/i-dag/")
    for sentence in ("Ask how it goes: one with a network", "Ask how it goes: a network contact"):
        expect(turid.page.locator("main")).to_contain_text(say(sentence))
    from_desk(turid, say, "Ask how it goes: one with a network")
    expect(turid.page.locator("h1")).to_contain_text("Anna Stokke")
    turid.page.get_by_label(say("Yes, we have talked")).check()
    turid.press(say("Note the talk"))
    from_desk(turid, say, "Ask how it goes: a network contact")
    expect(turid.page.locator("h1")).to_contain_text("Marit Fjelde")
    turid.page.get_by_label(say("No, it came to nothing this time")).check()
    turid.press(say("Note the talk"))
    expect(turid.page.locator("main")).not_to_contain_text(say("Ask how it goes: a network contact"))
    with place.scope():
        following = Talk.objects.filter(settled_at=None)
        assert {t.side for t in following} == {"person", "contact"}
        assert all(t.due_on > forgotten for t in following)
    for html in turid.seen[:1]:
        assert "Stokke" not in html, "the desk names nobody"
