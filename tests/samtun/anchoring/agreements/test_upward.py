"""An agreement is taken up with a forum; what is decided stands on its page, and all parties hear it (R04)."""

import pytest
from django.urls import reverse

from samtun.anchoring.agreements import actions, receivers
from samtun.anchoring.forums import actions as forums
from samtun.anchoring.forums.models import Item
from samtun.foundation import sight
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from tests.factories.agreements import make_round
from tests.factories.forums import IN_MEETING, make_committee
from tests.factories.journey import log_in, make_tun

WORDS = "Hallen blir låst opp klokka ti."


def brings_down(item, what, at):
    payload = {"item": str(item.id), "ref_kind": item.ref_kind, "ref_id": str(item.ref_id), "what": what, "on": ""}
    receivers.bring_it_down(payload, at)


@pytest.mark.rule("R04")
def test_a_party_takes_it_up_and_all_parties_hear_what_is_decided(circle):
    tun, at = circle.tun, circle.tun.now
    committee = make_committee(tun)
    for owner, phone in ((tun.centre, "+4790000061"), (tun.other, "+4790000062")):
        circle.stands_at(owner, "Kari", phone)
    found = circle.agreed(tun.other)
    facts = {"agreement": found, "forum": committee.forum, "title": "Nøkkelen", "words": "Kven låser opp?", "at": at}
    with pytest.raises(NotYours):
        actions.propose_to_forum(by=circle.stranger(), **facts)
    item = actions.propose_to_forum(by=circle.of_association(), **facts)
    assert (item.from_owner, item.ref_id) == (tun.other, found.id)
    assert sight.uppers(Ref("agreement", found.id), "forum_item") == [item.id]
    committee.meeting(state="held", items=(item,))
    before = Message.objects.filter(notice="agreements.forum_decided").count()
    forums.note_heard(item=item, who="Rektor", said="Greitt", by=committee.leader(), at=IN_MEETING)
    forums.decide(
        item=item, words=WORDS, owner=tun.council, seat=None, due=IN_MEETING.date(), by=committee.leader(),
        at=IN_MEETING,
    )  # fmt: skip
    item.refresh_from_db()
    brings_down(item, "decided", IN_MEETING)
    told = Message.objects.filter(notice="agreements.forum_decided", ref_id=found.id)
    assert (before, len({m.to_person for m in told})) == (0, 2), "each party through whom it names"
    with pytest.raises(NotYours):
        actions.item_moved(agreement_id=found.id, item_id=item.id, what="decided", by=circle.leader(), at=IN_MEETING)


def test_it_is_done_on_a_page_and_the_decision_stands_there(client, municipality, now):
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        committee, circle = make_committee(tun), make_round(tun)
        found = circle.agreed(tun.other)
        log_in(client, tun, role=Role.LEADER)
    address = reverse("agreement_forum", args=[found.id])
    assert address in client.get(reverse("agreement", args=[found.id])).content.decode()
    facts = {"title": "Nøkkelen", "words": "Kven låser opp?"}
    refused = client.post(address, facts)
    assert (refused.status_code, "Kven låser opp?" in refused.content.decode()) == (422, True)
    assert client.post(address, facts | {"forum": str(committee.forum.id)}).status_code == 302
    with open_scope(municipality.id):
        item = Item.objects.get()
        forums.turn_down(item=item, words="Det høyrer til skulen.", by=committee.leader(), at=now)
    shown = client.get(reverse("agreement", args=[found.id])).content.decode()
    assert "Nøkkelen" in shown
    assert "Det høyrer til skulen." in shown
