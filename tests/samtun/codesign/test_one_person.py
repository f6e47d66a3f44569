"""Somebody who stood twice and is put together: their idea, help, seat at the table and in a forum follow (ADR 16)."""

import pytest

from samtun.anchoring.forums.enums import Part
from samtun.anchoring.forums.queries import forums_visible_to, own_seats
from samtun.anchoring.forums.rules import part_of
from samtun.codesign.designs import actions as designs
from samtun.codesign.designs.models import TablePlace
from samtun.codesign.ideas.models import Helper, Idea
from samtun.codesign.ideas.queries import mine, page_of
from samtun.people.persons.actions import merge_persons, split_persons
from tests.factories.designs import make_design
from tests.factories.forums import make_committee, seated
from tests.factories.ideas import a_helper, an_idea, an_initiative, oneself
from tests.factories.journey import make_tun


@pytest.fixture
def twice(in_municipality, now):
    """Rolf under two numbers: the other row has an idea, helps, was at the table, and leads the forum."""
    tun = make_tun(in_municipality, now)
    kept, other = tun.person("Rolf", "Rotary", "+4790000091"), tun.person("Rolf", "Rotary", "+4790000092")
    idea = an_idea(tun, other)
    life = an_initiative(tun)
    a_helper(tun, life, other), a_helper(tun, life, kept)
    drawn = make_design(tun)
    designs.add_place(
        design=drawn.design, behalf="party", owner=tun.centre, way="at_table", person=other, by=drawn.centre, at=now
    )
    committee = make_committee(tun)
    committee.chair.ended_at = now
    committee.chair.save()
    seated(committee.forum, tun, kept, tun.centre)
    seated(committee.forum, tun, other, tun.other, Part.LEADS)
    made = merge_persons(kept=kept, other=other, take=(), owner=tun.centre, by=tun.system(), at=now)
    return tun, kept, other, idea, life, drawn, committee, made


def test_all_of_it_is_theirs_and_goes_back_when_they_were_two(twice, now):
    tun, kept, other, idea, life, drawn, committee, made = twice
    me = oneself(tun, kept)
    assert {(row.title, row.leads) for row in mine(me)} >= {(idea.title, True)}
    assert Idea.objects.get(id=idea.id).lead_id == kept.id
    assert page_of(life.idea, on=now.date()).helpers == 1, "one human is counted once"
    assert TablePlace.objects.get(design=drawn.design).person_id == kept.id
    on = now.date()
    assert list(forums_visible_to(me, on=on)) == [committee.forum]
    assert len(own_seats(kept.id, on=on)) == 2
    assert part_of(me, committee.forum, on=on) == Part.LEADS, "of two seats the one that does most"
    split_persons(merge=made, by=tun.system(), at=now)
    assert Idea.objects.get(id=idea.id).lead_id == other.id
    assert set(Helper.objects.values_list("person", flat=True)) == {kept.id, other.id}
    assert TablePlace.objects.get(design=drawn.design).person_id == other.id
    assert part_of(me, committee.forum, on=on) == Part.MEMBER
