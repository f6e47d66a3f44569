"""Nissedal: some are thought to need help and do not want it. A no is noted once and respected everywhere."""

import datetime as dt

import pytest
from django.conf import settings
from playwright.sync_api import expect

from samtun.foundation.models import SearchWord
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.operation.activities.models import Activity
from samtun.operation.lending.actions import season as sharing
from samtun.operation.lending.models import Booking, Season
from samtun.operation.referrals.models import PocketNote, Referral
from samtun.people.persons.models import Person
from tests.factories.lending import a_hall
from tests.scenarios.publishing import FRIDAY, tells

pytestmark = pytest.mark.practice("nissedal")
ODDNY = "57 41 00 77"
PHONE = {"width": 360, "height": 740}
MOST_TAPS = 3
OPENED = """const db = await new Promise(done => {
    const asked = indexedDB.open('samtun-pocket'); asked.onsuccess = () => done(asked.result) })
const whole = asked => new Promise(done => { asked.onsuccess = () => done(asked.result) })
const table = (name, mode) => db.transaction(name, mode || 'readonly').objectStore(name)"""
STORED = f"""async () => {{ {OPENED}
    const [notes, keys] = [await whole(table('notes').getAll()), await whole(table('keys').getAll())]
    db.close()
    return {{notes: notes.length, extractable: keys[0].extractable,
             plain: notes.map(note => new TextDecoder().decode(note.sealed)).join() }}
}}"""
AGE = f"""async (by) => {{ {OPENED}
    const notes = await whole(table('notes').getAll())
    for (const note of notes) await whole(table('notes', 'readwrite').put({{...note, at: note.at - by}}))
    db.close()
    return notes.length
}}"""
PLACE = "det kvite huset ved kyrkja"


def worries(window, say, begins="/"):
    """A neighbour, on a telephone, without an account."""
    page = window.page
    window.open(begins)
    window.press(say("Tell us whom you think of"), role="link")
    expect(page.locator("main")).to_contain_text("113")
    page.get_by_label(say("Whom do you think of?")).fill("Oddny Lien")
    page.get_by_label(say("Their telephone number, if you know it")).fill(ODDNY)
    page.get_by_label(say("Or where they live")).fill(PLACE)
    page.get_by_label(say("What makes you think of them?")).fill("Eg ser ikkje lys om kvelden")
    page.get_by_label(say("Your name")).fill("Per Granne")
    page.get_by_label(say("Your telephone number")).fill("57 41 00 78")
    window.press("Send")  # the same word in all three
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Thank you for telling us"))


@pytest.mark.journey
def test_a_no(place, windows, say):
    """Rung once; wants no contact; the next who worries is thanked in the same words, and nothing comes of it."""
    neighbour = windows()
    worries(neighbour, say)
    thanked = neighbour.page.locator("main").inner_text()
    turid = windows(role=Role.COORDINATOR)
    turid.open("/i-dag/")
    expect(turid.page.locator("main")).to_contain_text(say("Someone worries about another: ring"))
    for hidden in ("Oddny", "OL", "Lien"):
        expect(turid.page.locator("main")).not_to_contain_text(hidden)
    turid.page.get_by_role("link", name=say("Someone worries about another: ring")).first.click()
    turid.look()
    expect(turid.page.locator("main")).to_contain_text("Oddny Lien")
    turid.press(say("Wants no contact"))
    expect(turid.page.locator("main")).not_to_contain_text(say("Someone worries about another: ring"))
    place.work()
    with place.scope():
        kept = Referral.objects.get()
        assert not any((kept.name, kept.phone, kept.place, kept.words, kept.sender_name, kept.sender_phone))
        oddny = Person.objects.get(family_name="Lien")
        assert (oddny.do_not_contact, oddny.address) == (True, "")
    another = windows()
    worries(another, say)
    assert another.page.locator("main").inner_text() == thanked
    turid.open("/i-dag/")
    expect(turid.page.locator("main")).not_to_contain_text(say("Someone worries about another: ring"))
    is_refused_kindly(turid, say)
    assert place.gateway.sent == []


