"""A joint text is made in versions that every party approves (R01); with a business it must be in writing (R10)."""

import datetime as dt

import pytest

from samtun.anchoring.agreements import actions
from samtun.anchoring.agreements.actions import Spoken
from samtun.anchoring.agreements.enums import How
from samtun.anchoring.agreements.models import Agreement, Answer, Version
from samtun.anchoring.agreements.rules import compare
from samtun.foundation.models import AuditEvent
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.work.todos.models import Todo
from tests.factories.agreements import parties_of, party_of

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=1)


def state_of(row):
    row.refresh_from_db()
    return row.state


def due(reason):
    return {t.owner.name for t in Todo.objects.filter(reason=reason, done_at=None).select_related("owner")}


@pytest.mark.rule("R01")
def test_it_stands_when_all_have_said_yes_and_not_before(circle):
    found = circle.started(circle.tun.other, circle.tun.council)
    version = circle.proposed(found)
    assert [(a.party.owner.name, a.says) for a in version.answers.all()] == [("Dalgrend frivilligsentral", "yes")]
    assert due("answer") == {"Dalgrend helselag", "Dalgrend kommune"}
    actions.approve(
        version=version, party=party_of(found, circle.tun.other), by=circle.of_association(), at=circle.tun.now
    )
    assert (state_of(found), state_of(version)) == ("being_made", "waiting")
    actions.approve(
        version=version, party=party_of(found, circle.tun.council), by=circle.of_council(), at=circle.tun.now
    )
    assert (state_of(found), state_of(version), due("answer")) == ("stands", "standing", set())
    assert (found.since, found.evaluate_by) == (dt.date(2026, 11, 23), dt.date(2027, 5, 23))


@pytest.mark.rule("R01")
def test_nobody_but_who_answers_for_a_party_says_yes_for_it(circle):
    found = circle.started()
    version = circle.proposed(found)
    theirs = party_of(found, circle.tun.other)
    for viewer in (circle.leader(), circle.coordinator(), circle.of_council(), circle.stranger()):
        with pytest.raises(NotYours):
            actions.approve(version=version, party=theirs, by=viewer, at=circle.tun.now)
    assert state_of(version) == "waiting"


def test_a_coordinator_proposes_and_the_leader_says_yes(circle):
    version = circle.proposed(circle.started(), by=circle.coordinator())
    assert not version.answers.exists()
    with pytest.raises(NotYours):
        actions.approve(
            version=version, party=party_of(version.agreement, circle.tun.centre), by=circle.coordinator(),
            at=circle.tun.now,
        )  # fmt: skip


@pytest.mark.rule("R01")
def test_a_new_version_takes_the_place_of_the_one_that_waits_and_approvals_begin_anew(circle):
    found = circle.started(circle.tun.other, circle.tun.council)
    first = circle.proposed(found)
    actions.approve(
        version=first, party=party_of(found, circle.tun.other), by=circle.of_association(), at=circle.tun.now
    )
    second = circle.proposed(found, by_owner=circle.tun.council, what="Kaffi og vaflar.")
    assert (state_of(first), second.number) == ("superseded", 2)
    assert [a.party.owner.name for a in second.answers.all()] == ["Dalgrend kommune"]
    with pytest.raises(actions.NotOpen):
        actions.approve(
            version=first, party=party_of(found, circle.tun.other), by=circle.of_association(), at=circle.tun.now
        )


def test_one_who_has_not_read_the_newest_is_told_so(circle):
    found = circle.started()
    circle.proposed(found)
    with pytest.raises(actions.AnotherMeanwhile):
        circle.proposed(found, by_owner=circle.tun.other, seen=0)
    assert Version.objects.count() == 1


def test_a_text_says_what_each_party_does(circle):
    found = circle.started()
    one = party_of(found, circle.tun.centre)
    with pytest.raises(actions.WhoDoesWhat):
        circle.proposed(found, does={one.id: "Alt"})
    with pytest.raises(actions.NeedsWords):
        circle.proposed(found, what=" ")


def test_a_party_writes_its_own_goal_and_gain_before_its_yes(circle):
    found = actions.start_agreement(
        owner=circle.tun.centre, others=[circle.tun.other], name="Kaffi", by=circle.leader(), at=circle.tun.now,
        goal="Møtest", gain="Fleire",
    )  # fmt: skip
    version, theirs = circle.proposed(found), party_of(found, circle.tun.other)
    with pytest.raises(actions.OwnWordsFirst):
        actions.approve(version=version, party=theirs, by=circle.of_association(), at=circle.tun.now)
    with pytest.raises(NotYours):
        actions.write_own(party=theirs, goal="Vårt", gain="Vårt", by=circle.leader(), at=circle.tun.now)
    actions.write_own(party=theirs, goal="Besøk", gain="Nye medlemer", by=circle.of_association(), at=circle.tun.now)
    actions.approve(version=version, party=theirs, by=circle.of_association(), at=circle.tun.now)
    assert state_of(found) == "stands"


