"""What an owner takes out: all its rooms hold for it, and no row of another's, with a control (R112)."""

import datetime as dt
import json
import zipfile
from io import BytesIO

import pytest

from samtun.anchoring.forums.models import (
    Beside,
    Forum,
    ForumDecision,
    Hearing,
    Item,
    Meeting,
    PutOff,
    Seat,
    StandDown,
)
from samtun.anchoring.responsibilities.models import Clearance, PolicePurpose
from samtun.codesign.designs.models import (
    Approval,
    Change,
    Design,
    DividedTask,
    LegalPoint,
    Party,
    TablePlace,
    TaskPart,
    Version,
)
from samtun.evaluation.feedback.models import Contact, Feedback, FeedbackStep, HeadsUp
from samtun.evaluation.surveys.models import Answer
from samtun.foundation import exports
from samtun.foundation.models import Share
from samtun.foundation.scope import current_scope
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Inbound, Message, Question
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.callouts.models import Asked, CallOut, Friend, FriendsList
from samtun.operation.help_requests import actions as help_actions
from samtun.operation.help_requests.enums import Source
from samtun.operation.help_requests.models import Ask, Veto
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.networks.models import Answered, HomeVisit, Member, Network, Step, Talk
from samtun.operation.recognition.models import Thanks
from samtun.operation.referrals.models import Referral
from samtun.operation.screening import actions as screening
from samtun.operation.training.actions import note_course
from samtun.operation.volunteers import actions as volunteers
from samtun.partners.organisations.actions import take_out
from samtun.partners.organisations.models import Leave, Membership, Organisation
from samtun.people.consents.actions import record_consent
from samtun.people.persons.models import Person
from samtun.people.preferences.actions import set_preferences
from samtun.people.roles.models import Grant
from samtun.work.todos.actions import open_todo
from tests.factories import lists
from tests.factories.agreements import one_of_each
from tests.factories.deciding import decide, think_together
from tests.factories.help import contribution
from tests.factories.ideas import imagine
from tests.factories.journey import make_tun
from tests.factories.on_offer import everything_on_offer
from tests.factories.programme import activity

TAKES_OUT = frozenset({Permission.MANAGE_ORGANISATION, Permission.EXPORT_ORGANISATION})
EMPTY = {"organisations/opening_hours", "organisations/closures"}


def call_out_friends(tun, owner, word, volunteer):
    """A list of friends, a call-out, and one who was asked."""
    at, day = tun.now, tun.now.date()
    friends = FriendsList.objects.create(owner=owner, name=f"{word}vener", made_at=at)
    Friend.objects.create(friends_list=friends, volunteer=volunteer, group_name=f"{word}klasse", counts=3)
    call_out = CallOut.objects.create(
        owner=owner, friends_list=friends, task_type=tun.snow, words=f"{word}tur", place="Solheimen", on=day,
        at=dt.time(10), minutes=60, needed=1, made_at=at, made_by=word,
    )  # fmt: skip
    Asked.objects.create(call_out=call_out, volunteer=volunteer, asked_at=at)


def meet_regularly(tun, owner, word, volunteer, request):
    """A standing arrangement that has a term, a pause and a date."""
    at, day = tun.now, tun.now.date()
    arrangement = Arrangement.objects.create(
        owner=owner, recipient_id=request.recipient_id, task_type=tun.snow, wish=request, place=f"{word}stova",
        limits=f"{word}kaffi", whom_to_call=f"{word}kontor", made_at=at, made_by=word,
    )  # fmt: skip
    term = Term.objects.create(
        arrangement=arrangement, volunteer=volunteer, starts=day, weekday=1, every_weeks=1, at=dt.time(11), minutes=60,
        agreed_at=at,
    )  # fmt: skip
    Pause.objects.create(arrangement=arrangement, kind="holiday", starts=day, ends=day, made_at=at, made_by=word)
    Visit.objects.create(arrangement=arrangement, term=term, on=day, at=dt.time(11), minutes=60)


def around_somebody(tun, owner, word, person, consent, request, volunteer):
    """A network with its steps, members and talks, an ordinary activity that was an answer, and a home visit."""
    at, day = tun.now, tun.now.date()
    network = Network.objects.create(owner=owner, person=person, consent=consent, made_at=at, made_by=word)
    Step.objects.create(network=network, number=1, who=word, note=f"{word}avtale")
    Member.objects.create(network=network, kind="near", name=f"{word}nabo", said_yes_on=day, made_at=at)
    Member.objects.create(network=network, kind="volunteer", volunteer=volunteer, made_at=at)
    Talk.objects.create(owner=owner, side="person", network=network, days=5, due_on=day, made_at=at, note=f"{word}prat")
    line = activity(tun, owner=owner, title=f"{word}kaffi", meets_name=word)
    Answered.objects.create(owner=owner, request=request, activity=line, with_company=True, made_at=at, made_by=word)
    HomeVisit.objects.create(owner=owner, request=request, on=day, who=f"{word}sjukepleiar", made_at=at)


