"""*Si fra*: honest, without a name, to those who receive and never to one it is about; erased when unfounded (R84)."""

import datetime as dt

import pytest
from django.db import connection

from samtun.evaluation.feedback.actions import concerning as actions
from samtun.evaluation.feedback.actions import receivers
from samtun.evaluation.feedback.actions.contacts import Way
from samtun.evaluation.feedback.models import Concern, Reading, Remark, ShutOut
from samtun.evaluation.feedback.queries import concerning as queries
from samtun.evaluation.feedback.rules import code_from, code_hash, names
from samtun.foundation import exports
from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from tests.factories.feedback import a_concern, oneself, text_of
from tests.factories.journey import make_tun

WORDS = "Det manglar pengar i kaffikassa"
JANUARY = dt.date(2026, 1, 1)
OUTSIDE = "+4790000899"


def member(tun, given, phone, *, role=Role.LEADER, owner=None, deputy=False):
    owner = owner or tun.centre
    person = tun.person(given, "Brekkhus" if given == "Ragnhild" else "Sandvoll", phone, owner=owner)
    body = Organisation.objects.get(owner=owner)
    return Membership.objects.create(person=person, organisation=body, role=role, starts=JANUARY, is_deputy=deputy)


def wearing(tun, post):
    return oneself(tun, post.person, role=Role(post.role), owners=[post.organisation.owner_id])


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def ragnhild(tun):
    """The leader, who receives when nobody is chosen."""
    return member(tun, "Ragnhild", "+4790000811")


@pytest.fixture
def eirik(tun):
    """The leader's deputy."""
    return member(tun, "Eirik", "+4790000812", deputy=True)


@pytest.fixture
def solveig(tun):
    """Outside: another municipality's privacy officer, chosen by the municipality for all."""
    by = tun.viewer(tun.council, Role.MUNICIPAL_ADMINISTRATOR, {Permission.MANAGE_ORGANISATION})
    return receivers.choose_outside(
        owner=tun.council, who=Way("Solveig Strand", OUTSIDE), words="personvernombod i Elvefjord",
        address="Rådhuset, 0000 Elvefjord", by=by, at=tun.now,
    )  # fmt: skip


def readers(concern, tun):
    return [n.person.given_name for n in queries.readers_of(concern, on=tun.now.date())]


def through(tun, concern, by, outcome="unfounded"):
    """All the steps to the answer."""
    actions.look_at(concern=concern, by=by, at=tun.now)
    if concern.about_someone:
        actions.note_heard(concern=concern, on=tun.now.date(), who="Ragnhild", by=by, at=tun.now)
    actions.conclude(concern=concern, outcome=outcome, by=by, at=tun.now)
    return actions.close(concern=concern, answer="Vi har sett på det.", by=by, at=tun.now)


@pytest.mark.rule("R84")
def test_it_goes_to_those_who_receive_with_a_text_that_says_nothing(tun, ragnhild, solveig):
    made, _code = a_concern(tun, text=WORDS)
    assert readers(made, tun) == ["Ragnhild"]
    sent = Message.objects.get(ref_id=made.id)
    assert (sent.to_person, sent.ref_kind, sent.notice) == (ragnhild.person_id, "to_you", "feedback.to_you")
    assert WORDS not in text_of(sent)
    assert readers(a_concern(tun, to_inside=False, to_outside=True)[0], tun) == ["Solveig"]
    assert readers(a_concern(tun, to_outside=True)[0], tun) == ["Ragnhild", "Solveig"]


@pytest.mark.rule("R84")
def test_whom_it_is_about_never_receives_it_though_they_receive_otherwise(tun, ragnhild, eirik, solveig):
    by_tick = a_concern(tun, text=WORDS, concerned=[ragnhild.person_id])[0]
    by_name = a_concern(tun, text=WORDS, about="ho Ragnhild på sentralen")[0]
    control = a_concern(tun, text=WORDS, about="Olav")[0]
    by = wearing(tun, ragnhild)
    for concern in (by_tick, by_name):
        assert readers(concern, tun) == ["Eirik"]
        with pytest.raises(NotYours):
            queries.concern_for(by, concern.id, on=tun.now.date())
        with pytest.raises(NotYours):
            actions.open_words(concern=concern, by=by, at=tun.now)
        with pytest.raises(NotYours):
            actions.look_at(concern=concern, by=by, at=tun.now)
        assert not Message.objects.filter(ref_id=concern.id, to_person=ragnhild.person_id).exists()
    assert queries.concerns_of(by, on=tun.now.date()) == [control]


