"""Lom: one calendar holds everything; signed up, minimum reached, held, who came: and nobody types anything twice."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role
from samtun.operation.activities.models import Activity
from tests.factories.programme import hall
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
    place.clock.move_to(dt.datetime(2026, 11, 28, 9, 0, tzinfo=dt.UTC))
    asked = place.texts_to("+4790000777")[-1]
    astrid.open(re.search(r"/s/[\w-]+", asked)[0])
    astrid.look()
    astrid.press(say("It was good"))
    astrid.page.locator("[name=words]").fill("God suppe")
    astrid.press(say("Send the words"))
    assert "‽" not in asked
    assert not any("/s/" in text for text in place.texts_to("+4790000778")), "who stood in line was not there"
    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/program/gang/{row.id}/")
    turid.press(say("What those who were there have said"), role="link")
    turid.look()
    expect(turid.page.locator("main")).to_contain_text("God suppe")
    expect(turid.page.locator("main")).not_to_contain_text("Astrid")
    with place.scope():
        row.refresh_from_db()
    assert (row.state, row.head_count) == ("held", 2)