def tell_different(tun, owner, word, volunteer, recipient, consent):
    """Whom the recipient lets the owner tell, and a word that something seemed different."""
    Contact.objects.create(
        person=recipient, owner=owner, unit=tun.council, professional=volunteer.person, title=f"{word}tittel",
        consent=consent, made_at=tun.now,
    )  # fmt: skip
    HeadsUp.objects.create(
        owner=owner, about=recipient, sender=volunteer.person, ref_kind="match", ref_id=uuid7(), state="held",
        sealed=b"x", via="link", made_at=tun.now,
    )  # fmt: skip
    give_feedback(tun, owner, word, recipient)


def give_feedback(tun, owner, word, person):
    """What somebody has said to the owner, and the answer."""
    said = Feedback.objects.create(
        owner=owner, title=f"{word}snø", words=f"{word}seier noko", sender=person, hears="own", via="link",
        made_at=tun.now, sent_hash=word, follow_hash=word,
    )  # fmt: skip
    FeedbackStep.objects.create(feedback=said, kind="answered", at=tun.now, words=f"{word}svar", by_words=word)


def sit_together(tun, owner, word, person):
    """A forum with a seat, a meeting, and an item that was put off, heard and decided."""
    at, day = tun.now, tun.now.date()
    forum = Forum.objects.create(owner=owner, name=f"{word}utval", purpose=f"{word}samarbeid", made_at=at)
    seat = Seat.objects.create(forum=forum, person=person, on_behalf=owner, starts=day)
    meeting = Meeting.objects.create(forum=forum, on=day, at=dt.time(18), place=f"{word}sal")
    item = Item.objects.create(
        forum=forum, title=f"{word}sak", proposed_by=word, from_owner=owner, proposed_at=at, answer_by=at
    )
    PutOff.objects.create(item=item, meeting=meeting, words=f"{word}ventar", made_at=at)
    Hearing.objects.create(item=item, who=f"{word}lag", said=f"{word}svar", noted_at=at, noted_by=word)
    Beside.objects.create(item=item, words=f"{word}tekst", written_by=word, written_at=at)
    ForumDecision.objects.create(item=item, words=f"{word}avgjerd", owner=owner, due=day, made_at=at)
    StandDown.objects.create(item=item, seat=seat, said_at=at)


def make_together(tun, owner, word, person):
    """A design with a party, somebody at the table, a task, a point of law, a change with an answer, and a version."""
    at = tun.now
    design = Design.objects.create(
        owner=owner, title=f"{word}kaffi", purpose=f"{word}stad", begun_by=word, made_at=at, started_at=at
    )
    Party.objects.create(design=design, owner=owner, asked_at=at, joined_at=at, gain=f"{word}gevinst")
    TablePlace.objects.create(design=design, person=person, behalf="party", owner=owner, way="asked", made_at=at)
    task = DividedTask.objects.create(design=design, words=f"{word}oppgåve", task_type=tun.snow, made_at=at)
    TaskPart.objects.create(task=task, owner=owner, does="does")
    LegalPoint.objects.create(design=design, point="food", state="settled", words=f"{word}kjøken")
    change = Change.objects.create(
        design=design, kind="words", words=f"{word}endring", from_owner=owner, by_words=word, made_at=at
    )
    Approval.objects.create(change=change, owner=owner, yes=True, by_words=word, at=at)
    Version.objects.create(design=design, number=1, at=at, by_words=word, what="state", why=f"{word}start")


def share_with_another(tun, owner, word, day):
    """What an owner lets another see."""
    other = tun.council if owner != tun.council else tun.centre
    Share.objects.create(giver=owner, receiver=other, what="requests", purpose=f"{word}føremål", starts=day, ends=day)


def stand_beside(tun, owner, word, volunteer, mentor):
    """A mentor and a lighter plan, and a seat in a forum."""
    day = tun.now.date()
    sit_together(tun, owner, word, volunteer.person)
    one_of_each(tun, owner, word, volunteer.person)
    make_together(tun, owner, word, volunteer.person)
    imagine(tun, owner, word, volunteer.person)
    decide(tun, owner, word, volunteer.person)
    think_together(tun, owner, word)
    plan = {"most_minutes": 60, "talk_days": 5, "next_talk_on": day, "began_on": day}
    MentorPlan.objects.create(volunteer=volunteer, mentor=mentor, **plan)


def take_a_list_in(owner, word, phone, *, by, at):
    listed = [("Navn", "Mobil", "Medlemsnr"), (f"{word}medlem Li", f"{phone}000003", f"{word}-7")]
    lists.taken_in(owner, listed, by=by, at=at, source=f"{word}liste")


