"""Lom: one calendar holds everything; signed up, minimum reached, held, who came: and nobody types anything twice."""

import base64
import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from samtun.foundation.models import Setting
from samtun.foundation.viewer import Role
from samtun.kernel.coordinates import NotTwoNumbers
from samtun.kernel.ground import Spot
from samtun.operation.activities.models import Activity
from samtun.people.places.actions import draw_roads
from tests.factories.pictures import photo
from tests.factories.programme import activity, hall, weekly
from tests.factories.timetables import CENTRE, taken_in
from tests.scenarios.browser import PHONE
from tests.scenarios.publishing import FRIDAY, tells

pytestmark = pytest.mark.practice("lom")
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGO4++4uAAVUAql/9BHgAAAAAElFTkSuQmCC")


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
    says_how_it_was(place, windows, say, row, astrid)
    with place.scope():
        row.refresh_from_db()
    assert (row.state, row.head_count) == ("held", 2)


def says_how_it_was(place, windows, say, row, astrid):
    """The question comes the morning after; she answers by its link; of so few those who hold it read nothing."""
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
    few = say("Fewer than five have answered, so what they said is not shown.")
    expect(turid.page.locator("main")).to_contain_text(few)
    expect(turid.page.locator("main")).not_to_contain_text("God suppe")
    expect(turid.page.locator("main")).not_to_contain_text("Astrid")


@pytest.mark.journey
def test_map(place, windows, say):
    """Where it is on: drawn by the server; whoever wants to moves about in it, and nobody else is asked."""
    with place.scope():
        fjordheim = hall(place.tun, "Fjordheim", lat=61.95, lon=3.60)
        hall(place.tun, "Nesheim", lat=62.01, lon=3.52)
        activity(place.tun, place=fjordheim, where="", access={"step_free": "yes"})
        activity(place.tun, title="Kyrkjekaffi", where="Kyrkja")
        line = [Spot(61.95, 3.60), Spot(61.98, 3.58), Spot(62.01, 3.52)]
        draw_roads(ways=[("Fjordvegen", "secondary", line)], by=place.tun.system(), at=place.clock.now())
    guest = windows(size=PHONE)
    asked = set()
    guest.page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    guest.open("/hva-skjer/")
    guest.press(say("Map"), role="link")
    page = guest.page
    expect(page.locator("svg.map .road-1")).to_have_count(1)
    expect(page.locator(".map-table tbody tr")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("Kyrkja (1)")
    move = page.get_by_role("button", name=say("Move about in the map"))
    if guest.javascript:
        page.evaluate("document.addEventListener('securitypolicyviolation', e => console.error(e.blockedURI))")
        move.click()
        page.locator(".map-live[data-ready]").wait_for()
        assert page.locator(".map-live canvas").is_visible()
        assert page.locator(".map-live a.map-pin").get_attribute("href").endswith(f"hus={fjordheim.id}")
        guest.look()
        page.get_by_role("button", name=say("Back to the drawing")).click()
        expect(move).to_be_focused()
        nearest(guest, say)
    else:
        assert not move.is_visible()
    guest.press("Fjordheim", role="link", within=page.locator(".map-table"))
    expect(page.locator("main")).to_contain_text("Strikkekafé")
    expect(page.locator("main")).not_to_contain_text("Kyrkjekaffi")
    assert asked == {urlsplit(page.url).netloc}, "no one else was asked for anything"


@pytest.mark.journey
def test_a_hall_is_put_on_the_map(place, windows, say):
    """Pressed nearer and nearer on the drawing, or once in the map; then everyone finds it."""
    with place.scope():
        lost = hall(place.tun, "Grendehuset")
        activity(place.tun, place=lost, where="")
    gerd = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other, size=PHONE)
    gerd.open("/program/")
    gerd.press(say("Halls on the map"), role="link")
    gerd.page.get_by_role("link", name="Grendehuset").click()
    gerd.look()
    page, field = gerd.page, gerd.page.locator("[name=where]")
    for step in range(1, 5):
        page.locator("svg.map-press a").nth(40).click()
        page.wait_for_url(f"**steg={step}**")
    if gerd.javascript:
        before = field.input_value()
        page.get_by_role("button", name=say("Move about in the map")).click()
        page.locator(".map-live[data-ready]").wait_for()
        page.locator(".map-live canvas").click(position={"x": 60, "y": 60})
        expect(field).not_to_have_value(before)
    gerd.look()
    typed = field.input_value()
    field.fill("Ved kyrkja")
    page.get_by_role("button", name=say("Put it on the map")).click()
    expect(page.locator("#feltet")).to_contain_text(say(NotTwoNumbers().message))
    expect(field).to_have_value("Ved kyrkja")
    gerd.troubles.clear()  # the form came back with what is wrong: that is 422 in the console
    field.fill(typed)
    gerd.press(say("Put it on the map"))
    expect(page.locator("main")).to_contain_text(say("On the map"))
    guest = windows(size=PHONE)
    guest.open("/hva-skjer/kart/")
    expect(guest.page.locator(".map-table")).to_contain_text("Grendehuset")


