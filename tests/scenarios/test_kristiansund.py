"""Kristiansund: the municipality gives out the places, the list is closed, and everyone is rung on Monday."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Permission, Role
from samtun.operation.activities.models import Activity
from samtun.operation.registrations.actions import allocating, leaving
from tests.factories.programme import activity, times, weekly
from tests.scenarios.browser import PHONE
from tests.scenarios.publishing import FRIDAY, tells

pytestmark = pytest.mark.practice("kristiansund")
NAMES = (("Jorunn Sæle", "900 00 601"), ("Peder Vågen", "900 00 602"))


@pytest.mark.journey
def test_places(place, windows, say):
    """Held by an association, given out by the municipality: seen by those two alone, rung round, and gone after."""
    turid = windows(role=Role.COORDINATOR)
    turid.open("/program/ny/")
    tells(
        turid.page, say, title="Møtestaden", on=FRIDAY, at="16", to="19", where="Fjordheim", meets="Kari",
        sign_up="given",
    )  # fmt: skip
    turid.press(say("Open it to everyone"))
    with place.scope():
        it = Activity.objects.get()
        row = it.occurrences.get()
    turid.open(f"/program/{it.id}/")
    turid.press(say("Who gives out the places"), role="link")
    turid.page.get_by_label("Dalgrend kommune").check(force=True)
    turid.press(say("Save"))
    office = windows(role=Role.UNIT_EMPLOYEE, owner=place.tun.council)
    office.open(f"/program/{it.id}/plassar/")
    for name, phone in NAMES:
        office.page.get_by_label(say("Name"), exact=True).fill(name)
        office.page.get_by_label(say("Telephone number"), exact=True).fill(phone)
        office.press(say("Give a place"))
    expect(office.page.locator("main")).to_contain_text("Jorunn Sæle")
    is_seen_by_nobody_else(place, windows, it, row)
    turid.open(f"/program/gang/{row.id}/ring/")
    line = turid.page.locator("li", has_text="Peder Vågen")
    turid.press(f"{say('Coming, and needs a ride')} Peder Vågen", within=line)
    turid.open(f"/program/gang/{row.id}/dor/")
    expect(turid.page.locator("form", has_text="Peder Vågen")).to_contain_text(say("Ride"))
    turid.open(f"/program/gang/{row.id}/ring/ark/")
    expect(turid.page.locator("main")).to_contain_text("Jorunn Sæle")
    place.clock.move_to(dt.datetime(2026, 12, 26, 9, 0, tzinfo=dt.UTC))
    with place.scope():
        leaving.forget(by=place.tun.system(), at=place.clock.now())  # each night; here no night comes by itself
    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/program/gang/{row.id}/ring/")
    expect(turid.page.locator("main")).not_to_contain_text("Peder")


def is_seen_by_nobody_else(place, windows, it, row):
    """No open page has it, no text says what it is, and another association has no way in."""
    with place.scope():
        activity(place.tun, title="Strikkekafé")
    guest = windows(size=PHONE)
    for address in ("/hva-skjer/", "/hva-skjer/2026-11/"):
        guest.open(address)
        expect(guest.page.locator("main")).to_contain_text("Strikkekafé")
        expect(guest.page.locator("main")).not_to_contain_text("Møtestaden")
    for address in (f"/hva-skjer/{row.id}/", f"/hva-skjer/aktivitet/{it.id}/", f"/paamelding/{row.id}/"):
        assert guest.page.context.request.get(address).status == 404
    calendar = guest.page.context.request.get("/hva-skjer/kalender.ics").text()
    assert (calendar.count("BEGIN:VEVENT"), "SUMMARY:Strikkekafé" in calendar, "Møtestaden" in calendar) == (
        1,
        True,
        False,
    )
    for _name, phone in NAMES:
        texts = place.texts_to(f"+47{phone.replace(' ', '')}")
        assert texts, "they are told that they have a place"
        assert not [text for text in texts if "Møtestaden" in text]
    gerd = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    assert gerd.page.context.request.get(f"/program/{it.id}/plassar/").status == 404


@pytest.mark.journey
def test_a_child_on_a_closed_list(place, windows, say):
    """The office gives a child a place when its mother has said yes; the club sees a name, her number and the skis."""
    with place.scope():
        tun = place.tun
        it = activity(
            tun, weekly(), owner=tun.other, title="Møtestaden for barn", sign_up="given", is_listed=False,
            groups=("children",), gear="Ski og sko", is_free=False, price="50 kr",
        )  # fmt: skip
        host = tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH})
        allocating.name_allocator(activity=it, owner=tun.council, by=host, at=tun.now)
        row = times(it)[0]
    office = windows(role=Role.UNIT_EMPLOYEE, owner=tun.council)
    office.open(f"/program/{it.id}/plassar/")
    page = office.page
    page.get_by_label(say("Parent or guardian, or the grown-up who comes")).fill("Iryna Koval")
    page.get_by_label(say("Their telephone number")).fill("900 00 701")
    page.locator("[name=children]").fill("Danylo")
    page.get_by_label(say("They would like to borrow gear")).check(force=True)
    page.locator("[name=pays][value=free]").check(force=True)
    with page.expect_navigation():
        page.get_by_role("button", name=say("Give a place")).click()
    office.troubles.clear()  # the browser says that it was refused
    expect(page.locator("main")).to_contain_text(
        say("Ask a parent or guardian first, and tick that they have said yes.")
    )
    page.get_by_label(say("A parent or guardian knows of it, and has said yes")).check(force=True)
    office.press(say("Give a place"))
    expect(page.locator("main")).to_contain_text("Danylo")
    place.work()
    [text] = place.texts_to("+4790000701")
    for unsaid in ("Møtestaden", "Danylo", "barn"):
        assert unsaid not in text
    club = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=tun.other, size=PHONE)
    club.open(f"/program/gang/{row.id}/dor/")
    expect(club.page.locator("main")).to_contain_text("Ring Iryna Koval:")
    expect(club.page.locator("main")).not_to_contain_text(say("Free place"))