def is_refused_kindly(turid, say):
    """Nobody writes down a wish for her by mistake: the sentence says what stands, and nothing typed is lost."""
    page = turid.page
    turid.open("/samtale/")
    page.locator("summary", has_text=say("Someone new")).click()
    page.get_by_label(say("First name")).fill("Oddny")
    page.get_by_label(say("Family name")).fill("Lien")
    page.locator("[name=phone]").fill(ODDNY)
    page.get_by_label(say("Landline, no texts")).check()
    page.locator("label", has_text="Snø på trappa").click()
    page.locator(f"label:has([name=on_pick][value='{dt.date(2026, 11, 26)}'])").click()
    with page.expect_navigation():
        page.get_by_role("button", name=say("Save, and find someone")).click()
    refused = say(
        "This person has asked to be left in peace. Only they can take that back; note it on their page first."
    )
    expect(page.locator("main")).to_contain_text(refused)
    expect(page.get_by_label(say("First name"))).to_have_value("Oddny")
    turid.troubles.clear()  # the page was refused, and said so: 422


class Thumb:
    """One hand that holds the telephone: every tap is counted."""

    def __init__(self, window):
        self.page, self.taps = window.page, 0

    def tap(self, target):
        self.taps += 1
        target.click()

    def to_the_note_from_the_desk(self, say):
        """The menu is folded at this width."""
        page = self.page
        self.tap(page.locator("details.nav-narrow > summary"))
        with page.expect_navigation():
            self.tap(page.locator("details.nav-narrow").get_by_role("link", name=say("Pocket note")))

    def to_the_note_from_the_home_screen(self, say):
        """The icon is held, and the way there chosen; the telephone opens what our manifest says."""
        self.taps += 2
        with self.page.expect_navigation():
            self.page.goto(shortcut(self.page, say))


def shortcut(page, say):
    """Return the address that the icon on the home screen offers, from the manifest that the page names."""
    answer = page.context.request.get(page.locator("link[rel=manifest]").get_attribute("href"))
    assert answer.headers["content-type"].startswith("application/manifest+json")
    facts = answer.json()
    for icon in facts["icons"]:
        assert page.context.request.get(icon["src"]).headers["content-type"] == icon["type"]
    (way,) = facts["shortcuts"]
    assert way["name"] == say("Pocket note")
    assert way["url"].startswith(facts["scope"])
    return way["url"]


@pytest.mark.journey
@pytest.mark.parametrize("begin", ["desk", "home_screen"])
def test_pocket_note(place, windows, say, begin):
    """Stopped between the shelves of the shop: one hand, three taps at most, without coverage, for her alone."""
    turid = windows(role=Role.COORDINATOR, size=PHONE)
    turid.open("/i-dag/")
    kept = (without_coverage if turid.javascript else with_coverage)(turid, say, begin)
    page = turid.page
    expect(page.locator("main")).to_contain_text(kept)
    turid.look()
    with place.scope():
        assert not SearchWord.objects.filter(word__in=[w.casefold() for w in kept.split()]).exists()
        assert not Person.objects.filter(given_name="Kari").exists()
    colleague = windows(role=Role.LEADER)
    for address in ("/lommelapp/", "/i-dag/", "/onske/", "/folk/"):
        colleague.open(address)
        expect(colleague.page.locator("main")).not_to_contain_text("Kari")
    turid.press(say("Has said yes: write it down"))
    expect(page.get_by_label(say("In their own words"))).to_have_value(kept)


def on_to_the_note(turid, say, begin):
    """Return the thumb at the note, its field ready."""
    thumb = Thumb(turid)
    getattr(thumb, f"to_the_note_from_the_{begin}")(say)
    expect(turid.page.locator("[name=words]")).to_be_focused()
    return thumb