def test_without_a_deputy_it_goes_outside_and_with_nobody_at_all_it_is_said(tun, ragnhild, solveig):
    made, _code = a_concern(tun, concerned=[ragnhild.person_id])
    assert readers(made, tun) == ["Solveig"]
    receivers.end_receiver(receiver=solveig, by=tun.system(), at=tun.now)
    with pytest.raises(actions.NobodyReceives):
        a_concern(tun, concerned=[ragnhild.person_id])


@pytest.mark.rule("R112")
def test_neither_coordinator_nor_another_organisation_nor_the_municipality_sees_it(tun, ragnhild, solveig):
    head = member(tun, "Turid", "+4790000813", owner=tun.other)
    about_other, _code = a_concern(tun, owner=tun.other)
    about_centre, _code = a_concern(tun)
    coordinator = member(tun, "Kåre", "+4790000814", role=Role.COORDINATOR)
    council = member(tun, "Camilla", "+4790000815", owner=tun.council)
    for post, concern in (
        (coordinator, about_centre),
        (council, about_other),
        (council, about_centre),
        (head, about_centre),
    ):
        with pytest.raises(NotYours):
            queries.concern_for(wearing(tun, post), concern.id, on=tun.now.date())
    assert queries.concern_for(wearing(tun, head), about_other.id, on=tun.now.date()) == about_other
    as_resident = oneself(tun, ragnhild.person, role=Role.RESIDENT)
    with pytest.raises(NotYours):
        queries.concern_for(as_resident, about_centre.id, on=tun.now.date())
    assert queries.concern_for(wearing(tun, ragnhild), about_centre.id, on=tun.now.date()) == about_centre


def test_it_stands_on_no_desk_in_no_file_and_nobody_stands_as_the_one_who_told(tun, ragnhild, solveig):
    made, _code = a_concern(tun, text=WORDS, name="Petra Nordmann", phone="+4790000877")
    assert not Todo.objects.exists()
    everything = str({path: table.rows for path, table in exports.tables_of(tun.centre.id).items()})
    for word in (WORDS, "Petra", "0877", "concern"):
        assert word not in everything
    (event,) = AuditEvent.objects.filter(ref_kind="concern", ref_id=made.id)
    assert (event.person, event.account, event.actor, event.words) == (None, None, "", {})
    assert not Person.objects.filter(given_name="Petra").exists()


def test_the_words_stand_encrypted_in_the_tables(tun, ragnhild):
    made, code = a_concern(tun, text=WORDS, name="Petra Nordmann", about="Olav")
    actions.add_words(concern=made, text=WORDS + " igjen", at=tun.now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c::text, encode(c.sealed, 'escape'), r::text, encode(r.sealed, 'escape')"
            " FROM evaluation_feedback_concern c JOIN evaluation_feedback_remark r ON r.concern_id = c.id"
        )
        raw = str(cursor.fetchall())
    for word in (WORDS, "Petra", "Olav", code, *code.split("-")[:2]):
        assert word not in raw
        assert word.encode().hex() not in raw
    assert queries.told(made).name == "Petra Nordmann"


def test_moved_to_another_row_the_words_cannot_be_read(tun, ragnhild):
    from cryptography.exceptions import InvalidTag

    one, other = a_concern(tun, text=WORDS)[0], a_concern(tun)[0]
    other.sealed = one.sealed
    with pytest.raises(InvalidTag):
        queries.told(other)


