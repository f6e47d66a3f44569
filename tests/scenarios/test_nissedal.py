"""Nissedal: some are thought to need help and do not want it. A no is noted once and respected everywhere."""

import datetime as dt

import pytest
from django.conf import settings
from playwright.sync_api import expect

from samtun.foundation.models import SearchWord
from samtun.foundation.viewer import Role
from samtun.operation.referrals.models import PocketNote, Referral
from samtun.people.persons.models import Person

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
