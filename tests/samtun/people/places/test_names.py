"""The villages' names, which open pages ask for all the time."""

from samtun.foundation.viewer import Viewer
from samtun.people.places.actions import add_village
from samtun.people.places.queries import village_names
from tests.bench.measure import listening
from tests.factories.journey import make_tun


def test_names_are_read_once_and_a_new_village_is_there_at_once(
    in_municipality, now, django_capture_on_commit_callbacks
):
    make_tun(in_municipality, now)
    assert [one.name for one in village_names(now)] == ["Innbygda", "Ytstegrenda"]
    with listening() as asked:
        village_names(now)
    assert not asked.statements
    with django_capture_on_commit_callbacks(execute=True):
        add_village(name="Åsgrenda", inhabitants=9, lat=None, lon=None, by=Viewer.system(in_municipality.id), at=now)
        assert [one.name for one in village_names(now)] == ["Innbygda", "Ytstegrenda"], "not before it is so"
    assert [one.name for one in village_names(now)] == ["Innbygda", "Ytstegrenda", "Åsgrenda"]