def test_the_code_opens_however_it_is_typed_and_stands_nowhere(tun, ragnhild):
    made, code = a_concern(tun)
    first, second, number = code.split("-")
    for typed in (code, f" {first.upper()} {second}  {number} ", f"{first}{'-'}{second}, {number}"):
        assert queries.concern_by_code(typed) == made
    for wrong in ("", "furu", f"{second}-{first}-{number}x", f"{first}-{second}"):
        assert queries.concern_by_code(wrong) is None
    assert code_hash(code) == made.code_hash
    assert code not in made.code_hash


def test_the_same_page_sent_twice_is_one_and_another_key_gives_another_code(tun, ragnhild):
    telling, key = actions.Telling(kind="money", text=WORDS), str(uuid7())
    facts = {"owner": tun.centre, "telling": telling, "via": "web", "at": tun.now}
    first, second = actions.raise_concern(sent_key=key, **facts), actions.raise_concern(sent_key=key, **facts)
    assert first == second
    assert len({code_from(str(uuid7())) for _ in range(200)}) == 200


def test_each_step_in_its_order_and_the_one_concerned_is_heard_first(tun, ragnhild):
    made, code = a_concern(tun, about="Olav")
    by, at = wearing(tun, ragnhild), tun.now
    with pytest.raises(actions.NotThatStep):
        actions.conclude(concern=made, outcome="founded", by=by, at=at)
    actions.look_at(concern=made, by=by, at=at)
    with pytest.raises(actions.HearFirst):
        actions.conclude(concern=made, outcome="founded", by=by, at=at)
    with pytest.raises(actions.HearFirst):
        actions.note_heard(concern=made, on=at.date() + dt.timedelta(days=1), who="Ragnhild", by=by, at=at)
    with pytest.raises(actions.HearFirst):
        actions.put_off_hearing(concern=made, reason=" ", by=by, at=at)
    actions.note_heard(concern=made, on=at.date(), who="Ragnhild", by=by, at=at)
    actions.conclude(concern=made, outcome="founded", by=by, at=at)
    with pytest.raises(actions.AnswerFirst):
        actions.close(concern=made, answer="", by=by, at=at)
    closed = actions.close(concern=made, answer="Takk. Det er retta opp.", by=by, at=at)
    assert (closed.state, closed.outcome, closed.due) == ("closed", "founded", None)
    found = queries.concern_by_code(code)
    assert [s.text for s in queries.remarks_of(found, shown_only=True)] == ["Takk. Det er retta opp."]
    with pytest.raises(actions.ClosedAlready):
        actions.add_words(concern=made, text="Meir", at=at)


def test_hearing_is_put_off_only_with_a_reason_that_the_one_who_told_does_not_read(tun, ragnhild):
    made, _code = a_concern(tun, about="Olav")
    by = wearing(tun, ragnhild)
    actions.look_at(concern=made, by=by, at=tun.now)
    actions.put_off_hearing(concern=made, reason="Politiet har bedt oss vente", by=by, at=tun.now)
    assert queries.remarks_of(made, shown_only=True) == []
    assert [s.text for s in queries.remarks_of(made, shown_only=False)] == ["Politiet har bedt oss vente"]
    assert actions.conclude(concern=made, outcome="elsewhere", by=by, at=tun.now).state == "concluded"


@pytest.mark.rule("R84")
def test_unfounded_is_erased_after_days_and_a_number_remains(tun, ragnhild):
    made, code = a_concern(tun, text=WORDS, about="Olav", concerned=[])
    by, system = wearing(tun, ragnhild), tun.system()
    actions.open_words(concern=made, by=by, at=tun.now)
    through(tun, made, by)
    assert not actions.erase(concern=made, by=system, at=tun.now + dt.timedelta(days=13))
    assert queries.concern_by_code(code) is not None
    assert actions.erase(concern=made, by=system, at=tun.now + dt.timedelta(days=14))
    made.refresh_from_db()
    assert (bytes(made.sealed), made.code_hash, made.heard_by, made.outcome) == (b"", "", "", "unfounded")
    assert [m.objects.count() for m in (Remark, Reading, ShutOut)] == [0, 0, 0]
    assert Concern.objects.count() == 1
    assert queries.concern_by_code(code) is None
    assert queries.concerns_of(by, on=tun.now.date()) == []


