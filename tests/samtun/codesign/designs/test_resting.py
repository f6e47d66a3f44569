"""Which agreements a design rests on: of those one is in oneself, ticked on a page, on the line of sight."""

import pytest
from django.urls import reverse
from django.utils import translation

from samtun.codesign.designs import actions, queries
from samtun.codesign.designs.enums import ChangeKind
from samtun.codesign.designs.models import Party
from samtun.foundation import sight
from samtun.foundation.models import Owner, Tie
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.portal.house.queries import house_for, line_for
from tests.factories.agreements import make_round
from tests.factories.designs import ENDS, GOAL, make_design
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


@pytest.fixture
def baker(drawn, circle):
    """The bakery says yes to take part, while it is drawn; those it is for are heard."""
    drawn.at_the_table()
    party = actions.ask_party(design=drawn.design, owner=circle.shop, by=drawn.centre, at=drawn.tun.now)
    actions.join(party=party, by=drawn.of(circle.shop), at=drawn.tun.now)
    return circle.shop


def in_writing(drawn, circle, *parties):
    made = circle.agreed(*parties)
    actions.rest_on(design=drawn.design, agreement_id=made.id, by=drawn.centre, at=drawn.tun.now)
    return made


@pytest.mark.rule("R10")
def test_with_a_business_nothing_is_tried_before_it_is_in_writing(tun, drawn, circle, key, baker):
    trial = {"goal": GOAL, "ends": ENDS.isoformat()}
    actions.rest_on(design=drawn.design, agreement_id=key.id, by=drawn.centre, at=tun.now)
    waits = circle.started(baker)
    actions.rest_on(design=drawn.design, agreement_id=waits.id, by=drawn.centre, at=tun.now)
    assert queries.lacks_writing(drawn.design) == ["Dalgrend Bakeri"]
    with pytest.raises(actions.NotInWriting):
        drawn.propose(ChangeKind.TRIAL, **trial)
    circle.all_say_yes(circle.proposed(waits))
    assert queries.lacks_writing(drawn.design) == []
    change = drawn.propose(ChangeKind.TRIAL, **trial)
    actions.rest_no_more(design=drawn.design, agreement_id=waits.id, by=drawn.centre, at=tun.now)
    drawn.yes(change, tun.other)
    with pytest.raises(actions.NotInWriting):
        drawn.yes(change, baker)
    actions.rest_on(design=drawn.design, agreement_id=waits.id, by=drawn.centre, at=tun.now)
    drawn.yes(change, baker)
    assert drawn.fresh().state == "trial"
    actions.rest_no_more(design=drawn.design, agreement_id=waits.id, by=drawn.centre, at=tun.now)
    with pytest.raises(actions.NotInWriting):
        drawn.propose(ChangeKind.OPERATION)
    assert drawn.propose(ChangeKind.END).state == "proposed", "what has no agreement may always end"


@pytest.mark.rule("R10")
def test_a_business_comes_into_what_has_begun_when_it_is_in_writing(tun, drawn, circle):
    drawn.on_trial()
    drawn.yes(drawn.propose(ChangeKind.PARTY, owner=str(circle.shop.id)), tun.other)
    party = Party.objects.get(owner=circle.shop)
    with pytest.raises(actions.NotInWriting):
        actions.join(party=party, by=drawn.of(circle.shop), at=tun.now)
    in_writing(drawn, circle, circle.shop)
    actions.join(party=party, by=drawn.of(circle.shop), at=tun.now)
    assert circle.shop in [one.owner for one in queries.joined(drawn.design.id)]


def test_who_leaves_is_not_held_by_what_cannot_be_made(tun, drawn, circle, baker):
    made = in_writing(drawn, circle, baker)
    change = drawn.propose(ChangeKind.TRIAL, goal=GOAL, ends=ENDS.isoformat())
    drawn.yes(change, baker)
    actions.rest_no_more(design=drawn.design, agreement_id=made.id, by=drawn.centre, at=tun.now)
    actions.leave(design=drawn.design, words="", by=drawn.other, at=tun.now)
    change.refresh_from_db()
    assert (change.state, drawn.fresh().state) == ("not_made", "drawing")
    assert change.settled_words


@pytest.mark.rule("R10")
def test_the_page_says_it_before_anyone_tries(client, municipality, now):
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        drawn, circle = make_design(tun), make_round(tun)
        party = actions.ask_party(design=drawn.design, owner=circle.shop, by=drawn.centre, at=now)
        actions.join(party=party, by=drawn.of(circle.shop), at=now)
        drawn.at_the_table()
        log_in(client, tun, role=Role.LEADER)
    said = "Det finst ingen avtale på éi side, med Dalgrend Bakeri, som dette kviler på"
    page = reverse("design", args=[drawn.design.id])
    assert said in client.get(page).content.decode()
    facts = {"goal": GOAL, "ends_pick": "other", "ends_other": "2027-02-26", "words": "Vi er klare"}
    refused = client.post(reverse("design_larger", args=[drawn.design.id, "prove"]), facts)
    assert (refused.status_code, "Vi er klare" in refused.content.decode()) == (422, True)
    with open_scope(municipality.id):
        in_writing(drawn, circle, circle.shop)
    assert said not in client.get(page).content.decode()
    assert client.post(reverse("design_larger", args=[drawn.design.id, "prove"]), facts).status_code == 302


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
