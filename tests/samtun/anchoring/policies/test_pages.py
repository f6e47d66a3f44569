"""The pages of policies: for those who write and answer, and for everyone; on paper; on the line of sight."""

import io

import pypdf
import pytest
from django.urls import reverse

from samtun.anchoring.agreements import actions as agreements
from samtun.anchoring.policies import actions
from samtun.anchoring.policies.models import Goal, Policy
from samtun.codesign.designs import actions as designs
from samtun.foundation import sight
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Organisation
from samtun.portal.house.queries import line_for
from tests.factories.agreements import make_round
from tests.factories.designs import make_design
from tests.factories.journey import log_in, make_tun
from tests.factories.policies import GOAL, MEASURE, TITLE, Plans

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def plans(municipality, now, scope_of):
    with scope_of(municipality):
        return Plans(make_tun(municipality, now))


@pytest.fixture
def make(plans, municipality, scope_of):
    def run(work):
        with scope_of(municipality):
            return work()

    return run


@pytest.fixture
def enter(client, plans, make):
    def as_role(role=Role.LEADER, owner=None):
        body = make(lambda: Organisation.objects.get(owner=owner or plans.tun.council))
        make(lambda: log_in(client, plans.tun, organisation=body, role=role))
        return client

    return as_role


def shown(client, address):
    return client.get(address).content.decode()


@pytest.mark.practice("policy")
def test_a_plan_is_written_given_a_goal_opened_and_read_by_everyone(enter, make, plans):
    client = enter()
    fields = {
        "owner": plans.tun.council.id, "sort": "plan", "title": TITLE, "words": "Lett å vere med.",
        "since": "2026-01-01", "decided_by": "", "seen": "0",
    }  # fmt: skip
    assert client.post("/planar/ny/", fields | {"until": "2025-01-01"}).status_code == 422
    page = client.post("/planar/ny/", fields)
    policy = make(Policy.objects.get)
    assert page.headers["Location"] == f"/planar/{policy.id}/"
    goal = {"words": GOAL, "owner": plans.tun.council.id, "due": "30.9.2027"}
    client.post(f"/planar/{policy.id}/maal/", goal)
    client.post(f"/planar/{policy.id}/opne/")
    assert "før det blir opna for alle" in shown(client, f"/planar/{policy.id}/"), "it must be decided first"
    assert client.get(f"/planar/ope/{policy.id}/").status_code == 404
    decided = fields | {"decided_by": "Kommunestyret, sak 43", "decided_on": "2026-10-01", "seen": "1"}
    client.post(f"/planar/{policy.id}/ord/", decided)
    client.post(f"/planar/{policy.id}/opne/")
    row = make(Goal.objects.get)
    client.post(f"/planar/maal/{row.id}/tiltak/", goal | {"words": MEASURE})
    assert client.post(f"/planar/maal/{row.id}/status/", {"state": "given_up", "words": ""}).status_code == 422
    client.post(f"/planar/maal/{row.id}/status/", {"state": "under_way", "words": "To ringjer no."})
    client.post(f"/planar/maal/{row.id}/dato/", {"due": "2027-12-01", "why": "Det tok tid."})
    client.logout()
    page = shown(client, f"/planar/ope/{policy.id}/")
    for words in (GOAL, MEASURE, "Kommunestyret, sak 43", "To ringjer no.", "Det tok tid.", "30. september 2027"):
        assert words in page
    assert TITLE in shown(client, "/planar/ope/")


@pytest.mark.practice("policy")
def test_the_public_page_names_the_owner_and_no_person(client, make, plans):
    goal = make(plans.opened)
    kari = make(lambda: plans.stands_at(plans.tun.council))
    make(lambda: actions.name_person(goal=goal, person=kari, by=plans.of_council(), at=plans.tun.now))
    page = shown(client, f"/planar/ope/{goal.policy_id}/")
    assert "Dalgrend kommune" in page
    assert kari.full_name not in page


