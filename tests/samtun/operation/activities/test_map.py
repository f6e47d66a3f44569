"""The page with the map: what is on where, the table that says the same, what has no position, and who may be asked."""

import datetime as dt
import json

import pytest

from samtun.foundation.models import Municipality, Setting
from samtun.kernel.ground import Spot
from samtun.operation.activities import queries
from samtun.operation.activities.actions import times
from samtun.operation.activities.queries import Wanted
from samtun.people.places.actions import draw_roads
from samtun.people.places.models import Village
from tests.bench.measure import listening
from tests.factories import programme
from tests.factories.programme import FRIDAY, activity, hall, weekly, when

STEPS = {"step_free": "yes"}


@pytest.fixture
def valley(page, scope):
    """Two halls with a position, one without, roads between; on Friday something in each, and one called off."""
    with scope():
        Village.objects.update(lat=61.95, lon=3.60)
        here, there = hall(page, "Fjordheim", lat=61.95, lon=3.60), hall(page, "Dalheim", lat=62.01, lon=3.52)
        lost = hall(page, "Borte")
        hall(page, "Stille", lat=61.99, lon=3.58)
        activity(page, when(), title="Basar", place=here, where="", access=STEPS)
        activity(page, when(at=dt.time(12), to=dt.time(13)), title="Trim", place=here, where="", access=STEPS)
        activity(page, when(), title="Dans", place=there, where="")
        activity(page, when(), title="Kor", place=lost, where="")
        off = activity(page, when(), title="Bingo", place=there, where="")
        times.call_off(occurrence=programme.times(off)[0], because="Storm", by=page.viewer(), at=page.now)
        ways = [
            ("Storvegen", "primary", [Spot(61.95, 3.60), Spot(62.01, 3.52)]),
            ("Stikk", "service", [Spot(61.95, 3.6), Spot(61.951, 3.6)]),
        ]
        draw_roads(ways=ways, by=page.system(), at=page.now)
    return here, there


def test_what_is_where(valley, scope):
    here, there = valley
    with scope():
        found = queries.whereabouts(Wanted(FRIDAY, FRIDAY))
        one = queries.whereabouts(Wanted(FRIDAY, FRIDAY, place=there.id))
    assert [(row.name, row.number, row.step_free, row.lat is not None) for row in found] == [
        ("Fjordheim", 2, True, True), ("Borte", 1, False, False), ("Dalheim", 1, False, True),
    ]  # fmt: skip
    assert found[0].place == here.id
    assert [row.number for row in one] == [1], "what is called off is not counted"


def test_the_drawing_and_the_table_say_the_same(valley, client):
    answer = client.get("/hva-skjer/kart/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    shown = client.get("/hva-skjer/kart/").content.decode()
    assert "3 times at 2 places on the map. Most is on at Fjordheim, 2. 1 more stands below." in shown
    assert shown.count(f"hus={valley[0].id}") == 2, "once in the drawing, once in the table"
    assert 'aria-label="Fjordheim: 2 times, ' in shown
    assert "map-ring" in shown
    assert "road-1" in shown
    assert "<title>Stille</title>" in shown
    assert "Borte (1)" in shown
    assert "OpenStreetMap" in shown
    assert "Marit" not in shown, "nothing of a person stands on the map"


def test_a_hall_leads_to_its_own_list(valley, client):
    shown = client.get(f"/hva-skjer/?hus={valley[0].id}").content.decode()
    assert "Only what is on at <b>Fjordheim</b>." in shown
    assert "Basar" in shown
    assert "Dans" not in shown
    month = client.get(f"/hva-skjer/2026-11/?hus={valley[0].id}").content.decode()
    assert "Only what is on at <b>Fjordheim</b>." in month
    assert 'href="/hva-skjer/2026-11/?"' in month
    assert "Dans" not in month
    strange = client.get("/hva-skjer/?hus=018f2b1c-5b7e-7c31-9d1f-6a2f0b9c4d5e").content.decode()
    assert "The place in the address is not one of ours." in strange


def test_the_same_filter_as_the_list_and_ways_between_them(valley, client):
    shown = client.get("/hva-skjer/kart/?trinnfri=1").content.decode()
    assert "2 times at 1 place on the map." in shown
    assert 'action="/hva-skjer/kart/"' in shown
    for url in ("/hva-skjer/?trinnfri=1", "/hva-skjer/2026-11/?trinnfri=1", "/hva-skjer/kart/?trinnfri=1"):
        assert f'href="{url}"' in shown
    for url in ("/hva-skjer/?trinnfri=1", "/hva-skjer/2026-11/?trinnfri=1"):
        assert 'href="/hva-skjer/kart/?trinnfri=1"' in client.get(url).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "stad=tull",
        "hus=018f2b1c-5b7e-7c31-9d1f-6a2f0b9c4d5e",
        "naar=aldri",
        "kva=ukjent",
        "tid=natt",
        "kven=alle",
        "stad=018f2b1c-5b7e-7c31-9d1f-6a2f0b9c4d5f",
    ],
)
def test_a_guessed_address_gets_a_sentence(valley, client, query):
    answer = client.get(f"/hva-skjer/kart/?{query}")
    assert answer.status_code == 200
    assert "Part of the address was not understood" in answer.content.decode()


