"""What goes on: when and where it is, as one says it; and that it ends with whoever held it."""

import datetime as dt

import pytest
from django.utils import translation

from samtun.kernel.errors import NotYours
from samtun.operation.activities.actions import keeping
from samtun.operation.activities.enums import ActivityState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.activities.queries import when_and_where
from samtun.operation.activities.receivers import end_what_it_held
from samtun.people.places.models import Place
from tests.factories.programme import activity, weekly, when


@pytest.mark.parametrize(
    ("facts", "language", "said"),
    [
        ({}, "nn", "Tysdag kl. 11.00, Fjordheim"),
        ({"weekdays": [1, 3]}, "nb", "Tirsdag, torsdag kl. 11.00, Fjordheim"),
        ({"every": 2}, "nn", "Tysdag, kvar 2. veke, kl. 11.00, Fjordheim"),
        ({"repeat": "monthly", "nth": -1}, "nb", "Den siste tirsdag i måneden kl. 11.00, Fjordheim"),
        ({"repeat": "monthly", "nth": 2, "every": 3, "where": "Nes"}, "en",
         "The second Tuesday of the month, every 3 months, at 11.00, Nes"),
        ({"place": Place(name="Nesheim"), "where": ""}, "nb", "Tirsdag kl. 11.00, Nesheim"),
        ({"where": ""}, "nn", "Tysdag kl. 11.00, staden skiftar"),
    ],
)  # fmt: skip
def test_when_and_where_is_said_in_one_line(facts, language, said):
    plain = {"repeat": "weekly", "weekdays": [1], "at": dt.time(11), "where": "Fjordheim"}
    with translation.override(language):
        assert when_and_where(Activity(**plain | facts)) == said


def test_what_an_organisation_held_ends_when_it_leaves(tun):
    it, draft = activity(tun, weekly()), activity(tun, when(), pencil=True)
    other = activity(tun, weekly(), owner=tun.other)
    facts = {"owner": tun.centre, "at": tun.now}
    with pytest.raises(NotYours):
        keeping.owner_left(by=tun.system(), **facts)
    tun.centre.left_on = tun.now.date()
    tun.centre.save(update_fields=["left_on"])
    with pytest.raises(NotYours):
        keeping.owner_left(by=tun.viewer(), **facts)
    end_what_it_held({"owner": str(tun.centre.id)}, tun.now)
    states = dict(Activity.objects.values_list("id", "state"))
    assert (states[it.id], states[draft.id]) == (ActivityState.ENDED, ActivityState.ENDED)
    assert states[other.id] != ActivityState.ENDED
    assert not Occurrence.objects.filter(activity=it, is_open=True).exists()
