"""The house and the line of sight: what rests on what, each as far as they may see, and every figure opens its rows."""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import translation

from samtun.codesign.designs import actions
from samtun.codesign.designs.enums import ChangeKind
from samtun.codesign.ideas.actions import answering as ideas
from samtun.evaluation.feedback.actions.passing_up import pass_up
from samtun.evaluation.surveys.models import Answer
from samtun.evaluation.surveys.queries import share_words
from samtun.foundation import sight, slots
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.partners.organisations.models import Organisation
from samtun.portal.house.queries import house_for, line_for
from tests.bench.measure import listening
from tests.factories.agreements import make_round
from tests.factories.designs import make_design
from tests.factories.feedback import said_by
from tests.factories.forums import make_committee
from tests.factories.ideas import a_need, an_idea
from tests.factories.journey import log_in, log_in_person, make_tun
from tests.factories.regular import arrangement
from tests.factories.things import call_out

pytestmark = pytest.mark.practice("levels")


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def committee(tun):
    return make_committee(tun)


@pytest.fixture
def filled(municipality, client, now):
    """A leader logged in where three have asked, one waits for an answer, and one is with the committee."""
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        committee = make_committee(tun)
        asked_for(tun, 3)
        HelpRequest.objects.filter(recipient__family_name="Nr0").update(state="cancelled")
        marit = tun.volunteer("Marit", "Fjelde", "+4790000001").person
        said_by(tun, marit)
        up = said_by(tun, marit, words="Ingen kan på laurdag")
        pass_up(feedback=up, forum=committee.forum, title="Salen", words="", by=tun.viewer(), at=tun.now)
        sight.tie(lower=snow(tun), upper=Ref("forum_item", committee.item().id), at=tun.now)
        log_in(client, tun, role=Role.LEADER)
    return tun


def told(viewer, ref, tun):
    """Each floor's titles, and what is counted there."""
    found = line_for(viewer, ref, tun.now)
    return {
        n: [(s.seen.title, [(c.number, c.small) for c in s.crowds]) for s in steps] for n, steps in found.steps.items()
    }


def snow(tun):
    return Ref("task_type", tun.snow.id)


def visitor(tun):
    return Viewer.anonymous(tun.municipality.id)


def asked_for(tun, many):
    """So many wishes for snow to be cleared, from as many people."""
    made = [tun.request(tun.person("Anna", f"Nr{n}", f"+4757420{n:03}")) for n in range(many)]
    assert {r.task_type_id for r in made} == {tun.snow.id}
    return made


def said_well(tun, helper, requests, well):
    """What those it was for answered: so many that it went well."""
    for n, request in enumerate(requests):
        match = Match.objects.create(request=request, volunteer=helper, state="done", proposed_at=tun.now)
        Answer.objects.create(
            question="went_well", ref_kind="match", ref_id=match.id, person=request.recipient, owner=tun.centre,
            value="yes" if n < well else "ring_me", answered_at=tun.now, via="sms",
        )  # fmt: skip


def test_a_wish_rests_on_its_kind_and_on_what_was_decided_about_that_kind(tun, committee):
    one, _other = asked_for(tun, 2)
    item = committee.item("Snø for dei over åtti")
    sight.tie(lower=snow(tun), upper=Ref("forum_item", item.id), at=tun.now)
    with translation.override("nn"):
        found = told(tun.viewer(), Ref("help_request", one.id), tun)
        kind = found[3][0][0]
        assert found[3] == [(kind, [(2, False)]), (kind, [])], "the other wish is counted, never listed"
        assert found[1] == [("Snø for dei over åtti", [])]


def test_feedback_shows_where_it_has_been_taken(tun, committee):
    marit = tun.volunteer("Marit", "Fjelde", "+4790000001").person
    found = said_by(tun, marit)
    pass_up(feedback=found, forum=committee.forum, title="Salen", words="", by=tun.viewer(), at=tun.now)
    with translation.override("nn"):
        line = line_for(tun.viewer(), Ref("feedback", found.id), tun.now)
    assert [s.seen.title for s in line.steps[1]] == ["Salen"]
    assert "ventar på eit møte" in line.steps[1][0].seen.state