@pytest.mark.rule("R01")
def test_four_parties_where_one_objects(circle):
    """Three say yes; the fourth says why not; a text that hears it is agreed by all; who says what stands."""
    found = circle.started(circle.tun.other, circle.tun.council, circle.shop)
    first = circle.proposed(found)
    for owner, viewer in ((circle.tun.council, circle.of_council()), (circle.shop, circle.of_shop())):
        actions.approve(version=first, party=party_of(found, owner), by=viewer, at=circle.tun.now)
    theirs = party_of(found, circle.tun.other)
    with pytest.raises(actions.NeedsWords):
        actions.object_to(version=first, party=theirs, words=" ", by=circle.of_association(), at=circle.tun.now)
    actions.object_to(
        version=first, party=theirs, words="Ikkje kvar laurdag.", by=circle.of_association(), at=circle.tun.now
    )
    assert (state_of(found), state_of(first), due("answer")) == ("being_made", "objected", set())
    second = circle.proposed(found, what="Kaffi annankvar laurdag.", why="Helselaget har ikkje folk til meir.")
    assert (state_of(first), due("answer")) == (
        "superseded", {"Dalgrend helselag", "Dalgrend kommune", "Dalgrend Bakeri"},
    )  # fmt: skip
    circle.all_say_yes(second)
    assert (state_of(found), state_of(second)) == ("stands", "standing")
    assert Answer.objects.get(version=first, says="no").words == "Ikkje kvar laurdag."


def test_the_one_who_objected_may_still_say_yes(circle):
    found = circle.started()
    version, theirs = circle.proposed(found), party_of(found, circle.tun.other)
    actions.object_to(version=version, party=theirs, words="Vent litt.", by=circle.of_association(), at=circle.tun.now)
    actions.approve(version=version, party=theirs, by=circle.of_association(), at=circle.tun.now)
    assert (state_of(version), state_of(found)) == ("standing", "stands")


def test_what_stands_stands_until_the_change_is_agreed(circle):
    found = circle.agreed()
    first, change = Version.objects.get(agreement=found), circle.proposed(found, what="Middag.")
    actions.object_to(
        version=change, party=party_of(found, circle.tun.other), words="For dyrt.", by=circle.of_association(),
        at=circle.tun.now,
    )  # fmt: skip
    assert (state_of(found), state_of(first)) == ("stands", "standing")
    actions.withdraw(version=change, by=circle.leader(), at=circle.tun.now)
    assert (state_of(change), state_of(first)) == ("withdrawn", "standing")


def test_only_the_party_that_proposed_takes_it_back(circle):
    version = circle.proposed(circle.started())
    with pytest.raises(NotYours):
        actions.withdraw(version=version, by=circle.of_association(), at=circle.tun.now)


@pytest.mark.rule("R10")
def test_a_business_must_have_it_in_writing(circle):
    noted = circle.noted(circle.shop)
    assert (noted.state, noted.words) == ("being_made", "Vaktmeisteren låser opp.")
    with pytest.raises(actions.OnlyNoted):
        circle.proposed(noted)
    found = actions.write_on_one_page(agreement=noted, by=circle.leader(), at=circle.tun.now)
    for missing in ("when", "arranged", "money"):
        with pytest.raises(actions.InWriting):
            circle.proposed(found, **{missing: ""})
    for party in parties_of(found):
        actions.write_own(party=party, goal="a", gain="b", by=circle.viewer_of(party), at=circle.tun.now)
    circle.all_say_yes(circle.proposed(found))
    assert state_of(found) == "stands"


@pytest.mark.rule("R10")
def test_without_a_business_no_more_is_asked_for(circle):
    assert circle.noted().state == "stands"
    assert circle.agreed(when="", arranged="", money="").state == "stands"


@pytest.mark.rule("R11")
@pytest.mark.practice("levanger")
def test_what_is_noted_stands_at_once_and_nobody_is_nagged(circle):
    found = circle.noted()
    assert (found.state, found.evaluate_by, Todo.objects.count()) == ("stands", None, 0)
    actions.look(agreement=found, by=circle.tun.system(), at=circle.tun.now + dt.timedelta(days=500))
    assert (state_of(found), Todo.objects.count()) == ("stands", 0)
    with pytest.raises(actions.DayAhead):
        circle.noted(since=circle.tun.now.date() + LATER)
    with pytest.raises(actions.WithWhom):
        circle.noted(circle.tun.centre)


@pytest.mark.rule("R11")
def test_what_is_noted_stands_while_it_is_put_on_one_page(circle):
    found = actions.write_on_one_page(agreement=circle.noted(), by=circle.of_association(), at=circle.tun.now)
    version = circle.proposed(found)
    assert (state_of(found), state_of(version)) == ("stands", "waiting")
    with pytest.raises(actions.OnPageAlready):
        actions.write_on_one_page(agreement=found, by=circle.leader(), at=circle.tun.now)


