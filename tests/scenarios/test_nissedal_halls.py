"""Nissedal: what collides is told before it is saved, halls are borrowed, and a season's times are shared out."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.operation.activities.models import Activity
from samtun.operation.lending.actions import season as sharing
from samtun.operation.lending.models import Booking, Season
from tests.factories.lending import a_hall
from tests.scenarios.publishing import FRIDAY, tells

pytestmark = pytest.mark.practice("nissedal")


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
    guest = windows(size={"width": 360, "height": 740})
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
