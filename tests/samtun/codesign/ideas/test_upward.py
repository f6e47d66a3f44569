"""An idea is taken up with a forum; the one who has it hears each step and goes on leading it (R04, R18)."""

import datetime as dt

import pytest
from django.urls import reverse

from samtun.anchoring.forums import actions as forums
from samtun.anchoring.forums.models import Item
from samtun.codesign.ideas import receivers
from samtun.codesign.ideas.actions import upward
from samtun.codesign.ideas.actions.telling import NotThatStepNow
from samtun.codesign.ideas.enums import IdeaState, StepKind, Via
from samtun.codesign.ideas.models import Idea, IdeaStep
from samtun.foundation import refs, sight
from samtun.foundation.scope import open_scope
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.models import Organisation
from tests.factories.feedback import text_of
from tests.factories.forums import IN_MEETING, ON, make_committee
from tests.factories.ideas import an_idea, nobody, ragnhild
from tests.factories.journey import log_in, make_tun

WORDS = "Grendahuset er ope for torsdagsmiddagen frå januar."


def brings_down(item, what, at, on=""):
    payload = {"item": str(item.id), "ref_kind": item.ref_kind, "ref_id": str(item.ref_id), "what": what, "on": on}
    receivers.bring_it_down(payload, at)


def proposed(tun, idea, forum, by=None):
    return upward.propose_to_forum(
        idea=idea, forum=forum, title="Torsdagsmiddag", words="Kan vi få huset?", by=by or tun.viewer(), at=tun.now
    )


@pytest.mark.rule("R04", "R18")
def test_the_one_who_has_it_hears_each_step_and_leads_it_still(tun):
    committee, who = make_committee(tun), ragnhild(tun)
    idea = an_idea(tun, who)
    with pytest.raises(NotYours):
        proposed(tun, idea, committee.forum, by=nobody(tun))
    item = proposed(tun, idea, committee.forum)
    assert (item.from_owner, item.ref_kind, item.ref_id) == (tun.centre, "idea", idea.id)
    assert sight.uppers(Ref("idea", idea.id), "forum_item") == [item.id]
    committee.meeting(state="held", items=(item,))
    brings_down(item, "on_agenda", tun.now, on=ON.isoformat())
    forums.note_heard(item=item, who="Grendelaget", said="Gjerne", by=committee.leader(), at=IN_MEETING)
    forums.decide(
        item=item, words=WORDS, owner=tun.centre, seat=None, due=IN_MEETING.date(), by=committee.leader(), at=IN_MEETING
    )
    brings_down(item, "decided", IN_MEETING)
    steps = list(IdeaStep.objects.filter(idea=idea).order_by("at", "id").values_list("kind", "words", "on"))
    assert steps[-3:] == [
        (StepKind.TO_FORUM, "Samarbeidsutvalet", None), (StepKind.FORUM_DAY, "Samarbeidsutvalet", ON),
        (StepKind.FORUM_SAID, WORDS, None),
    ]  # fmt: skip
    told = [text_of(m) for m in Message.objects.filter(to_person=who.id).order_by("made_at", "id")][-3:]
    for text, word in zip(told, ("Samarbeidsutvalet", "2. desember", "Grendahuset er ope"), strict=True):
        assert word in text
    idea.refresh_from_db()
    assert idea.lead == who, "a forum that decides takes no lead"
    assert idea.state == IdeaState.RECEIVED, "and the answer is still owed by the one who is named"


def test_put_off_turned_down_and_withdrawn_are_steps_too(tun):
    committee, idea = make_committee(tun), an_idea(tun)
    item = proposed(tun, idea, committee.forum)
    for what, kind in (("put_off", "put_off"), ("turned_down", "forum_said"), ("withdrawn", "withdrawn")):
        brings_down(item, what, tun.now)
        assert IdeaStep.objects.filter(idea=idea).order_by("id").last().kind == kind
    with pytest.raises(NotYours):
        upward.item_moved(idea_id=idea.id, item_id=item.id, what="decided", on=None, by=tun.viewer(), at=tun.now)


def test_nothing_is_brought_down_to_one_that_is_erased_or_was_never_taken_up(tun):
    committee = make_committee(tun)
    idea, other = an_idea(tun), an_idea(tun)
    item = proposed(tun, idea, committee.forum)
    Idea.objects.filter(id=idea.id).update(erased_at=tun.now)
    before = IdeaStep.objects.count()
    brings_down(item, "decided", tun.now)
    item.ref_id = other.id
    brings_down(item, "decided", tun.now)
    item.ref_kind = "design"
    brings_down(item, "decided", tun.now)
    assert IdeaStep.objects.count() == before
    unproven = an_idea(tun, via=Via.FORM, by=tun.system(), is_proven=False)
    with pytest.raises(NotThatStepNow):
        proposed(tun, unproven, committee.forum)


@pytest.mark.rule("R15")
def test_whoever_put_it_forward_is_affected_when_it_is_decided(tun):
    plain = an_idea(tun)
    assert refs.concerned(Ref("idea", plain.id)) == frozenset()
    Organisation.objects.filter(owner=tun.other).update(kind="association")
    Idea.objects.filter(id=plain.id).update(from_owner=tun.other)
    assert refs.concerned(Ref("idea", plain.id)) == {tun.other.id}


def test_it_is_done_on_a_page_and_what_was_typed_stays(client, municipality, now):
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        committee, idea = make_committee(tun), an_idea(tun)
        log_in(client, tun)
    address, page = reverse("idea_forum", args=[idea.id]), reverse("idea", args=[idea.id])
    assert address in client.get(page).content.decode()
    facts = {"title": "Torsdagsmiddag", "words": "Kan vi få huset?"}
    refused = client.post(address, facts)
    assert (refused.status_code, "Kan vi få huset?" in refused.content.decode()) == (422, True)
    assert client.post(address, facts | {"forum": str(committee.forum.id)}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Samarbeidsutvalet" in shown
    with open_scope(municipality.id):
        item = Item.objects.get()
        forums.turn_down(item=item, words="Det høyrer til grendelaget.", by=committee.leader(), at=now)
        brings_down(item, "turned_down", now + dt.timedelta(hours=1))
    assert "Det høyrer til grendelaget." in client.get(page).content.decode()