def test_a_visitor_sees_what_is_for_everyone_and_no_small_number(tun, committee):
    sight.tie(lower=snow(tun), upper=Ref("forum_item", committee.item().id), at=tun.now)
    requests = asked_for(tun, 4)
    assert told(visitor(tun), snow(tun), tun)[1] == []
    assert told(visitor(tun), snow(tun), tun)[3][0][1] == []
    marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
    said_well(tun, marit, requests, 4)
    assert told(visitor(tun), snow(tun), tun)[3][0][1] == []
    assert (4, True) in told(tun.viewer(), snow(tun), tun)[3][0][1], "told to be too few, also to who works here"
    fifth = tun.request(tun.person("Anna", "Fem", "+4757429999"))
    said_well(tun, marit, [fifth], 0)
    with translation.override("en"):
        crowds = line_for(visitor(tun), snow(tun), tun.now).steps[3][0].crowds
    assert [(c.number, c.small, c.url) for c in crowds] == [(5, False, ""), (5, False, "")]
    assert crowds[1].words == "It went well for most."
    for thing in (Ref("help_request", requests[0].id), Ref("forum_item", uuid7()), Ref("nothing", uuid7())):
        with pytest.raises(NotYours):
            line_for(visitor(tun), thing, tun.now)


def test_a_standing_arrangement_and_a_call_out_rest_on_their_kind(tun, committee):
    sight.tie(lower=snow(tun), upper=Ref("forum_item", committee.item("Snø for dei over åtti").id), at=tun.now)
    world = SimpleNamespace(tun=tun)
    for made in (Ref("arrangement", arrangement(world)), Ref("call_out", call_out(world))):
        line = line_for(tun.viewer(), made, tun.now)
        assert [s.seen.ref for s in line.steps[3]] == [snow(tun), made]
        assert [s.seen.title for s in line.steps[1]] == ["Snø for dei over åtti"]
        with pytest.raises(NotYours):
            line_for(tun.viewer(tun.other), made, tun.now)


@pytest.mark.rule("R03")
def test_each_kind_of_thing_stands_on_one_floor_and_its_page_leads_to_the_line():
    floors = {
        1: {"policy_goal", "agreement", "forum_item"}, 2: {"design", "idea", "need", "workshop"},
        3: {"task_type", "help_request", "arrangement", "call_out", "feedback"},
    }  # fmt: skip
    assert {kind: sight.floor_of(kind) for kind in sight._kinds} == {k: n for n, ks in floors.items() for k in ks}
    there = {kind for kind, shown in slots._slots.items() if any("house.slots" in show.__module__ for _, show in shown)}
    assert there == set(sight._kinds) | {"open_design", "open_idea"}


@pytest.mark.rule("R03")
def test_who_may_act_on_which_floor(client, municipality, now):
    """A recipient makes things together and says how it goes; only who acts for somebody decides and agrees."""
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        log_in_person(client, tun.recipient())
    deciding, making, saying = ("forum_new", "agreement_new", "policy_new"), ("idea_new",), ("feedback_tell",)
    assert {client.get(reverse(name)).status_code for name in deciding} <= {403, 404}
    assert {client.get(reverse(name)).status_code for name in (*making, *saying)} == {200}
    with open_scope(municipality.id):
        drawn = make_design(tun)
        drawn.at_the_table()
        (place,) = drawn.design.places.all()
        assert (place.behalf, place.way) == ("recipients", "at_table"), "at the table on the second floor"
        log_in(client, tun, role=Role.LEADER)
    assert {client.get(reverse(name)).status_code for name in (*deciding, *making)} == {200}