def test_what_was_chosen_is_understood(valley, client):
    query = f"stad={valley[0].village_id}&hus={valley[0].id}&naar=month&kva=social&tid=evening&tid=saturday&ord=&skyss="
    assert "was not understood" not in client.get(f"/hva-skjer/kart/?{query}").content.decode()
    quiet = f"hus={valley[0].id}&naar=today"
    assert "was not understood" not in client.get(f"/hva-skjer/kart/?{quiet}").content.decode(), "nothing is on there"


def test_an_empty_week_and_an_empty_municipality_are_said(page, client, scope):
    with scope():
        Village.objects.update(lat=None, lon=None)
    shown = client.get("/hva-skjer/kart/").content.decode()
    assert "nothing is on that the map can show" in shown
    assert "No place has been put on the map" in shown
    assert "<figure" not in shown
    assert json.loads(client.get("/hva-skjer/kart/veger.json").content)["features"] == []
    with scope():
        Village.objects.update(lat=61.95, lon=3.60)
    assert '<svg class="map"' in client.get("/hva-skjer/kart/").content.decode()


def test_what_is_no_house_stands_under_the_map(page, client, scope):
    with scope():
        activity(page, when(), where="Parkeringsplassen", village=page.near)
        activity(page, when(), title="Tur", where="Fjellet")
    shown = client.get("/hva-skjer/kart/").content.decode()
    assert "Parkeringsplassen (1)" in shown
    assert f"stad={page.near.id}" in shown
    assert "Elsewhere" in shown
    assert "Fjellet (1)" in shown


def test_what_is_not_open_is_not_on_the_map(valley, client, scope, page):
    with scope():
        activity(page, when(), title="Stengt", place=hall(page, "Lukka", lat=61.96, lon=3.6), where="", is_listed=False)
        activity(
            page, when(), title="Blyant", place=hall(page, "Blyanthuset", lat=61.97, lon=3.6), where="", pencil=True
        )
    for said in ("3 times at 2 places",):
        assert said in client.get("/hva-skjer/kart/").content.decode()


def test_the_roads_as_a_file_that_says_nothing_of_who_asks(valley, client):
    answer = client.get("/hva-skjer/kart/veger.json")
    assert answer["Content-Type"] == "application/geo+json"
    assert "max-age" in answer["Cache-Control"]
    features = json.loads(answer.content)["features"]
    assert [one["properties"]["level"] for one in features] == [1, 4]
    assert features[0]["geometry"]["coordinates"] == [[[3.6, 61.95], [3.52, 62.01]]]


def test_nobody_else_is_asked_unless_the_municipality_has_chosen_it(valley, client, scope, page):
    answer = client.get("/hva-skjer/kart/")
    assert "kartverket" not in answer["Content-Security-Policy"]
    assert "kartverket" not in answer.content.decode()
    with scope():
        Setting.objects.create(key="places.tiles", value=True, valid_from=page.now.date())
    answer = client.get("/hva-skjer/kart/")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    for name in ("img-src", "connect-src"):
        assert "https://cache.kartverket.no" in policy[name]
    assert policy["script-src"] == policy["worker-src"] == policy["style-src"] == "'self'"
    assert "© Kartverket" in answer.content.decode()
    assert "kartverket" not in client.get("/hva-skjer/")["Content-Security-Policy"]


def test_an_invented_municipality_never_asks_for_tiles(valley, client, scope, municipality, page):
    with scope():
        Setting.objects.create(key="places.tiles", value=True, valid_from=page.now.date())
    Municipality.objects.filter(id=municipality.id).update(is_demo=True)
    answer = client.get("/hva-skjer/kart/")
    assert "kartverket" not in answer["Content-Security-Policy"]
    assert "kartverket" not in answer.content.decode().lower()
    assert "OpenStreetMap" not in answer.content.decode()


def test_few_statements_however_many_halls(valley, client, scope, page):
    def statements():
        with listening() as asked:
            assert client.get("/hva-skjer/kart/").status_code == 200
        return asked.statements

    statements()
    few = statements()
    with scope():
        for n in range(8):
            activity(
                page, weekly(), title=f"Nr {n}", place=hall(page, f"Hus {n}", lat=61.9 + n / 100, lon=3.6), where=""
            )
    many = statements()
    assert len(few) == len(many) <= 15, "\n".join(s[:200] for s in many)
    assert sum("operation_activities_occurrence" in s for s in many) == 1
