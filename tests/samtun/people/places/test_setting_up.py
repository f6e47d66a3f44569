"""Villages, halls, distances and roads are the set-up's: nobody else writes them."""

import pytest

from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.ground import Spot
from samtun.people.places.actions import add_place, add_village, draw_roads, find_on_map, measure
from samtun.people.places.models import Place, Road, Village, VillageDistance
from tests.factories.journey import make_tun

WAYS = [("Storvegen", "primary", [Spot(61.95, 3.6), Spot(61.96, 3.6)])]


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


def acts(tun, by):
    village, other = tun.near, tun.small
    facts = {"by": by, "at": tun.now}
    return {
        "village": lambda: add_village(name="Åsgrenda", inhabitants=9, lat=None, lon=None, **facts),
        "place": lambda: add_place(
            name="Åsheim", kind="hall", village=village, address="", lat=None, lon=None, **facts
        ),
        "distance": lambda: measure(origin=village, target=other, metres=12, **facts),
        "roads": lambda: draw_roads(ways=WAYS, **facts),
        "found": lambda: find_on_map(spots={"innbygda": Spot(61.9, 3.6)}, **facts),
    }


@pytest.mark.parametrize("act", ["village", "place", "distance", "roads", "found"])
def test_whoever_does_not_set_up_the_municipality_writes_none_of_it(tun, act):
    Village.objects.update(lat=None, lon=None)
    before = [model.objects.count() for model in (Village, Place, Road, VillageDistance)]
    for by in (tun.viewer(), tun.assessor(), Viewer.anonymous(tun.municipality.id)):
        with pytest.raises(NotYours):
            acts(tun, by)[act]()
    assert [model.objects.count() for model in (Village, Place, Road, VillageDistance)] == before
    assert not Village.objects.exclude(lat=None).exists()
    admin = tun.viewer(tun.council, Role.MUNICIPAL_ADMINISTRATOR, {Permission.MANAGE_SETTINGS})
    acts(tun, admin)[act]()
