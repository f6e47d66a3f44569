"""Which agreements a design rests on: of those one is in oneself, ticked on a page, on the line of sight."""

import pytest
from django.urls import reverse
from django.utils import translation

from samtun.codesign.designs import actions
from samtun.foundation import sight
from samtun.foundation.models import Owner, Tie
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.portal.house.queries import house_for, line_for
from tests.factories.agreements import make_round
from tests.factories.designs import make_design
from tests.factories.journey import log_in, make_tun

pytestmark = pytest.mark.practice("levels")


def on(drawn):
    return sight.uppers(Ref("design", drawn.design.id), "agreement")


@pytest.fixture
def circle(tun):
    return make_round(tun)


@pytest.fixture
def key(circle):
    return circle.noted()


def test_a_party_says_it_for_an_agreement_it_is_in_and_once_is_enough(tun, drawn, circle, key):
    said = {"design": drawn.design, "agreement_id": key.id, "at": tun.now}
    for _again in range(2):
        actions.rest_on(by=drawn.centre, **said)
    assert on(drawn) == [key.id]
    assert Tie.objects.filter(upper_kind="agreement").count() == 1
    stranger = tun.viewer(Owner.objects.create(kind="organisation", name="Songlaget"), Role.LEADER)
    for act in (actions.rest_on, actions.rest_no_more):
        with pytest.raises(NotYours):
            act(by=stranger, **said)
    actions.rest_no_more(by=drawn.other, **said)
    assert on(drawn) == []
    theirs = circle.noted(tun.council, owner=tun.other, by=circle.of_association())
    with pytest.raises(NotYours):
        actions.rest_on(design=drawn.design, agreement_id=theirs.id, by=drawn.centre, at=tun.now)


def test_a_kind_of_help_shows_the_design_and_the_agreement_above_it(tun, drawn, key):
    actions.rest_on(design=drawn.design, agreement_id=key.id, by=drawn.centre, at=tun.now)
    with translation.override("en"):
        line = line_for(drawn.centre, Ref("task_type", tun.snow.id), tun.now)
        house = house_for(drawn.centre, tun.now)
    assert [[s.seen.title for s in line.steps[n]] for n in (1, 2)] == [[key.name], [drawn.design.title]]
    told = {floor.number: [(t.number, t.name) for t in floor.here] for floor in house}
    assert (1, "agreement stands") in told[1]
    assert (1, "service design is being drawn") in told[2]


def test_it_is_ticked_on_a_page(client, municipality, now):
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        drawn, key = make_design(tun), make_round(tun).noted()
        log_in(client, tun, role=Role.LEADER)
    url = reverse("design_rest", args=[drawn.design.id])
    assert key.name in client.get(url).content.decode()
    for ticked, ties in (([str(key.id)], [key.id]), ([], [])):
        assert client.post(url, {"agreements": ticked}).status_code == 302
        with open_scope(municipality.id):
            assert on(drawn) == ties
    assert client.post(url, {"agreements": ["nonsense"]}).status_code == 422