def with_coverage(turid, say, begin):
    words = "Kari Moen vil ha nokon å gå tur med"
    thumb = on_to_the_note(turid, say, begin)
    turid.page.keyboard.type(words)
    with turid.page.expect_navigation():
        thumb.tap(turid.page.get_by_role("button", name=say("Keep it")))
    assert thumb.taps <= MOST_TAPS
    return words


def has_it_on_the_telephone(turid):
    """Once with coverage, and the page is there without."""
    turid.open("/lommelapp/")
    turid.page.evaluate("navigator.serviceWorker.ready.then(() => new Promise(done => setTimeout(done, 300)))")


def without_coverage(turid, say, begin):
    """The page comes from the telephone; what is written waits there, locked, and goes when there is coverage."""
    page, words = turid.page, "Kari Moen treng ved før helga"
    has_it_on_the_telephone(turid)
    turid.open("/i-dag/")
    way = shortcut(page, say)
    assert way == "/lommelapp/"
    page.context.set_offline(True)
    thumb = Thumb(turid)
    if begin == "desk":
        thumb.to_the_note_from_the_desk(say)
    else:
        thumb.taps += 2
        page.goto(way)
    expect(page.locator("main")).to_contain_text(
        say(
            "No coverage just now. What you write is locked on this telephone, "
            "and sent when you open the page with coverage."
        )
    )
    expect(page.locator("[name=words]")).to_be_focused()
    page.keyboard.type(words)
    thumb.tap(page.get_by_role("button", name=say("Keep it")))
    assert thumb.taps <= MOST_TAPS
    expect(page.get_by_text(say("Waits on this telephone until there is coverage."))).to_be_visible()
    stored = page.evaluate(STORED)
    assert stored["notes"] == 1
    assert "Kari" not in stored["plain"], "locked on the telephone"
    assert stored["extractable"] is False
    turid.troubles.clear()  # the browser says that it is without coverage
    page.context.set_offline(False)  # the page finds the way back by itself: nothing to press, nothing to load anew
    expect(page.locator("main")).to_contain_text(words, timeout=25_000)
    turid.troubles.clear()
    return words


def write_without_coverage(window, say, words):
    """A note on a telephone that has the page, and no coverage."""
    page = window.page
    page.context.set_offline(True)
    page.goto("/lommelapp/")
    page.locator("[name=words]").fill(words)
    page.get_by_role("button", name=say("Keep it")).click()
    expect(page.get_by_text(say("Waits on this telephone until there is coverage."))).to_be_visible()
    page.goto("about:blank")
    page.context.set_offline(False)
    window.troubles.clear()


@pytest.mark.journey
def test_the_note_is_hers_on_a_telephone_that_two_share(place, windows, say):
    """Turid writes without coverage; Eirik logs in on the same telephone: he sees nothing, and nothing goes as his."""
    turid, other = windows(role=Role.COORDINATOR, size=PHONE), windows(role=Role.LEADER, size=PHONE)
    if not turid.javascript:
        return  # without JavaScript nothing is ever kept on a telephone
    page = turid.page
    has_it_on_the_telephone(turid)
    hers, his = (sessions_of(window) for window in (turid, other))
    write_without_coverage(turid, say, "Kari Moen treng ved")
    page.context.add_cookies(his)
    turid.open("/lommelapp/")
    page.wait_for_timeout(1000)
    expect(page.get_by_text(say("Waits on this telephone until there is coverage."))).to_be_hidden()
    expect(page.locator("main")).not_to_contain_text("Kari")
    with place.scope():
        assert not PocketNote.objects.exists(), "nothing is sent as anybody else's"
    assert page.evaluate(STORED)["notes"] == 1
    page.context.add_cookies(hers)
    page.goto("/lommelapp/")
    expect(page.locator("main")).to_contain_text("Kari Moen treng ved")
    expect(page.get_by_text(say("Waits on this telephone until there is coverage."))).to_be_hidden()
    with place.scope():
        assert PocketNote.objects.get().words == "Kari Moen treng ved"
    turid.look()
    turid.open("/i-dag/")
    logs_out(turid, say)
    nobody_writes_until_it_is_opened(turid, say)


