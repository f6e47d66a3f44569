"""Several hats: who speaks for a party to what a forum is to decide is named on the item's page (R15)."""

import datetime as dt

import pytest
from django.test import Client

from samtun.anchoring.forums import actions as forums
from samtun.codesign.designs import actions
from samtun.evaluation.feedback.actions.passing_up import pass_up
from samtun.evaluation.feedback.actions.raising import Said
from samtun.foundation.viewer import Role
from samtun.partners.organisations.models import Membership, Organisation
from tests.factories.designs import make_design
from tests.factories.feedback import a_matter
from tests.factories.forums import make_committee
from tests.factories.journey import log_in, make_tun

SPEAKS = "speaks for another here, and also for one that this is about."


@pytest.fixture
def tun(municipality, scope_of, now):
    with scope_of(municipality):
        return make_tun(municipality, now)


@pytest.fixture
def committee(tun, municipality, scope_of):
    """In which Per, who sits for the municipality, is also in the chair of the health association."""
    with scope_of(municipality):
        made = make_committee(tun)
        forums.end_seat(seat=made.member, by=made.leader(), at=tun.now)
        body = Organisation.objects.get(owner=tun.other)
        facts = {"role": "organisation_representative", "starts": dt.date(2026, 1, 1)}
        Membership.objects.create(person=made.politician.person, organisation=body, **facts)
    return made


def shown(client, item):
    client.cookies["samtun_language"] = "en"
    return client.get(f"/utval/sak/{item.id}/").content.decode()


@pytest.mark.rule("R15")
def test_the_chair_of_a_party_to_the_design_is_named_and_stands_down(tun, committee, municipality, scope_of):
    leader = Client()
    with scope_of(municipality):
        log_in(leader, tun, role=Role.LEADER)
        drawn = make_design(tun)
        facts = {"title": "Kaffien", "words": "", "by": drawn.centre, "at": tun.now}
        item = actions.propose_to_forum(design=drawn.design, forum=committee.forum, **facts)
        assert item.about_owner is None, "whom it is about is read from the design"
    page = shown(leader, item)
    assert f"Per Politikar {SPEAKS}" in page
    assert "Siri Skrivar speaks for Dalgrend frivilligsentral, which this is about." in page
    with scope_of(municipality):
        facts = {"seat": committee.politician, "by": committee.sitting(committee.politician), "at": tun.now}
        forums.stand_down(item=item, **facts)
    assert "Per Politikar speaks" not in shown(leader, item)


@pytest.mark.rule("R15")
def test_so_is_whoever_speaks_for_the_one_a_feedback_is_about(tun, committee, municipality, scope_of):
    leader = Client()
    with scope_of(municipality):
        log_in(leader, tun, role=Role.LEADER)
        found = a_matter(tun, Said("Salen er låst"))
        facts = {"title": "Salen", "words": "Låst", "by": tun.viewer(), "at": tun.now}
        item = pass_up(feedback=found, forum=committee.forum, **facts)
        loose = committee.item("Kaffi", from_owner=tun.centre, by=committee.leader())
    page = shown(leader, item)
    assert "Siri Skrivar speaks for Dalgrend frivilligsentral, which this is about." in page
    assert "Per Politikar speaks" not in page
    assert "speaks for" not in shown(leader, loose), "what is about nobody affects nobody"