def test_the_open_page_of_a_thing_leads_to_its_line_as_everyone_may_see_it(client, municipality, now):
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        idea = an_idea(tun, put={"is_public": True})
        ideas.answer(idea=idea, words="Ja", outcome="together", by=tun.viewer(), at=now)
        drawn = make_design(tun)
        actions.rest_on(design=drawn.design, agreement_id=make_round(tun).noted().id, by=drawn.centre, at=now)
        drawn.yes(drawn.propose(ChangeKind.PUBLIC, open=True), tun.other)
    for page, kind, key in (("idea_page", "idea", idea.id), ("design_public", "design", drawn.design.id)):
        way = reverse("line", args=[kind, key])
        assert way in client.get(reverse(page, args=[key])).content.decode()
        shown = client.get(way).content.decode()
        assert "Nøkkelen til hallen" not in shown, "an agreement is its parties'"


@pytest.mark.parametrize("role", [Role.UNIT_EMPLOYEE, Role.ORGANISATION_REPRESENTATIVE])
def test_who_may_write_needs_has_a_door_and_a_figure_that_opens_them(client, municipality, now, role):
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        a_need(tun)
        whose = tun.other if role == Role.ORGANISATION_REPRESENTATIVE else tun.council
        log_in(client, tun, role=role, organisation=Organisation.objects.get(owner=whose))
    shown = client.get(reverse("house")).content.decode()
    assert shown.count(f'href="{reverse("needs")}"') == 2, "the door, and the figure"
    assert client.get(reverse("needs")).status_code == 200


def test_how_many_it_went_well_for_is_told_in_words():
    with translation.override("en"):
        words = [share_words(well, 20) for well in (20, 19, 18, 15, 14, 10, 9, 0)]
    for n, part in enumerate(("nearly", "nearly", "most", "most", "more than", "more than", "fewer", "fewer")):
        assert part in words[n]


def test_what_another_organisation_answers_is_not_counted(tun):
    said_by(tun, tun.volunteer("Marit", "Fjelde", "+4790000001").person)
    theirs = tun.viewer(tun.other)
    assert told(theirs, snow(tun), tun)[3][0][1] == []
    assert [t.number for floor in house_for(theirs, tun.now) for t in (*floor.here, *floor.up, *floor.down)] == []
    assert [t.number for floor in house_for(tun.viewer(), tun.now) for t in floor.here] == [1]


def rows_on(client, url):
    page = client.get(url).content.decode()
    return len(re.findall(r'<li><a class="row" href="/si/mottak/', page)), len(
        re.findall(r'<li><a class="row" href="/onske/', page)
    )


@pytest.mark.rule("R04")
def test_every_figure_opens_the_rows_it_is_made_of(client, filled):
    house = client.get(reverse("house")).content.decode()
    for vis in ("waits", "up"):
        assert f"?vis={vis}" in house
        assert rows_on(client, f"{reverse('feedbacks')}?vis={vis}") == (1, 0)
    line = client.get(reverse("line", args=["task_type", filled.snow.id])).content.decode()
    links = [url.replace("&amp;", "&") for url in re.findall(r'href="([^"]*(?:slag|om)=[^"]*)"', line)]
    assert sorted(sum(rows_on(client, url)) for url in links) == [2, 3]


def test_few_statements(client, filled):
    for url in (reverse("house"), reverse("line", args=["task_type", filled.snow.id])):
        client.get(url)
        with listening() as asked:
            assert client.get(url).status_code == 200
        assert len(asked.statements) <= 15, "\n".join(s[:200] for s in asked.statements)


@pytest.mark.usefixtures("filled")
def test_what_stands_on_a_floor_is_a_door_in_the_house_and_not_in_the_menu(client):
    pages = {name: client.get(reverse(name)).content.decode() for name in ("desk", "house", "forums")}
    door = f'href="{reverse("forums")}"'
    assert (door in pages["desk"], door in pages["house"]) == (False, True)
    here = re.compile(r'<a [^>]*href="/huset/"[^>]*>')
    assert all(here.search(page) for page in pages.values())
    assert 'aria-current="page"' not in here.search(pages["desk"])[0]
    assert 'aria-current="page"' in here.search(pages["forums"])[0]