def sessions_of(window):
    """Return the cookie of a login."""
    return [c for c in window.page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME]


def logs_out(window, say):
    window.page.locator("details.me > summary").click()
    window.press(say("Log out"))


def nobody_writes_until_it_is_opened(window, say):
    """Logged out, the telephone no longer knows whose a note would be, and says so before anything is typed."""
    page = window.page
    page.context.set_offline(True)
    page.goto("/lommelapp/")
    expect(page.locator("[data-pocket-nobody]")).to_be_visible()
    expect(page.locator("[name=words]")).to_be_disabled()
    page.goto("about:blank")
    page.context.set_offline(False)
    window.troubles.clear()


@pytest.mark.journey
def test_a_note_is_gone_from_the_telephone_after_fourteen_days(place, windows, say):
    """It never got coverage: the next time the page is opened it is neither kept, shown nor sent."""
    turid = windows(role=Role.COORDINATOR, size=PHONE)
    if not turid.javascript:
        return
    has_it_on_the_telephone(turid)
    write_without_coverage(turid, say, "Kari Moen treng ved")
    page = turid.page
    page.goto("/lommelapp/ute/nb/")
    assert page.evaluate(AGE, 15 * 24 * 3600 * 1000) == 1
    turid.open("/lommelapp/")
    page.wait_for_timeout(500)
    assert page.evaluate(STORED)["notes"] == 0
    expect(page.locator("main")).not_to_contain_text("Kari")
    with place.scope():
        assert not PocketNote.objects.exists()


@pytest.mark.journey
def test_collisions(place, windows, say):
    """A date that is only pencilled warns the next who plans: the same evening, the day after, and better days."""
    turid = windows(role=Role.COORDINATOR)
    turid.open("/program/ny/")
    saturday = FRIDAY + dt.timedelta(days=1)
    tells(
        turid.page, say, title="Julemesse", category="event", on=saturday, at="12", to="16", where="Skulen", meets="Aud"
    )
    turid.press(say("Pencil in the date only"))
    expect(turid.page.locator("main")).to_contain_text(say("Draft"))
    gerd = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    gerd.open("/program/ny/")
    tells(gerd.page, say, title="Basar", category="event", on=FRIDAY, at="18", to="21", where="Bedehuset", meets="Gerd")
    gerd.press(say("Open it to everyone"))
    told = gerd.panel("beside")
    for words in ("Julemesse", say("pencilled in"), say("The day before or after")):
        expect(told).to_contain_text(words)
    expect(told).to_contain_text(say("Nothing else is on for them then:"))
    assert gerd.page.get_by_label(say("What is it called?")).input_value() == "Basar", "nothing typed is lost"
    gerd.press(say("Open it all the same"))
    with place.scope():
        assert set(Activity.objects.values_list("title", "state")) == {("Julemesse", "draft"), ("Basar", "waiting")}


@pytest.mark.journey
def test_borrowing(place, windows, say):
    """Two want the hall the same evening: one has it, the other is told at once, and sees when it is free."""
    with place.scope():
        fjordheim = a_hall(place.tun, way="at_once")
    gerd = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    turid = windows(role=Role.COORDINATOR)
    for window, begins in ((gerd, "18"), (turid, "19")):
        window.open(f"/lokaler/{fjordheim.id}/")
        window.open(f"/lokaler/{fjordheim.id}/laan/")
        window.page.locator("[name=on_pick][value=other]").check(force=True)
        window.page.locator("[name=on_other]").fill(str(FRIDAY))
        window.page.locator("[name=starts]").fill(begins)
        window.page.locator("[name=ends]").fill("21")
    gerd.press(say("Book it"))
    with turid.page.expect_navigation():
        turid.page.get_by_role("button", name=say("Book it")).click()
    expect(turid.page.locator("main")).to_contain_text("16.00–18.00")  # free just before
    assert turid.page.locator("[name=starts]").input_value().startswith("19"), "nothing typed is lost"
    turid.page.wait_for_timeout(100)
    turid.troubles.clear()  # refused with a sentence: 422
    guest = windows(size=PHONE)
    guest.open(f"/lokaler/{fjordheim.id}/?m=2026-11")
    expect(guest.page.locator("main")).to_contain_text("18.00–21.00")
    expect(guest.page.locator("main")).not_to_contain_text("helselag")