def fill(tun, owner, word, number):
    """Put a row into every room for an owner; `word` stands in all of them that have words."""
    by, at, day = tun.system(), tun.now, tun.now.date()
    phone = f"+479{number}"
    volunteer = tun.volunteer(f"{word}hjelpar", "Vik", f"{phone}000001", host=owner)
    recipient = tun.person(f"{word}mottakar", "Bø", f"{phone}000002", owner=owner)
    volunteers.set_weekly_times(volunteer=volunteer, times=[(3, dt.time(9), dt.time(12))], by=by, at=at)
    volunteers.note_absence(volunteer=volunteer, starts=day, ends=day, by=by, at=at)
    contribution(volunteer.person, owner, kind="snow")
    who = {"person": volunteer.person, "owner": owner, "by": by, "at": at}
    screening.note_declaration(signed_on=day, **who)
    screening.note_suitability(held_on=day, **who)
    purpose, _ = PolicePurpose.objects.get_or_create(code="visits", law="§ 1", valid_from=dt.date(2020, 1, 1))
    screening.note_police_certificate(purpose=purpose, shown_on=day, **who)
    note_course(course=f"{word.lower()}-kurs", held_on=day, expires_on=None, **who)
    Thanks.objects.create(person=volunteer.person, owner=owner, week_of=day, words=f"{word}ord")
    stand_beside(tun, owner, word, volunteer, recipient)
    Clearance.objects.create(task_type=tun.grey, owner=owner, cleared=True, decided_on=day, by_words=f"{word}møte")
    consent = record_consent(
        person=recipient, basis="self", what=f"{word}deling", passed_to=tun.council, owner=owner, purpose="Hjelp",
        form="oral", by=by, at=at,
    )  # fmt: skip
    set_preferences(person=recipient, by=by, at=at, channel="sms")
    request = help_actions.take_call(
        owner=owner, recipient=recipient, wish=tun.wish(words=f"{word}ynske", asked_by=f"{word}dotter"),
        source=Source.CALL, consent=consent, by=by, at=at,
    )  # fmt: skip
    if request.state == "new":
        help_actions.assess(request=request, outcome="volunteer", reason=f"{word}grunn", by=by, at=at)
    (ask,) = help_actions.ask_volunteers(
        request=request, volunteers=[volunteer.id], by=tun.viewer(owner), at=at + dt.timedelta(minutes=1)
    )
    help_actions.answer_ask(ask=ask, yes=True, via="sms", by=by, at=at)
    Answer.objects.create(
        question="went_well", ref_kind="match", ref_id=uuid7(), person=recipient, owner=owner, value="yes",
        words=f"{word}løyndom", answered_at=at, via="sms",
    )  # fmt: skip
    Inbound.objects.create(
        gateway_id=word, phone_hash=word, sealed_phone=b"x", received_at=at, state="understood", owner=owner,
        understood_as=word,
    )  # fmt: skip
    Grant.objects.create(person=volunteer.person, role="privacy_officer", owner=owner, starts=day)
    share_with_another(tun, owner, word, day)
    body, role = Organisation.objects.get(owner=owner), Role.COORDINATOR
    post = Membership.objects.create(organisation=body, person=volunteer.person, role=role, starts=day)
    Leave.objects.create(membership=post, starts=day, ends=day)
    open_todo(
        ref=Ref("help_request", uuid7()), reason="x", about=f"{word}lapp", due=at, owner=owner.id, at=at,
        audience=Permission.HANDLE_REQUESTS,
    )  # fmt: skip
    Referral.objects.create(owner=owner, kind="offer", name=f"{word}tilbod", made_at=at)
    call_out_friends(tun, owner, word, volunteer)
    meet_regularly(tun, owner, word, volunteer, request)
    around_somebody(tun, owner, word, recipient, consent, request, volunteer)
    tell_different(tun, owner, word, volunteer, recipient, consent)
    everything_on_offer(tun, owner, word, recipient)
    own = Viewer.system(owner.tenant_id, frozenset({owner.id}))
    take_a_list_in(owner, word, phone, by=own, at=at)
    Veto.objects.create(recipient=recipient, volunteer_person=volunteer.person, made_at=at)
    return volunteer, recipient, request


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def filled(tun):
    """Three owners, each with a row in every room."""
    owners = {"Alfa": tun.other, "Beta": tun.centre, "Gamma": tun.council}
    return {word: (owner, *fill(tun, owner, word, n)) for n, (word, owner) in enumerate(owners.items())}


def packed(tun, owner):
    by = tun.viewer(owner, Role.ORGANISATION_REPRESENTATIVE, TAKES_OUT)
    made = take_out(organisation=Organisation.objects.get(owner=owner), by=by, at=tun.now)
    with zipfile.ZipFile(BytesIO(made)) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


