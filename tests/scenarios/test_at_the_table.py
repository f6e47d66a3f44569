"""Two have the same meeting open: what one writes stands at the other, and nobody's own words are taken away."""

import contextlib

import pytest
from playwright.sync_api import Error, expect

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


def reloads_without_network(window):
    """Reloaded with no network the browser has no page to show; with it again, the page comes back."""
    window.page.context.set_offline(True)
    with contextlib.suppress(Error):
        window.page.reload()
    window.page.context.set_offline(False)


def test_no_word_is_lost_without_network_and_none_is_left_behind(windows, place, journey, meeting, say):
    if not journey.javascript:
        pytest.skip("without the script the browser itself keeps what is in a form")
    committee, held, item = meeting
    window = windows(role=Role.LEADER)
    minutes, sak = f"/utval/mote/{held.id}/", f"/utval/sak/{item.id}/"
    for address, words in ((minutes, "Hallen er open."), (f"{sak}hoyrt/", "Rektor"), (f"{sak}avgjer/", "Nøkkel")):
        window.open(address)
        window.page.locator("form[data-draft] :is(textarea, input[type=text])").first.fill(words)
        reloads_without_network(window)
        window.troubles.clear()
        window.open(address)
        expect(window.page.locator("form[data-draft] :is(textarea, input[type=text])").first).to_have_value(words)
        expect(window.page.locator("[data-told]")).to_be_visible()
    # Another has saved meanwhile: the server keeps both texts.
    written(place, committee, item, "Vi ventar på svar.", 0)
    window.open(minutes)
    expect(window.page.locator("textarea").first).to_have_value("Hallen er open.")
    window.press(f"{say('Save the minutes')} {item.title}")
    assert "Hallen er open." in window.page.content()
    expect(window.page.locator("textarea").first).to_have_value("Vi ventar på svar.")
    left = "Object.keys(localStorage).filter((one) => one.startsWith('samtun-draft:')).length"
    assert window.page.evaluate(left) == 2, "what is saved is taken away"
    with window.page.expect_navigation():
        window.page.locator("form[data-forget]").first.evaluate("form => form.requestSubmit()")
    assert window.page.evaluate(left) == 0, "at logging out the rest goes too"
