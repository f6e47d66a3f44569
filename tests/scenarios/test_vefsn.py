"""Vefsn: before anyone is asked, somebody with the right to says whose task it is."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role
from samtun.operation.help_requests.models import Assessment, HelpRequest

pytestmark = pytest.mark.practice("vefsn")
VIGIL, ESTATE = "Våk", "Tømme døds"
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
        window.page.locator("a.row").first.click()
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


def test_outside_the_limits(place, anna, windows, say):
    """Never for volunteers here: said at once, with the way on, and the person is rung."""
    turid = windows(role=Role.COORDINATOR)
    write_down(turid, say, ESTATE)
    assert the_request(place).state == "declined"
    expect(turid.panel("now")).to_contain_text("Ring servicekontoret.")
    expect(turid.panel("suggestions")).to_have_count(0)
    hears_kindly(turid, say)


def hears_kindly(turid, say):
    """Anna has a landline: somebody rings her, with words that show the way on and give no blame."""
    turid.open("/meldinger/")
    with turid.page.expect_navigation():
        turid.page.locator("a.row", has_text="Anna Stokke").click()
    turid.look()
    expect(turid.page.locator(".said")).to_contain_text("Ring servicekontoret.")
    turid.press(say("Told"))
    expect(turid.page.locator("a.row", has_text="Anna Stokke")).to_have_count(0)
