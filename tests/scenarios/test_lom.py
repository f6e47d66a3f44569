"""Lom: one calendar holds everything; signed up, minimum reached, held, who came: and nobody types anything twice."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role
from samtun.operation.activities.models import Activity
from tests.factories.programme import hall
from tests.factories.timetables import CENTRE, taken_in
from tests.scenarios.browser import PHONE
from tests.scenarios.publishing import FRIDAY, tells

pytestmark = pytest.mark.practice("lom")


@pytest.mark.journey
def test_calendar(place, windows, say):
    """An association nobody has checked writes; it opens by itself; everyone finds it."""
    gerd = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    gerd.open("/program/")
    gerd.press(say("Put something in the programme"), role="link")
    tells(gerd.page, say, title="Songkveld", on=FRIDAY, at="18.00", to="20.00", where="Bedehuset", meets="Gerd")
    gerd.press(say("Open it to everyone"))
    expect(gerd.page.locator("main")).to_contain_text(say("Waits until we know who you are"))
    guest = windows(size=PHONE)
    guest.open("/hva-skjer/")
    expect(guest.page.locator("main")).not_to_contain_text("Songkveld")
    turid = windows(role=Role.COORDINATOR)
    turid.open("/i-dag/")
    turid.page.get_by_role("link", name="Dalgrend helselag").first.click()
    turid.look()
    turid.press(say("Yes, they are"))
    place.work()
    guest.open("/hva-skjer/?tid=evening")
    guest.page.get_by_role("link", name="Songkveld").first.click()
    guest.look()
    expect(guest.page.locator("main")).to_contain_text(
        say("%(name)s meets you at the door. Say that it is your first time.", name="Gerd")
    )
    guest.open("/hva-skjer/?tid=saturday")
    expect(guest.page.locator("main")).not_to_contain_text("Songkveld")
    guest.open("/hva-skjer/2026-11/")
    expect(guest.page.locator("main")).to_contain_text("Songkveld")


@pytest.mark.journey
def test_around(place, windows, say):
    """A series goes around the hamlet halls by rule, and a time that is called off says why where people look."""
    with place.scope():
        for name in ("Nesheim", "Dalheim", "Havgløtt"):
            hall(place.tun, name)
    turid = windows(role=Role.COORDINATOR)
    turid.open("/program/ny/")
    page = turid.page
    tells(page, say, title="Grendekaffi", on=FRIDAY, at="12", to="14", where="Rundt om", meets="Turid")
    page.locator("[name=repeat][value=weekly]").check(force=True)
    page.get_by_text(say("Halls or hosts that take turns")).click()
    for name in ("Dalheim", "Havgløtt", "Nesheim"):
        page.get_by_label(f"{name}, Innbygda").check(force=True)
    turid.press(say("Open it to everyone"))
    with place.scope():
        times = list(Activity.objects.get().occurrences.order_by("on")[:4])
    assert [row.place_name for row in times] == ["Dalheim", "Havgløtt", "Nesheim", "Dalheim"]
    turid.open(f"/program/gang/{times[0].id}/")
    turid.page.get_by_text(say("Call it off"), exact=True).click()
    turid.page.get_by_label(say("Why? Those who had meant to come read it")).fill("Glatte vegar")
    turid.press(say("Call it off, and tell those who come"))
    guest = windows(size=PHONE)
    guest.open(f"/hva-skjer/{times[0].id}/")
    expect(guest.page.locator("main")).to_contain_text("Glatte vegar")


@pytest.mark.journey
@pytest.mark.rule("R36")
def test_no_bus_home(place, windows, say):
    """Whoever publishes is told that no bus goes home; a visitor sees it before coming, and asks for a ride."""
    with place.scope():
        house = hall(place.tun, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])
        taken_in(place.municipality.id, place.tun.now)
    turid = windows(role=Role.COORDINATOR)
    turid.open("/program/ny/")
    turid.page.locator("[name=place]").select_option(str(house.id))
    tells(
        turid.page, say, title="Lang lunsj", category="meal", on=FRIDAY, at="11", to="16", where="",
        transport="public", meets="Turid", sign_up="ride",
    )  # fmt: skip
    turid.press(say("Open it to everyone"))
    told = turid.page.locator("section[aria-labelledby=beside]")
    expect(told).to_contain_text(say("no bus home"))
    expect(told).to_contain_text(say("No hour near it has a bus both ways. Could somebody fetch them?"))
    turid.look()
    turid.press(say("Open it all the same"))
    place.work()
    guest = windows(size=PHONE)
    guest.open("/hva-skjer/")
    expect(guest.page.get_by_role("link", name="Lang lunsj")).to_contain_text(say("No bus home"))
    guest.page.get_by_role("link", name="Lang lunsj").click()
    line = guest.page.locator("section[aria-labelledby=buses] dl > div").filter(has_text="Ytstegrenda")
    expect(line).to_contain_text("09.50")
    expect(line).to_contain_text(say("No bus home"))
    expect(guest.page.locator("main")).to_contain_text("Entur")
    guest.look()
    guest.press(say("I would like a ride"), role="link")
    guest.page.get_by_label(say("Your name")).fill("Astrid Lien")
    guest.page.get_by_label(say("Your telephone number")).fill("900 00 777")
    guest.page.locator("[name=ride_from]").select_option(label="Ytstegrenda")
    guest.press(say("I would like a ride"))
    with place.scope():
        row = Activity.objects.get().occurrences.get()
    turid.open(f"/program/gang/{row.id}/dor/")
    expect(turid.page.locator("main")).to_contain_text("Ytstegrenda")


def test_loop(place, windows, say):
    """Published, signed up without an account, the minimum reached, held, who came, how it was."""
    turid = windows(role=Role.COORDINATOR)
    turid.open("/program/ny/")
    tells(
        turid.page, say, title="Middag i lag", category="meal", on=FRIDAY, at="16", to="18", where="Kyrkjestova",
        meets="Turid", sign_up="sign_up",
    )  # fmt: skip
    turid.page.get_by_text(say("How many"), exact=True).click()
    turid.page.locator("[name=least]").fill("2")
    turid.page.locator("[name=most]").fill("3")
    turid.press(say("Open it to everyone"))
    with place.scope():
        row = Activity.objects.get().occurrences.get()
    astrid = windows(size=PHONE)
    astrid.open(f"/hva-skjer/{row.id}/")
    astrid.press(say("Sign up"), role="link")
    assert astrid.page.get_by_role("link", name="57 00 11 22").first.is_visible(), "the telephone before the form"
    astrid.page.get_by_label(say("Your name")).fill("Astrid Lien")
    astrid.page.get_by_label(say("Your telephone number")).fill("900 00 777")
    astrid.page.locator("[name=others]").fill("Olav Lien")
    astrid.press(say("Sign up"))
    expect(astrid.page.get_by_role("heading", level=1)).to_have_text(say("You are on the list"))
    own = astrid.page.url
    assert any("/paamelding/mi/" in text for text in place.texts_to("+4790000777"))
    full = windows(size=PHONE)
    full.open(f"/paamelding/{row.id}/")
    full.page.get_by_label(say("Your name")).fill("Per Nes")
    full.page.get_by_label(say("Your telephone number")).fill("900 00 778")
    full.page.locator("[name=others]").fill("Ola Nes")
    full.press(say("Sign up"))
    expect(full.page.get_by_role("heading", level=1)).to_have_text(say("You stand in line"))
    turid.open(f"/program/gang/{row.id}/dor/")
    expect(turid.page.locator("main")).to_contain_text("Olav Lien")
    place.clock.move_to(dt.datetime(2026, 11, 27, 15, 10, tzinfo=dt.UTC))
    place.work()
    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/program/gang/{row.id}/dor/")
    turid.press(f"{say('Is here')} Astrid Lien")
    turid.open(f"/program/gang/{row.id}/")
    turid.page.locator("[name=held-head_count]").fill("2")
    turid.press(say("Save"), within=turid.page.locator("form:has([name=held-head_count])"))
    place.clock.move_to(dt.datetime(2026, 11, 27, 19, 0, tzinfo=dt.UTC))
    place.work()
    astrid.open(own)
    assert astrid.page.get_by_role("link", name=say("How was it?")).is_visible()
    with place.scope():
        row.refresh_from_db()
    assert (row.state, row.head_count) == ("held", 2)
