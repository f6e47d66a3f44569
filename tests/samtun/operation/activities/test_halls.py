"""A hall is put on the map from its page: pressed on the drawing, or copied; who may, what is wrong, what follows."""

import datetime as dt
import html
import re

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation.models import AuditEvent, EventRow
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours
from samtun.kernel.ground import Spot, metres_between
from samtun.operation.activities.enums import Bus
from samtun.people.places.actions import StandsThere, TooFarAway, put_on_map
from samtun.people.places.models import Place, Village
from samtun.people.places.rules import REACH, within_reach
from tests.factories.journey import log_in, make_tun
from tests.factories.programme import hall, times, when
from tests.factories.timetables import CENTRE, taken_in
from tests.samtun.operation.activities.test_buses import by_bus, deliver


@pytest.fixture
def lost(page, scope, client):
    with scope():
        log_in(client, page)
        return hall(page, "Kyrkjestova", address="Gata 1")


def at_of(scope, place):
    with scope():
        found = Place.objects.get(id=place.id)
    return found.lat, found.lon


@pytest.mark.parametrize(
    "typed", ["61.00012, 4.00034", "4,00034 61,00012", "61° 0.0072' N 4° 0.0204' Ø", "UTM 32 6773122 229772"]
)
def test_what_was_copied_puts_it_there(page, scope, client, lost, typed):
    said = client.post(f"/program/hus/{lost.id}/", {"where": typed}, follow=True)
    assert "Kyrkjestova is on the map now." in said.content.decode()
    lat, lon = at_of(scope, lost)
    assert metres_between(Spot(lat, lon), Spot(61.00012, 4.00034)) < 3
    with scope():
        told = AuditEvent.objects.get(act="places.put_on_map")
        assert told.words == {"name": "Kyrkjestova", "before": "", "after": f"{lat:.5f}, {lon:.5f}"}
    client.post(f"/program/hus/{lost.id}/", {"where": f"{lat:.6f}, {lon:.6f}"})
    with scope():
        assert AuditEvent.objects.filter(act="places.put_on_map").count() == 1, "the same again changes nothing"
        assert EventRow.objects.filter(name="places.put_on_map").count() == 1


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        ("", "en", "Where it is: north and east"),
        ("ved kyrkja", "en", "Write two numbers"),
        ("ved kyrkja", "nn", "Skriv to tal, kor langt nord"),
        ("ved kyrkja", "nb", "Skriv to tall, hvor langt nord"),
        ("61.0", "en", "Write two numbers"),
        ("55.6, 12.5", "en", "Those numbers are not in Norway"),
        ("70.1, 25.2", "en", "more than 15 kilometres from every village"),
        ("70.1, 25.2", "nn", "meir enn 15 kilometer frå alle grendene"),
        ("25.2, 70.1", "nb", "mer enn 15 kilometer fra alle grendene"),
        ("6771850 730164", "en", "more than 15 kilometres"),
        ("<b>61", "en", "Write two numbers"),
        ("6" * 200, "en", "120"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(page, scope, client, lost, typed, language, said):
    client.cookies["samtun_language"] = language
    answer = client.post(f"/program/hus/{lost.id}/", {"where": typed})
    body = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said in body
    assert f'value="{html.escape(typed)}"' in answer.content.decode() or not typed
    assert 'aria-invalid="true"' in body
    assert at_of(scope, lost) == (None, None)


def presses(body):
    """What the squares of the drawing lead to."""
    return [html.unescape(one) for one in re.findall(r'<a href="([^"]+)" tabindex="-1"', body)]


def test_pressed_nearer_and_nearer_it_is_found(page, scope, client, lost):
    """Each press is a link, without JavaScript; the last fills in the field, and the button puts it there."""
    wanted, address = Spot(61.00512, 4.01034), ""
    for step in range(1, 6):
        body = client.get(f"/program/hus/{lost.id}/{address}").content.decode()
        links = presses(body)
        assert len(links) >= 54
        address = min(links, key=lambda one: metres_between(spot_of(one), wanted)).removesuffix("#kart")
        assert f"steg={min(step, 4)}" in address
    body = client.get(f"/program/hus/{lost.id}/{address}").content.decode()
    typed = re.search(r'name="where" value="([^"]+)"', body).group(1)
    client.post(f"/program/hus/{lost.id}/{address}", {"where": typed})
    lat, lon = at_of(scope, lost)
    assert metres_between(Spot(lat, lon), wanted) < 40


def spot_of(address):
    lat, lon = re.search(r"nord=([-0-9.]+)&aust=([-0-9.]+)", address).groups()
    return Spot(float(lat), float(lon))


@pytest.mark.parametrize(
    "asked",
    ["nord=nan&aust=4&steg=2", "nord=61&aust=4&steg=99", "nord=1e9&aust=4&steg=1", "steg=x", "nord=&aust=&steg="],
)
def test_an_address_somebody_made_up_is_the_whole_map(client, lost, asked):
    answer = client.get(f"/program/hus/{lost.id}/?{asked}")
    assert answer.status_code == 200
    assert 'name="where" value' not in answer.content.decode()
    assert "Or begin in a village:" in answer.content.decode()


def test_who_does_not_press_moves_by_words(client, lost):
    body = client.get(f"/program/hus/{lost.id}/?nord=61.00000&aust=4.00000&steg=2").content.decode()
    for words in ("Closer", "Farther away", "To the north", "To the south", "To the west", "To the east"):
        assert f">{words}</a>" in body
    north = html.unescape(re.search(r'href="([^"]+)">To the north', body).group(1))
    assert 1_300 < metres_between(spot_of(north), Spot(61, 4)) < 1_400
    assert spot_of(north).lat > 61


def test_the_list_has_those_that_are_missing_first(page, scope, client, lost):
    with scope():
        hall(page, "Andebu", lat=61.0, lon=4.0)
    body = client.get("/program/hus/").content.decode()
    assert body.index("Kyrkjestova") < body.index("Andebu")
    assert "1 hall is not on the map yet." in body
    assert f"/program/hus/{lost.id}/" in body


def test_who_may(page, scope, client):
    """Whoever publishes says where a hall is; one that is there is moved by the desk alone; others see nothing."""
    with scope():
        there, lost = hall(page, "Fjordheim", lat=61.0, lon=4.0), hall(page, "Borte")
        here = [Spot(61.01, 4.01)]
        for stranger in (page.viewer(role=Role.RESIDENT, permissions={Permission.OWN_PAGE}), page.assessor()):
            with pytest.raises(NotYours):
                put_on_map(place=lost, spots=here, by=stranger, at=page.now)
        with pytest.raises(StandsThere):
            put_on_map(place=there, spots=here, by=page.viewer(permissions={Permission.PUBLISH}), at=page.now)
        log_in(client, page, role=Role.UNIT_EMPLOYEE)
    body = client.get(f"/program/hus/{there.id}/").content.decode()
    assert "Whoever coordinates can move it" in body
    assert '<form class="form panel' not in body
    assert client.post(f"/program/hus/{there.id}/", {"where": "61.01, 4.01"}).status_code == 422
    assert at_of(scope, there) == (61.0, 4.0)
    assert client.post(f"/program/hus/{lost.id}/", {"where": "61.01, 4.01"}).status_code == 302
    with scope():
        with pytest.raises(TooFarAway):
            put_on_map(place=there, spots=[Spot(62, 4)], by=page.viewer(), at=page.now)
        put_on_map(place=there, spots=[Spot(62, 4), *here], by=page.viewer(), at=page.now)
    assert at_of(scope, there) == (61.01, 4.01), "of what may be meant, what is within reach"


def test_another_municipalitys_hall_is_not_there(page, scope, scope_of, neighbour, client, lost):
    with scope_of(neighbour):
        other = hall(make_tun(neighbour, page.now), "Nabohuset")
    assert client.get(f"/program/hus/{other.id}/").status_code == 404
    assert client.post(f"/program/hus/{other.id}/", {"where": "61.0, 4.0"}).status_code == 404


@pytest.mark.rule("R36")
def test_then_it_is_said_which_bus_goes_there(page, scope, client, lost):
    with scope():
        taken_in(page.municipality.id, page.now)
        it = by_bus(page, when(at=dt.time(11), to=dt.time(13)), place=lost)
        deliver()
        assert times(it)[0].bus == ""
    client.post(f"/program/hus/{lost.id}/", {"where": f"{CENTRE[0]}, {CENTRE[1]}"})
    with scope():
        assert ProcrastinateJob.objects.filter(args__receiver__endswith="say_which_bus_to_hall").exists()
        deliver()
        assert times(it)[0].bus == Bus.BOTH
    assert "Kyrkjestova" in client.get("/hva-skjer/kart/").content.decode()


def test_the_page_asks_as_little_with_many_villages(page, scope, client, lost, django_assert_max_num_queries):
    with scope():
        for n in range(12):
            Village.objects.create(name=f"Grend {n}", lat=61.0 + n / 100, lon=4.0)
    client.get(f"/program/hus/{lost.id}/")
    with django_assert_max_num_queries(20):
        client.get(f"/program/hus/{lost.id}/")


def test_within_reach():
    village = [Spot(61, 4)]
    assert within_reach([Spot(61 + REACH / 111_195 + 0.001, 4)], village) is None
    assert within_reach([Spot(70, 4), Spot(61.1, 4)], village) == Spot(61.1, 4)
    assert within_reach([Spot(70, 4)], []) == Spot(70, 4), "where no village is on the map, nobody knows"
