"""Two have the same meeting open: what one writes stands at the other, and nobody's own words are taken away."""

import pytest
from playwright.sync_api import expect

from samtun.anchoring.forums import actions
from samtun.foundation.viewer import Role
from tests.factories.forums import IN_MEETING, make_committee

pytestmark = pytest.mark.journey


@pytest.fixture
def meeting(place):
    """A meeting that is being held, with one item."""
    with place.scope():
        committee = make_committee(place.tun)
        item = committee.item()
        held = committee.meeting(state="held", items=(item,))
    return committee, held, item


def written(place, committee, item, text, version):
    with place.scope():
        actions.write_minutes(item=item, text=text, version=version, by=committee.leader(), at=IN_MEETING)


def test_what_one_writes_stands_at_the_other(windows, place, journey, meeting, stream):
    committee, held, item = meeting
    here, there = windows(role=Role.LEADER), windows(role=Role.LEADER)
    for window in (here, there):
        window.open(f"/utval/mote/{held.id}/")
    field = there.page.locator("textarea").first
    if not journey.javascript:
        written(place, committee, item, "Hallen er open onsdag.", 0)
        there.open(f"/utval/mote/{held.id}/")
        expect(field).to_have_value("Hallen er open onsdag.")
        return
    stream.listened_to_by(2, there.page)
    here.page.locator("textarea").first.fill("Hallen er open onsdag.")
    with here.page.expect_navigation():
        here.page.locator("form:has(textarea) button[type=submit]").first.click()
    expect(field).to_have_value("Hallen er open onsdag.", timeout=2_000)
    there.look()
    # While somebody writes, nothing is taken away; what the other wrote meanwhile is kept beside it.
    field.fill("Vi fekk lånt nøkkel av Siri.")
    written(place, committee, item, "Hallen er open onsdag og torsdag.", 1)
    there.page.wait_for_timeout(1_500)
    expect(field).to_have_value("Vi fekk lånt nøkkel av Siri.")
    with there.page.expect_navigation():
        there.page.locator("form:has(textarea) button[type=submit]").first.click()
    there.look()
    assert "Vi fekk lånt nøkkel av Siri." in there.page.content()
    expect(there.page.locator("textarea").first).to_have_value("Hallen er open onsdag og torsdag.")


def test_without_a_stream_the_page_asks_by_itself(windows, place, journey, meeting, settings):
    settings.SAMTUN_LIVE_ORIGIN = ""
    committee, held, item = meeting
    window = windows(role=Role.LEADER)
    window.open(f"/utval/mote/{held.id}/")
    written(place, committee, item, "Hallen er open onsdag.", 0)
    if not journey.javascript:
        window.open(f"/utval/mote/{held.id}/")
    expect(window.page.locator("textarea").first).to_have_value("Hallen er open onsdag.", timeout=15_000)