def nearest(guest, say):
    """Say where one is, in the browser only: the table is sorted, and nothing is sent."""
    page = guest.page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 62.01, "longitude": 3.53})
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    expect(page.locator(".map-table tbody tr").first).to_contain_text("Fjordheim")
    page.get_by_role("button", name=say("Nearest me first")).click()
    expect(page.locator(".map-table tbody tr").first).to_contain_text("Nesheim")
    expect(page.locator(".map-table tbody tr").first).to_contain_text("km")
    assert sent == []


@pytest.mark.journey
def test_tiles(place, windows, say):
    """Where the municipality has chosen it, Kartverket is asked for pictures; when none come, our own lines stay."""
    with place.scope():
        hall(place.tun, "Fjordheim", lat=61.95, lon=3.60)
        Setting.objects.create(key="places.tiles", value=True, valid_from=FRIDAY.replace(day=1))
        line = [Spot(61.95, 3.60), Spot(61.98, 3.58)]
        draw_roads(ways=[("Fjordvegen", "secondary", line)], by=place.tun.system(), at=place.clock.now())
    for answers in (True, False):
        guest, asked = windows(size=PHONE), []

        def kartverket(route, answers=answers, asked=asked):
            asked.append(route.request.url)
            if answers:
                route.fulfill(body=PIXEL, content_type="image/png", headers={"Access-Control-Allow-Origin": "*"})
            else:
                route.abort()

        guest.page.route("https://cache.kartverket.no/**", kartverket)
        guest.open("/hva-skjer/kart/")
        expect(guest.page.locator("main")).to_contain_text("© Kartverket")
        assert asked == [], "nobody is asked before somebody wants to move about"
        if not guest.javascript:
            return
        guest.page.get_by_role("button", name=say("Move about in the map")).click()
        guest.page.locator(".map-live[data-ready]").wait_for()
        expect(guest.page.locator(".maplibregl-ctrl-attrib")).to_contain_text("© Kartverket")
        guest.page.wait_for_timeout(500)
        assert asked
        assert not any("Content Security Policy" in said for said in guest.troubles)
        assert guest.page.locator(".map-live canvas").is_visible()
        assert guest.page.locator("[data-map-told]").inner_text() == say(
            "Move with the arrow keys, go closer with plus and farther away with minus."
        )


@pytest.mark.journey
def test_picture(place, windows, say):
    """A picture without faces stands at once; one with somebody in it when they say yes, and not a moment longer."""
    with place.scope():
        it = activity(place.tun, weekly())
    turid, guest = windows(role=Role.COORDINATOR), windows(size=PHONE)
    turid.open(f"/program/{it.id}/")
    turid.press(say("The picture"), role="link")
    turid.page.get_by_label(say("What does the picture show?")).fill("Kaffi på eit langbord")
    sends(turid, photo())
    turid.press(say("Put up the picture"))
    expect(turid.page.locator("main")).to_contain_text(say("This picture stands for everyone"))
    guest.open(f"/hva-skjer/aktivitet/{it.id}/")
    shown = guest.page.get_by_alt_text("Kaffi på eit langbord")
    assert shown.evaluate("one => one.decode().then(() => [one.naturalWidth, one.currentSrc.slice(-11)])") == [
        640, "/liten.webp"
    ]  # fmt: skip
    guest.look()
    turid.page.get_by_text(say("Put up another instead")).click()
    turid.page.locator("[name=recognisable][value=yes]").check(force=True)
    turid.page.get_by_label(say("What does the picture show?")).fill("Kari ved symaskina")
    sends(turid, photo(800, 900))
    turid.press(say("Put up the picture"))
    guest.open(f"/hva-skjer/aktivitet/{it.id}/")
    expect(guest.page.get_by_alt_text("Kaffi på eit langbord")).to_be_visible()
    page = turid.page
    page.get_by_label(say("Who can be recognised?")).fill("Kari Vik")
    page.locator("[name=how][value=word]").check(force=True)
    page.get_by_label(say("Who heard it, or where is the paper?")).fill("Turid")
    page.get_by_label(say("They have seen this very picture, and know that everyone can see it")).check(force=True)
    turid.press(say("Write it down"))
    turid.look()
    page.get_by_label(say("Everyone who can be recognised is written down, and has said yes")).check(force=True)
    turid.press(say("Let everyone see the picture"))
    guest.open(f"/hva-skjer/aktivitet/{it.id}/")
    expect(guest.page.get_by_alt_text("Kari ved symaskina")).to_be_visible()
    expect(guest.page.locator("main")).not_to_contain_text("Kari Vik")
    guest.look()
    turid.press(say("Show the names"))
    turid.look()
    turid.press(f"{say('Takes the yes back: the picture goes')} Kari Vik")
    guest.open(f"/hva-skjer/aktivitet/{it.id}/")
    expect(guest.page.locator("main img")).to_have_count(0)


def sends(window, content):
    """Choose a photo, as a telephone names it."""
    file = {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": content}
    window.page.locator("[type=file]").set_input_files(file)
