"""A word that something seemed different: by consent to the one named, else to nobody; never a word too far."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import translation

from samtun.evaluation.feedback.actions import contacts, differing, ladder
from samtun.evaluation.feedback.models import Contact, HeadsUp
from samtun.evaluation.feedback.queries import differing as queries
from samtun.foundation import exports
from samtun.foundation.scope import current_scope
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.notifications.messages.actions import receive_sms
from samtun.notifications.messages.models import Message, Question
from samtun.operation.help_requests.actions import ask_volunteers
from samtun.operation.help_requests.models import Ask, Match
from samtun.operation.volunteers.actions import welcome_volunteer
from samtun.partners.organisations.models import Leave, Membership, OpeningHour, Organisation
from samtun.people.consents.models import Consent
from samtun.people.persons.actions import note_away, note_death
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from tests.factories.feedback import HANNE, SILJE, a_contact, a_heads_up, agreed_match, oneself, text_of
from tests.factories.journey import make_tun

WORDS = "Ho sat i mørkret då eg kom"


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def match(tun):
    return agreed_match(tun)


@pytest.fixture
def anna(match):
    return match.request.recipient


def hanne(tun):
    return oneself(tun, Person.objects.get(phone=HANNE))


def silje(tun):
    return oneself(tun, Person.objects.get(phone=SILJE))


def told():
    """To whom something was sent that waits to be read, in the order it was sent."""
    rows = Message.objects.filter(notice="feedback.to_you").order_by("made_at", "id")
    return [Person.objects.get(id=m.to_person).phone for m in rows]


def desk(tun):
    return sorted(
        Todo.objects.filter(owner=tun.centre, ref_kind="heads_up", done_at=None).values_list("reason", flat=True)
    )


def on_wall(at):
    return wall(at).strftime("%a %H.%M")


def test_with_a_yes_it_goes_to_the_one_named_and_says_nothing_in_the_text(tun, match, anna):
    a_contact(tun, anna)
    made = a_heads_up(tun, match, text=WORDS)
    assert (made.state, told(), desk(tun)) == ("waits", [HANNE], [])
    text = text_of(Message.objects.get(notice="feedback.to_you"))
    for word in ("Anna", "Stokke", "AS", WORDS, "trøytt", "Marit", "Fjelde"):
        assert word not in text


def test_the_one_named_reads_the_words_and_answers_and_the_volunteer_hears_by_whom(tun, match, anna):
    a_contact(tun, anna)
    made = a_heads_up(tun, match, text=WORDS, ticked=["cold", "tired"])
    by = hanne(tun)
    found = queries.heads_up_for(by, made.id)
    assert queries.reads_words(by, found)
    assert queries.words_of(found).text == WORDS
    assert len(queries.words_of(found).ticked) == 2
    done = differing.receive(heads_up=made, will="look_in", by=by, at=tun.now)
    assert (done.state, done.received_by, done.will) == ("received", "Hanne, Dalgrend kommune", "look_in")
    heard = Message.objects.get(notice="feedback.received")
    assert heard.to_person == match.volunteer.person_id
    text = text_of(heard)
    assert "Hanne, Dalgrend kommune" in text
    assert "Anna" not in text
    assert WORDS not in text
    assert differing.receive(heads_up=made, by=by, at=tun.now).will == "look_in"
    assert Message.objects.filter(notice="feedback.received").count() == 1


def test_how_far_it_has_come_is_told_without_the_words_and_who_sent_them(tun, match, anna):
    a_contact(tun, anna)
    made = a_heads_up(tun, match, text=WORDS)
    differing.receive(heads_up=made, will="ring", by=hanne(tun), at=tun.now + dt.timedelta(hours=1))
    found = queries.heads_up_for(tun.viewer(), made.id)
    with translation.override("en"):
        rows = [(row["what"], row["by"]) for row in queries.what_happened(tun.viewer(), found)]
    assert rows == [("Was received", "Hanne Fossheim"), ("Something seemed different", "")]


def test_readings_are_logged(tun, match, anna):
    a_contact(tun, anna)
    made = a_heads_up(tun, match)
    queries.heads_up_for(hanne(tun), made.id)
    assert anna.id in current_scope().seen["opened"]


def test_without_a_yes_nothing_is_passed_on_and_somebody_rings(tun, match):
    made = a_heads_up(tun, match, text=WORDS)
    assert (made.state, told(), desk(tun)) == ("held", [], ["ask_person"])
    by = tun.viewer()
    assert queries.reads_words(by, queries.heads_up_for(by, made.id))
    with pytest.raises(differing.NobodyNamed):
        differing.pass_on_after_all(heads_up=made, by=by, at=tun.now)


def test_after_the_person_has_said_yes_it_goes_on_and_the_coordinator_reads_no_more(tun, match, anna):
    made = a_heads_up(tun, match, text=WORDS)
    a_contact(tun, anna)
    by = tun.viewer()
    made = differing.pass_on_after_all(heads_up=made, by=by, at=tun.now)
    assert (made.state, told(), desk(tun)) == ("waits", [HANNE], [])
    assert not queries.reads_words(by, queries.heads_up_for(by, made.id))


def test_when_the_person_wants_nobody_told_the_words_go_at_once(tun, match):
    made = a_heads_up(tun, match, text=WORDS)
    differing.keep_to_ourselves(heads_up=made, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert (made.state, bytes(made.sealed), desk(tun)) == ("ended", b"", [])
    with pytest.raises(differing.SettledAlready):
        differing.keep_to_ourselves(heads_up=made, by=tun.viewer(), at=tun.now)


def test_the_words_stand_encrypted_in_the_table(tun, match, anna):
    a_contact(tun, anna)
    a_heads_up(tun, match, text=WORDS, ticked=["not_opened"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(sealed, 'escape'), h::text FROM evaluation_feedback_headsup h")
        raw = str(cursor.fetchall())
    assert WORDS not in raw
    assert WORDS.encode().hex() not in raw
    assert "not_opened" not in raw


def test_the_ladder_counts_opening_hours_rings_first_and_then_tells_the_deputy(tun, match, anna):
    body = Organisation.objects.get(owner=tun.council)
    for weekday in (0, 1):
        OpeningHour.objects.create(organisation=body, weekday=weekday, opens=dt.time(8), closes=dt.time(11, 30))
    a_contact(tun, anna)
    made = a_heads_up(tun, match)  # Monday 9.30; two of four hours are left today
    assert on_wall(made.step_at) == "Tue 10.00"
    early = ladder.not_received(heads_up=made, by=tun.system(), at=made.step_at - dt.timedelta(seconds=1))
    assert (early.step, desk(tun)) == (0, [])
    first = ladder.not_received(heads_up=made, by=tun.system(), at=made.step_at)
    assert (first.step, told(), desk(tun), on_wall(first.step_at)) == (1, [HANNE], ["ring_professional"], "Mon 10.30")
    again = ladder.not_received(heads_up=made, by=tun.system(), at=made.step_at)
    assert (again.step, told()) == (1, [HANNE])
    second = ladder.not_received(heads_up=made, by=tun.system(), at=first.step_at)
    assert (second.step, told(), desk(tun)) == (2, [HANNE, SILJE], ["ring_professional"])
    assert differing.receive(heads_up=made, by=silje(tun), at=first.step_at).received_by.startswith("Silje")
    assert desk(tun) == []


def test_received_in_time_nobody_is_rung(tun, match, anna):
    a_contact(tun, anna)
    made = a_heads_up(tun, match)
    differing.receive(heads_up=made, by=hanne(tun), at=tun.now)
    after = ladder.not_received(heads_up=made, by=tun.system(), at=tun.now + dt.timedelta(days=9))
    assert (after.step, desk(tun), told()) == (0, [], [HANNE])


def test_on_leave_the_deputy_is_told_and_with_nobody_there_somebody_rings(tun, match, anna):
    contact = a_contact(tun, anna)
    body, today = Organisation.objects.get(owner=tun.council), tun.now.date()
    posts = [
        Membership.objects.create(person=who, organisation=body, role="unit_employee", starts=dt.date(2026, 1, 1))
        for who in (contact.professional, contact.deputy)
    ]
    Leave.objects.create(membership=posts[0], starts=today, ends=today)
    a_heads_up(tun, match)
    assert (told(), desk(tun)) == ([SILJE], [])
    posts[1].ends = today
    posts[1].save()
    a_heads_up(tun, match)
    assert (told(), desk(tun)) == ([SILJE], ["ring_professional"])


def test_the_yes_taken_back_stops_all_at_once(tun, match, anna):
    contact = a_contact(tun, anna)
    made = a_heads_up(tun, match, text=WORDS)
    contacts.take_back(contact=contact, by=oneself(tun, anna), at=tun.now)
    made.refresh_from_db()
    assert (made.state, bytes(made.sealed)) == ("ended", b"")
    assert set(Message.objects.filter(ref_id=made.id).values_list("state", flat=True)) == {"cancelled"}
    assert not Question.objects.filter(ref_id=made.id, ends_at__gt=tun.now).exists()
    with pytest.raises(NotYours):
        queries.heads_up_for(hanne(tun), made.id)
    assert Consent.objects.get(id=contact.consent_id).withdrawn_at == tun.now
    assert a_heads_up(tun, match).state == "held"


def test_naming_another_takes_the_first_yes_back(tun, anna):
    first = a_contact(tun, anna)
    second = a_contact(tun, anna, deputy=False)
    assert list(Contact.objects.filter(ended_at=None)) == [second]
    assert Consent.objects.get(id=first.consent_id).withdrawn_at is not None


@pytest.mark.rule("R113")
def test_a_death_stops_it_in_the_same_act(tun, match, anna):
    a_contact(tun, anna)
    made = a_heads_up(tun, match, text=WORDS)
    note_death(person=anna, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert (made.state, bytes(made.sealed), desk(tun)) == ("ended", b"", [])
    assert not Message.objects.filter(ref_kind="to_you", state="pending").exists()
    with pytest.raises(NotYours):
        queries.heads_up_for(hanne(tun), made.id)
    Match.objects.filter(id=match.id).update(state="done")
    with pytest.raises(NotYours):
        a_heads_up(tun, match)


def test_control_without_the_death_the_message_stands(tun, match, anna):
    a_contact(tun, anna)
    a_heads_up(tun, match)
    assert Message.objects.filter(ref_kind="to_you", state="pending").exists()


def test_somebody_away_from_today_is_not_looked_in_on(tun, match, anna):
    a_contact(tun, anna)
    made = a_heads_up(tun, match)
    note_away(person=anna, starts=tun.now.date(), ends=None, where="away", by=tun.viewer(), at=tun.now)
    differing.person_away(person_id=anna.id, by=tun.system(), at=tun.now)
    made.refresh_from_db()
    assert made.state == "ended"


@pytest.mark.rule("R112")
def test_another_organisation_another_volunteer_and_the_person_see_nothing(tun, match, anna):
    a_contact(tun, anna)
    made = a_heads_up(tun, match)
    stranger = tun.volunteer("Jonas", "Vik", "+4790000002").person
    for viewer in (tun.viewer(tun.other), tun.viewer(tun.council), oneself(tun, stranger), oneself(tun, anna)):
        with pytest.raises(NotYours):
            queries.heads_up_for(viewer, made.id)
    assert queries.heads_up_for(tun.viewer(), made.id) == made, "control: the owner's coordinator sees that it exists"
    with pytest.raises(NotYours):
        a_heads_up(tun, match, by=oneself(tun, stranger))


@pytest.mark.parametrize(
    ("ticked", "text", "refusal"),
    [((), "  ", differing.SayWhat), (("strange",), "", differing.SayWhat), ((), "å" * 301, differing.TooManyWords)],
)
def test_bad_input_is_refused_with_a_sentence(tun, match, ticked, text, refusal):
    with pytest.raises(refusal):
        a_heads_up(tun, match, ticked=ticked, text=text)
    assert not HeadsUp.objects.exists()


def test_sent_twice_is_one(tun, match):
    key = uuid7()
    assert a_heads_up(tun, match, key=key) == a_heads_up(tun, match, key=key)
    assert HeadsUp.objects.count() == 1


def test_forgotten_after_three_months_and_not_before(tun, match, anna):
    a_contact(tun, anna)
    made = a_heads_up(tun, match)
    differing.receive(heads_up=made, by=hanne(tun), at=tun.now)
    system = tun.system()
    assert not differing.forget(heads_up_id=made.id, by=system, at=tun.now + dt.timedelta(days=90))
    assert differing.forget(heads_up_id=made.id, by=system, at=tun.now + dt.timedelta(days=91))
    assert not HeadsUp.objects.exists()


def test_the_file_an_owner_takes_out_has_no_words(tun, match):
    a_heads_up(tun, match, text=WORDS)
    table = exports.tables_of(tun.centre.id)["feedback/heads_ups"]
    assert len(table.rows) == 1
    assert WORDS not in str(table)
    assert exports.tables_of(tun.other.id)["feedback/heads_ups"].rows == []


def test_the_one_named_can_neither_be_the_person_nor_deputy_for_themselves(tun, anna):
    facts = {
        "person": anna, "owner": tun.centre, "unit": tun.council, "title": "", "basis": "self", "form": "oral",
        "by": tun.viewer(), "at": tun.now,
    }  # fmt: skip
    way = contacts.Way("Hanne Fossheim", HANNE)
    with pytest.raises(contacts.OneEach):
        contacts.name_professional(who=way, deputy=way, **facts)
    with pytest.raises(contacts.NotThePerson):
        contacts.name_professional(who=contacts.Way(anna.full_name, anna.phone), **facts)
    with pytest.raises(contacts.NameAndNumber):
        contacts.name_professional(who=contacts.Way("Hanne"), **facts)
    with pytest.raises(NotYours):
        contacts.name_professional(who=way, **facts | {"by": tun.viewer(tun.other)})


def test_a_bare_yes_by_text_means_the_ask_and_never_what_waits_to_be_read(tun, match, anna, municipality):
    """Hanne is a volunteer as well: her JA is to the snow."""
    contact = a_contact(tun, anna)
    a_heads_up(tun, match)
    by = tun.system()
    helper = welcome_volunteer(person=contact.professional, host=tun.centre, task_types=[tun.snow], by=by, at=tun.now)
    request = tun.request(tun.person("Olav", "Nes", "+4757410011"))
    (ask,) = ask_volunteers(request=request, volunteers=[helper.id], by=tun.viewer(), at=tun.now)
    later = tun.now + dt.timedelta(minutes=5)
    said = receive_sms(tenant=municipality.id, gateway_id="x1", phone=HANNE, text="Ja", at=later)
    assert said.state == "understood"
    assert Ask.objects.get(id=ask.id).state == "yes"
    assert HeadsUp.objects.get().state == "waits"


def test_what_waits_cannot_be_answered_by_text(tun, match, anna, municipality):
    a_contact(tun, anna)
    a_heads_up(tun, match)
    code = Question.objects.get(kind="to_you").code
    for number, text in enumerate((f"JA {code}", "Motteke", f"{code}")):
        receive_sms(tenant=municipality.id, gateway_id=f"y{number}", phone=HANNE, text=text, at=tun.now)
    assert HeadsUp.objects.get().state == "waits"
