"""Who proposes a change of a service design hears what became of it, on their own channel."""

import pytest

from samtun.codesign.designs import actions
from samtun.codesign.designs.enums import ChangeKind
from samtun.notifications.messages.models import Message
from tests.factories.feedback import text_of
from tests.samtun.codesign.designs.test_actions import member


def came(person):
    rows = Message.objects.filter(notice="designs.came", to_person=person.id, state="pending").order_by("made_at", "id")
    return [text_of(message) for message in rows]


@pytest.mark.rule("R04")
def test_an_association_that_proposes_a_change_hears_what_became_of_it(tun, drawn):
    turid = member(tun, tun.other, "Turid", "+4790070021", with_login=True)
    facts = {"design": drawn.design, "from_owner": tun.other, "by": drawn.other, "at": tun.now}
    one, two = (actions.propose_change(words=words, **facts) for words in ("Ope ti minutt før.", "Kake."))
    assert came(turid) == []
    actions.plan_change(change=one, words="Frå nyttår", by=drawn.centre, at=tun.now)
    (planned,) = came(turid)
    assert 'Framlegget til "Fredagskaffe med skyss" blir gjennomført.' in planned
    actions.make_change(change=one, words="Gjort no", by=drawn.centre, at=tun.now)
    actions.not_make(change=two, words="Ingen bakar", by=drawn.centre, at=tun.now)
    made, not_made = came(turid)
    assert "er gjennomført." in made
    assert "blir ikkje gjennomført." in not_made
    assert "Ingen bakar" not in not_made, "the words stand behind the link"
    own = actions.propose_change(words="Saft.", **facts)
    actions.not_make(change=own, words="Vi trekkjer det sjølve", by=drawn.other, at=tun.now)
    assert len(came(turid)) == 2, "nobody is told of what they did themselves"


@pytest.mark.rule("R04")
def test_a_no_to_a_larger_change_is_heard_and_a_version_is_told_once(tun, drawn):
    turid = member(tun, tun.other, "Turid", "+4790070021", with_login=True)
    drawn.on_trial()
    change = drawn.propose(ChangeKind.PUBLIC, drawn.other)
    facts = {"party": drawn.party(tun.centre), "by": drawn.centre, "at": tun.now}
    actions.answer_change(change=change, yes=False, words="Ikkje enno", **facts)
    assert "blir ikkje gjennomført" in came(turid)[-1]
    words = actions.propose_change(
        design=drawn.design, words="Ope før.", from_owner=tun.other, by=drawn.other, at=tun.now
    )
    before = Message.objects.filter(notice="designs.changed", to_person=turid.id).count()
    actions.make_change(change=words, words="Gjort", by=drawn.centre, at=tun.now)
    assert Message.objects.filter(notice="designs.changed", to_person=turid.id).count() == before + 1
    assert len(came(turid)) == 1, "a version that is told says it"