@pytest.mark.rule("R18")
def test_any_party_may_start_one_and_nobody_else(circle):
    made = circle.started(circle.tun.centre, owner=circle.tun.other, by=circle.of_association())
    assert made.started_by == circle.tun.other
    with pytest.raises(NotYours):
        circle.started(circle.tun.centre, owner=circle.tun.other, by=circle.leader())
    with pytest.raises(NotYours):
        circle.proposed(made, by=circle.stranger())


@pytest.mark.rule("R104")
def test_a_yes_on_the_telephone_is_written_down_by_a_partys_desk_and_seen_as_such(circle):
    person = circle.stands_at(circle.tun.other, "Hilde", "+4790007123")
    found = circle.started()
    version, theirs = circle.proposed(found), party_of(found, circle.tun.other)
    day = circle.tun.now.date()
    spoken = Spoken(by="Hilde Helselag", how=How.TELEPHONE, on=day)
    for viewer in (circle.stranger(), circle.of_council(), circle.of_association()):
        with pytest.raises(NotYours):
            actions.approve(version=version, party=theirs, by=viewer, at=circle.tun.now, spoken=spoken)
    with pytest.raises(actions.SaidByWhom):
        actions.approve(version=version, party=theirs, by=circle.coordinator(), at=circle.tun.now,
                        spoken=Spoken(" ", How.PAPER, day))  # fmt: skip
    with pytest.raises(actions.DayToCome):
        actions.approve(version=version, party=theirs, by=circle.coordinator(), at=circle.tun.now,
                        spoken=Spoken("Hilde", How.PAPER, day + LATER))  # fmt: skip
    actions.approve(version=version, party=theirs, by=circle.coordinator(), at=circle.tun.now, spoken=spoken)
    answer = Answer.objects.get(party=theirs)
    assert (answer.said_by, answer.how, answer.said_on) == ("Hilde Helselag", "telephone", day)
    assert answer.noted_by == "Turid Myklebust, Dalgrend frivilligsentral"
    assert state_of(found) == "stands"
    told = Message.objects.filter(notice="agreements.written_down")
    assert [m.to_person for m in told] == [person.id], "the party hears what is written in its name"


def test_one_more_comes_in_while_it_is_made_and_must_answer_too(circle):
    found = circle.started()
    version = circle.proposed(found)
    actions.add_party(agreement=found, owner=circle.tun.council, by=circle.of_association(), at=circle.tun.now)
    assert state_of(version) == "superseded"
    again = circle.proposed(found)
    actions.approve(
        version=again, party=party_of(found, circle.tun.other), by=circle.of_association(), at=circle.tun.now
    )
    assert state_of(found) == "being_made"
    with pytest.raises(actions.TooLate):
        actions.add_party(agreement=circle.agreed(), owner=circle.shop, by=circle.leader(), at=circle.tun.now)


@pytest.mark.rule("R109")
def test_the_parties_choose_together_to_meet_more_seldom(circle):
    found = circle.agreed()
    facts = {"agreement": found, "meets": "telephone", "often": "twice_a_year", "at": circle.tun.now}
    version = actions.propose_rhythm(party=party_of(found, circle.tun.other), by=circle.of_association(), **facts)
    found.refresh_from_db()
    assert (found.meets, found.rhythm_chosen_at) == ("", None)
    circle.all_say_yes(version)
    found.refresh_from_db()
    assert (found.meets, found.often, found.rhythm_chosen_at) == ("telephone", "twice_a_year", circle.tun.now)
    assert Version.objects.get(sort="text", state="standing")
    acts = AuditEvent.objects.filter(ref_id=found.id, act="agreements.agreed").order_by("at", "id")
    assert [event.words["sort"] for event in acts] == ["text", "rhythm"]


def test_what_has_been_changed_is_told_word_for_word():
    pieces = compare("Kaffi kvar laurdag klokka elleve", "Kaffi annankvar laurdag klokka elleve og vaflar")
    assert [(p.sort, p.words) for p in pieces] == [
        ("same", "Kaffi"), ("out", "kvar"), ("new", "annankvar"), ("same", "laurdag klokka elleve"),
        ("new", "og vaflar"),
    ]  # fmt: skip
    assert compare("Likt", "Likt")[0].sort == "same"
    assert [p.sort for p in compare("", "Nytt")] == ["new"]


def test_messages_go_to_whom_each_party_names_else_to_who_answers_for_it(circle):
    head = circle.stands_at(circle.tun.other, "Hilde", "+4790007123")
    found = circle.started()
    circle.proposed(found)
    assert [m.to_person for m in Message.objects.filter(notice="agreements.proposed")] == [head.id]
    named = circle.stands_at(circle.tun.other, "Nils", "+4790007124", role="seat_holder")
    actions.name_contact(party=party_of(found, circle.tun.other), contact=named, deputy=head,
                         by=circle.of_association(), at=circle.tun.now)  # fmt: skip
    circle.proposed(found, what="Vaflar")
    last = Message.objects.filter(notice="agreements.proposed").order_by("made_at", "id").last()
    assert last.to_person == named.id


def test_nothing_is_deleted_when_an_agreement_is_over(circle):
    found = circle.agreed()
    assert Agreement.objects.get(id=found.id).versions.count() == 1