def test_one_a4_also_with_many_goals(client, make, plans):
    goal = make(plans.opened)
    for n in range(9):
        make(lambda n=n: plans.measure(plans.goal(goal.policy, words=f"Mål nummer {n}: meir av det som gjer godt")))
    answer = client.get(f"/planar/ope/{goal.policy_id}/papir/")
    paper = pypdf.PdfReader(io.BytesIO(answer.content))
    assert (answer.headers["Content-Type"], len(paper.pages)) == ("application/pdf", 1)
    assert GOAL in paper.pages[0].extract_text().replace("\n", " ")


def test_who_answers_names_one_of_their_own(enter, make, plans):
    goal, kari = make(plans.opened), make(lambda: plans.stands_at(plans.tun.council))
    client = enter()
    assert "Ingen er " in shown(client, f"/planar/maal/{goal.id}/")
    client.post(f"/planar/maal/{goal.id}/kven/", {"person": kari.id})
    assert kari.full_name in shown(client, f"/planar/maal/{goal.id}/")
    client = enter(Role.ORGANISATION_REPRESENTATIVE, plans.tun.other)
    assert kari.full_name not in shown(client, f"/planar/maal/{goal.id}/"), "who it is, is the owner's own"
    for act in ("status", "dato", "kven", "andre", "tiltak", "noko"):
        assert client.get(f"/planar/maal/{goal.id}/{act}/").status_code == 404


@pytest.mark.practice("levels")
def test_the_line_goes_from_goal_through_agreement_and_design_to_the_kind_of_help(municipality, make, plans, now):
    def build():
        tun, goal = plans.tun, plans.opened()
        drawn, circle = make_design(tun), make_round(tun)
        key = circle.noted()
        said = {"goal_id": goal.id, "at": now}
        with pytest.raises(NotYours):
            agreements.serve(agreement=key, by=circle.stranger(), **said)
        for _again in range(2):
            agreements.serve(agreement=key, by=circle.leader(), **said)
        designs.rest_on(design=drawn.design, agreement_id=key.id, by=drawn.centre, at=now)
        line = line_for(drawn.centre, Ref("task_type", tun.snow.id), now)
        titles = [s.seen.title for s in line.steps[1]]
        designs.serve(design=drawn.design, by=drawn.centre, **said)
        ties = sight.uppers(Ref("design", drawn.design.id), "policy_goal")
        designs.serve_no_more(design=drawn.design, by=drawn.centre, **said)
        agreements.serve_no_more(agreement=key, by=circle.of_association(), **said)
        return titles, key.name, ties, goal.id, sight.lowers(Ref("policy_goal", goal.id), "agreement")

    titles, name, ties, goal, lower = make(build)
    assert titles == [GOAL, name]
    assert (ties, lower) == ([goal], [])


@pytest.mark.practice("levels")
def test_a_goal_is_ticked_on_the_page_of_what_serves_it(enter, make, plans, client):
    goal, drawn = make(plans.opened), make(lambda: make_design(plans.tun))
    key = make(lambda: make_round(plans.tun).noted())
    client = enter(owner=plans.tun.centre)
    for address in (reverse("agreement_goals", args=[key.id]), reverse("design_goals", args=[drawn.design.id])):
        assert GOAL in shown(client, address)
        assert client.post(address, {"goals": [str(goal.id)]}).status_code == 302
        assert client.post(address, {"goals": ["tull"]}).status_code == 422
    page = shown(client, f"/planar/maal/{goal.id}/")
    assert key.name in page
    assert drawn.design.title in page
    assert GOAL in shown(client, f"/opplegg/{drawn.design.id}/")
    assert GOAL in shown(client, f"/avtale/{key.id}/")
    for address in (reverse("agreement_goals", args=[key.id]), reverse("design_goals", args=[drawn.design.id])):
        client.post(address, {"goals": []})
    assert make(lambda: sight.lowers(Ref("policy_goal", goal.id), "design")) == []
    client.logout()
    assert client.get(f"/huset/linje/policy_goal/{goal.id}/").status_code == 200
