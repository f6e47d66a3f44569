"""Lom, at the door: a telephone that loses its network, two telephones at once, and a clip card nobody can tell."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role
from samtun.operation.registrations.models import Attendance, Clip
from samtun.operation.registrations.queries import own_path
from tests.factories.registrations import signs_up, walk
from tests.scenarios.browser import PHONE

pytestmark = pytest.mark.practice("lom")
STORED = """async () => {
  const db = await new Promise(done => {
    const asked = indexedDB.open('samtun-door'); asked.onsuccess = () => done(asked.result) })
  const all = name => new Promise(done => {
    const asked = db.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => done(asked.result) })
  const notes = await all('notes'), [key] = await all('keys')
  db.close()
  const plain = notes.map(n => new TextDecoder('latin1').decode(n.sealed)).join('')
  return {notes: notes.length, plain: plain, extractable: key && key.extractable}
}"""
NAMES = ("Astrid Lien", "Olav Lien", "Jorunn Sæle", "Peder Vågen")


@pytest.fixture
def evening(place):
    """A dinner that costs something, with four on the list; the first pays with clips."""
    tun = place.tun
    with place.scope():
        _it, time = walk(tun, is_free=False, price="40 kroner", fee=4000)
        rows = [
            signs_up(tun, time, name, contact=tun.person(*name.split(), f"+479000078{n}", phone_kind="mobile"))[0]
            for n, name in enumerate(NAMES)
        ]
    return time, rows


def opens_door(window, time):
    window.open(f"/program/gang/{time.id}/dor/")
    if window.javascript:
        expect(window.page.locator("[data-door][data-ready]")).to_be_visible()


def here(window, say, name):
    return window.page.get_by_role("button", name=f"{say('Is here')} {name}", exact=True)


def came(place, time):
    with place.scope():
        marks = Attendance.objects.filter(occurrence=time, came=True).select_related("registration")
        return sorted(mark.registration.name for mark in marks)


def test_door_without_a_network(place, windows, say, evening):
    """Three are ticked without a network and sent once when it is back; another telephone has ticked one of them."""
    time, rows = evening
    turid, other = windows(role=Role.COORDINATOR, size=PHONE), windows(role=Role.COORDINATOR, size=PHONE)
    opens_door(turid, time)
    if not turid.javascript:  # without it the page is the ordinary form
        for name in NAMES[:3]:
            turid.press(f"{say('Is here')} {name}")
        assert came(place, time) == sorted(NAMES[:3])
        return
    page = turid.page
    page.context.set_offline(True)
    for name in NAMES[:3]:
        here(turid, say, name).click()
        expect(here(turid, say, name)).to_be_hidden()
    expect(
        page.get_by_text(say("Waits on this telephone until there is coverage, locked. Keep the page open."))
    ).to_be_visible()
    expect(page.locator("[data-door-number]")).to_have_text("3")
    stored = page.evaluate(STORED)
    assert (stored["notes"], stored["extractable"]) == (3, False)
    assert not any(str(row.id) in stored["plain"] for row in rows), "locked on the telephone"
    assert came(place, time) == []
    opens_door(other, time)
    other.press(f"{say('Is here')} {NAMES[0]}")
    assert came(place, time) == [NAMES[0]]
    turid.troubles.clear()  # the browser says that it is without a network
    with page.expect_navigation():
        page.context.set_offline(False)
    expect(page.locator("[data-door][data-ready]")).to_be_visible()
    turid.troubles.clear()
    assert came(place, time) == sorted(NAMES[:3])
    assert page.evaluate(STORED)["notes"] == 0
    turid.look()
    with place.scope():
        assert Attendance.objects.filter(occurrence=time).count() == 3
    turid.press(f"{say('Is here')} {NAMES[3]}")
    turid.press(f"{say('Undo')} {NAMES[3]}")
    assert came(place, time) == sorted(NAMES[:3])


@pytest.mark.journey
def test_clip_card_looks_like_any_other(place, windows, say, evening):
    """The cashier gives a card; the person sees what is left; the door says the same for everyone; one clip is used."""
    time, rows = evening
    with place.scope():
        own = own_path(rows[0].group)
        shared = own_path(rows[1].group)
    astrid, olav = windows(size=PHONE), windows(size=PHONE)
    for window, path, way in ((astrid, own, "clip"), (olav, shared, "free")):
        window.open(path)
        window.page.locator(f"[name=pays][value={way}]").check(force=True)
        window.press(say("Save"))
    expect(astrid.page.locator("main")).to_contain_text(
        say("You get a card from the cashier. Come as usual meanwhile.")
    )
    till = windows(role=Role.CASHIER)
    till.open("/kasse/")
    till.page.get_by_text(say("A new card"), exact=True).click()
    till.page.get_by_label(say("Whose is the card?")).fill(NAMES[0])
    till.page.get_by_label(say("Their telephone number")).fill("900 00 780")
    till.page.locator("[name=card-how][value=gift]").check(force=True)
    till.page.locator("[name=card-clips]").fill("2")
    till.press(say("Write the card"))
    expect(till.page.locator("[aria-labelledby=cards]")).to_contain_text(NAMES[0])
    astrid.open(own)
    expect(astrid.page.locator("main")).not_to_contain_text(
        say("You get a card from the cashier. Come as usual meanwhile.")
    )
    turid = windows(role=Role.COORDINATOR, size=PHONE)
    opens_door(turid, time)
    forms = [turid.page.locator("form", has_text=name) for name in NAMES[:2]]
    said = [form.inner_text().replace(name, "").split() for form, name in zip(forms, NAMES, strict=False)]
    assert [line for line in said[0] if not line.isdecimal()] == [line for line in said[1] if not line.isdecimal()]
    assert turid.page.context.request.get("/kasse/").status == 403
    turid.press(f"{say('Is here')} {NAMES[0]}")
    till.open("/kasse/")
    till.page.get_by_role("link", name=NAMES[0]).click()
    till.look()
    expect(till.page.locator("main")).to_contain_text("-1")
    till.page.locator("[name=change]").fill("1")
    till.page.get_by_label(say("What was wrong?")).fill("Kom på besøk, åt ikkje")
    till.press(say("Write the line"))
    for path in ("/kasse/ark/", f"/program/gang/{time.id}/kasse/", "/kasse/2026/10/"):
        till.open(path)
    with place.scope():
        assert sorted(Clip.objects.values_list("change", flat=True)) == [-1, 1, 2]


@pytest.mark.journey
def test_at_short_notice(place, windows, say):
    """Two stand in line; the last says on her own page that she can come at short notice, and gets the place."""
    with place.scope():
        tun = place.tun
        _it, time = walk(tun, most=1)
        rows = [
            signs_up(tun, time, name, contact=tun.person(*name.split(), f"+479000079{n}", phone_kind="mobile"))[0]
            for n, name in enumerate(NAMES[:3])
        ]
        has, waits, soon = (own_path(row.group) for row in rows)
    jorunn = windows(size=PHONE)
    jorunn.open(soon)
    jorunn.press(say("I can come at short notice"))
    expect(jorunn.page.locator("main")).to_contain_text(say("It is noted. You keep your place in line."))
    place.clock.move_to(time.starts_at - dt.timedelta(hours=8))
    astrid, olav = windows(size=PHONE), windows(size=PHONE)
    astrid.open(has)
    astrid.press(say("I can't come"))
    place.work()
    [asked] = [text for text in place.texts_to("+4790000792") if "varsel" in text or "short notice" in text]
    assert not [text for text in place.texts_to("+4790000791") if "varsel" in text or "short notice" in text]
    jorunn.open(asked[asked.index("/paamelding/") :].split()[0])
    jorunn.press(say("Yes, I take the place"))
    expect(jorunn.page.get_by_role("heading", level=1)).to_have_text(say("You are on the list"))
    olav.open(waits)
    expect(olav.page.get_by_role("heading", level=1)).to_have_text(say("You stand in line"))