@pytest.mark.journey
def test_season(place, windows, say):
    """Two clubs and one hall: one wishes on its page, one rings; shared out, decided, told, hung on the door."""
    with place.scope():
        place.tun.person("Solveig", "Bruflot", "+4790000777", owner=place.tun.council)
        fjordheim = a_hall(place.tun, opens=dt.time(8), closes=dt.time(23))
    turid = windows(role=Role.COORDINATOR)
    opens_season(turid, say, place)
    with place.scope():
        season = Season.objects.get()
    gerd = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    gerd.open(f"/lokaler/{fjordheim.id}/")
    gerd.open(f"/lokaler/sesong/{season.id}/")
    gerd.look()
    wishes(gerd.page, [("0", "18", "20"), ("2", "18", "20")])
    gerd.press(say("Send your wishes"))
    expect(gerd.page.locator("main")).to_contain_text("18.00–20.00")
    turid.open(f"/utlaan/sesong/{season.id}/skriv/")
    turid.page.locator("[name=for_owner]").select_option(str(place.tun.council.id))
    turid.page.get_by_label(say("Who rang or wrote?")).fill("Solveig Bruflot")
    turid.page.locator("[name=phone]").fill("90 00 07 77")
    wishes(turid.page, [("0", "18", "20")], minutes="240")
    turid.look()
    turid.press(say("Write it down"))
    place.clock.move_to(dt.datetime(2026, 12, 14, 8, tzinfo=dt.UTC))
    with place.scope():
        sharing.propose_when_ready(season=season, by=place.tun.system(), at=clock.now())
    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/utlaan/sesong/{season.id}/")
    expect(turid.page.locator("main")).to_contain_text(say("Got less than they wished for"))
    turid.look()
    turid.press(say("Decide, and tell them"))
    place.work()
    with place.scope():
        days = Booking.objects.filter(ref_id=season.id, state="booked").values_list("for_owner__name", flat=True)
        assert set(days) >= {place.tun.other.name}
    assert place.texts_to("+4790000777"), "who rang is told what the club got"
    gerd = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    gerd.open(f"/lokaler/sesong/{season.id}/")
    expect(gerd.page.locator("main")).to_contain_text(say("You get:"))
    expect(gerd.page.locator("main")).not_to_contain_text("Solveig")
    gerd.look()
    sheet = turid.page.context.request.get(f"{turid.page.url}plan.pdf")
    assert (sheet.status, sheet.headers["content-type"]) == (200, "application/pdf")


def opens_season(turid, say, place):
    """Mondays and Wednesdays of a spring, and the club is asked."""
    page = turid.page
    turid.open("/utlaan/sesong/ny/")
    page.get_by_label(say("What is the season called?")).fill("Vår 2027")
    for name, words in (
        ("starts", "2027-01-04"), ("ends", "2027-06-18"), ("opens", "17"), ("closes", "22"), ("deadline", "2026-12-12"),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(words)
    for day in ("0", "2"):
        page.locator(f"[name=weekdays][value='{day}']").check(force=True)
    page.locator(f"[name=asked][value='{place.tun.other.id}']").check(force=True)
    turid.look()
    turid.press(say("Open it for wishes"))


def wishes(page, times, minutes=""):
    """Fill in weekly times, the dearest first."""
    for number, (day, first, last) in enumerate(times, 1):
        page.locator(f"[name=day_{number}]").select_option(day)
        page.locator(f"[name=from_{number}]").fill(first)
        page.locator(f"[name=until_{number}]").fill(last)
    page.locator("[name=minutes]").fill(minutes)