def test_founded_stands_for_a_year(tun, ragnhild):
    made, _code = a_concern(tun, text=WORDS)
    through(tun, made, wearing(tun, ragnhild), outcome="founded")
    assert not actions.erase(concern=made, by=tun.system(), at=tun.now + dt.timedelta(days=364))
    assert actions.erase(concern=made, by=tun.system(), at=tun.now + dt.timedelta(days=365))


def test_answer_days_are_opening_days_and_late_wakes_those_who_receive_again(tun, ragnhild):
    made, _code = a_concern(tun)  # Monday; the centre is there Monday, Wednesday and Friday
    assert made.due.date() == dt.date(2026, 12, 4)
    actions.remind(concern=made, by=tun.system(), at=made.due - dt.timedelta(minutes=1))
    assert Message.objects.filter(ref_id=made.id).count() == 1
    actions.remind(concern=made, by=tun.system(), at=made.due)
    assert Message.objects.filter(ref_id=made.id).count() == 2


def test_it_is_closed_to_a_receiver_when_it_turns_out_to_be_about_them_but_not_to_the_last(tun, ragnhild, solveig):
    other = member(tun, "Kåre", "+4790000814", role=Role.COORDINATOR)
    for post in (ragnhild, other):
        receivers.choose_receiver(membership=post, by=tun.system(), at=tun.now)
    made, _code = a_concern(tun)
    by = wearing(tun, other)
    assert readers(made, tun) == ["Ragnhild", "Kåre"]
    actions.shut_out(concern=made, person_id=ragnhild.person_id, by=by, at=tun.now)
    assert readers(made, tun) == ["Kåre"]
    with pytest.raises(NotYours):
        queries.concern_for(wearing(tun, ragnhild), made.id, on=tun.now.date())


def test_a_receiver_whose_role_has_ended_receives_no_more(tun, ragnhild, eirik):
    coordinator = member(tun, "Kåre", "+4790000814", role=Role.COORDINATOR)
    receivers.choose_receiver(membership=coordinator, by=tun.system(), at=tun.now)
    made, _code = a_concern(tun)
    assert readers(made, tun) == ["Kåre"]
    Membership.objects.filter(id=coordinator.id).update(ends=tun.now.date())
    assert readers(made, tun) == ["Ragnhild"]


def test_one_it_is_about_cannot_let_a_friend_in_afterwards(tun, ragnhild, eirik, solveig):
    made, _code = a_concern(tun, concerned=[ragnhild.person_id])
    friend = member(tun, "Kåre", "+4790000814", role=Role.COORDINATOR)
    later = tun.now + dt.timedelta(hours=1)
    receivers.choose_receiver(membership=friend, by=tun.system(), at=later)
    receivers.choose_outside(
        owner=tun.centre, who=Way("Ven Vik", "+4790000898"), words="ven", address="", by=tun.system(), at=later
    )
    assert readers(made, tun) == ["Eirik"]
    Membership.objects.filter(id=eirik.id).update(ends=tun.now.date())
    assert readers(made, tun) == ["Solveig"]
    control, _code = a_concern(tun, at=later + dt.timedelta(minutes=1))
    assert readers(control, tun) == ["Kåre"]


def test_only_who_answers_for_the_organisation_chooses_who_receives(tun, ragnhild):
    with pytest.raises(NotYours):
        receivers.choose_receiver(membership=ragnhild, by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        receivers.choose_outside(
            owner=tun.centre, who=Way("X Y", OUTSIDE), words="nabo", address="", at=tun.now,
            by=tun.viewer(tun.other, Role.LEADER, {Permission.MANAGE_ORGANISATION}),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "full_name", "found"),
    [
        ("ragnhild", "Ragnhild Brekkhus", True), ("Brekkhus", "Ragnhild Brekkhus", True),
        ("ho som heiter Åse", "Aase Li", True), ("Olav", "Ragnhild Brekkhus", False), ("", "Ragnhild", False),
        ("leiaren", "Ragnhild Brekkhus", False), ("Anne", "Anne-Lise Vik", True),
    ],
)  # fmt: skip
def test_a_written_name_is_known_again(written, full_name, found):
    assert names(written, full_name) is found