@pytest.mark.rule("R112")
@pytest.mark.rule("R86")
def test_each_owner_takes_out_its_own_and_nothing_of_the_others(tun, filled):
    for word, (owner, *_rest) in filled.items():
        everything = "\n".join(packed(tun, owner).values())
        assert word in everything
        assert word.lower() + "-kurs" in everything
        for other in set(filled) - {word}:
            assert other not in everything, f"{other} stands in {word}'s file"
            assert other.lower() + "-kurs" not in everything
            _owner, volunteer, recipient, request = filled[other]
            for key in (volunteer.person_id, recipient.id, request.id):
                assert str(key) not in everything


def test_control_every_table_holds_a_row_of_the_owner_so_that_a_leak_would_show(tun, filled):
    for word, (owner, *_rest) in filled.items():
        empty = {path for path, table in exports.tables_of(owner.id).items() if not table.rows}
        assert empty <= EMPTY, word


def test_control_without_the_owner_in_the_question_the_rows_of_others_are_there(tun, filled):
    there = {owner.id for owner, *_rest in filled.values()}
    for model in (Message, Question, Thanks, Answer, Clearance):
        assert set(model.objects.values_list("owner", flat=True)) >= there


def test_whoever_is_in_the_file_is_logged_as_exported(tun, filled, municipality):

    owner, volunteer, recipient, _request = filled["Alfa"]
    packed(tun, owner)
    listed = Person.objects.get(given_name="Alfamedlem")
    assert current_scope().seen["exported"] == {volunteer.person_id, recipient.id, listed.id}


@pytest.mark.rule("R31")
def test_whom_someone_does_not_want_is_in_no_file(tun, filled):
    files = packed(tun, filled["Alfa"][0])
    assert not [name for name in files if "veto" in name.lower()]
    assert Veto.objects.count() == 3
    volunteer = filled["Alfa"][1]
    with_both = [
        name for name, text in files.items()
        if name.startswith("help_requests/") and name.endswith(".json") and str(volunteer.person_id) in text
    ]  # fmt: skip
    assert sorted(with_both) == ["help_requests/asks.json", "help_requests/matches.json"]


def test_no_link_can_be_made_from_the_file_and_sealed_words_stay(tun, filled):
    owner = filled["Alfa"][0]
    everything = "\n".join(packed(tun, owner).values())
    nonces = list(Question.objects.filter(owner=owner).values_list("nonce", flat=True))
    assert nonces
    assert not [n for n in nonces if n in everything]
    assert "phone_hash" not in everything
    assert "sealed" not in everything


def test_words_without_leave_stay_and_words_with_leave_follow(tun, filled):
    owner = filled["Alfa"][0]
    assert "Alfaløyndom" not in "\n".join(packed(tun, owner).values())
    Answer.objects.filter(owner=owner).update(words_may_be_told=True)
    assert "Alfaløyndom" in packed(tun, owner)["surveys/answers.json"]


@pytest.mark.rule("R112")
def test_another_hosts_volunteer_stands_without_name_in_the_askers_file(tun, filled):
    owner, _volunteer, _recipient, request = filled["Beta"]
    theirs = filled["Alfa"][1]

    facts = {"request": request, "volunteer": theirs, "state": "no", "asked_at": tun.now, "answer_by": tun.now}
    Ask.objects.create(**facts)
    rows = json.loads(packed(tun, owner)["help_requests/asks.json"])
    assert [(r["volunteer"], r["person_id"], r["host"]) for r in rows if r["host"] != owner.name] == [
        ("", None, tun.other.name)
    ]
    assert [r["volunteer"] for r in rows if r["host"] == owner.name] == ["Betahjelpar Vik"]


def test_what_other_hosts_could_have_caused_is_not_told(tun, filled):
    columns = exports.tables_of(filled["Alfa"][0].id)["volunteers/volunteers"].columns
    assert not {"quiet_until", "last_asked_on"} & set(columns)


def test_one_who_left_leaves_no_times_behind_for_the_former_host(tun, filled):
    owner, volunteer, *_rest = filled["Alfa"]
    volunteers.welcome_volunteer(
        person=volunteer.person, host=tun.centre, task_types=[], by=tun.system(), at=tun.now
    )  # fmt: skip
    volunteers.leave(volunteer=volunteer, by=tun.system(), at=tun.now)
    tables = exports.tables_of(owner.id)
    assert tables["volunteers/weekly_times"].rows == []
    assert [row[2] for row in tables["volunteers/volunteers"].rows] == ["left"]
    assert len(exports.tables_of(tun.centre.id)["volunteers/weekly_times"].rows) == 2
