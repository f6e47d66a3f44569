"""How was it? Asked of those who were there, seldom; answered by them; read without names by those who hold it."""

import datetime as dt
import itertools

import pytest
from django.urls import reverse

from samtun.evaluation.feedback.queries import about
from samtun.evaluation.surveys import actions, queries
from samtun.evaluation.surveys.models import Answer
from samtun.foundation import exports, slots
from samtun.foundation.models import AccessEntry, AuditEvent
from samtun.foundation.notices import notice_of, render
from samtun.foundation.recipients import resolve
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message, Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.activities.actions.times import note_held
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions.attending import note_attendance
from samtun.people.persons.actions import note_death
from samtun.work.todos.models import Todo
from tests.factories import programme
from tests.factories.desk import oneself
from tests.factories.journey import make_tun
from tests.factories.registrations import signs_up, walk

YES, RING = Answer.Value.YES, Answer.Value.RING_ME


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


def hold(tun, time):
    """Note that it was held, the evening it was."""
    row = note_held(occurrence=time, head_count=None, by=tun.viewer(), at=time.ends_at)
    return Occurrence.objects.select_related("activity__owner", "host").get(id=row.id)


def ask(tun, time):
    return actions.ask_how_it_was(occurrence=time, by=tun.system(), at=time.ends_at)


def answers(time, row, value=YES, by=None, **more):
    person = row.contact
    return actions.answer_how_it_was(
        occurrence=time, person=person.id, value=value, via="link", by=by or oneself(person), at=time.ends_at, **more
    )


def test_those_who_were_there_are_asked_once_and_nobody_who_was_not(tun):
    _it, time = walk(tun)
    (there,) = signs_up(tun, time, "Anna Stokke", n=1)
    (away,) = signs_up(tun, time, "Berit Moen", n=2)
    two = signs_up(tun, time, "Cato Lien", "Dina Lien", n=3)
    note_attendance(occurrence=time, registration=away.id, came=False, by=tun.viewer(), at=time.starts_at)
    held = hold(tun, time)
    assert ask(tun, held) == 2
    asked = Message.objects.filter(notice="surveys.how_was_it")
    assert set(asked.values_list("to_person", flat=True)) == {there.contact_id, two[0].contact_id}
    assert min(asked.values_list("not_before", flat=True)) >= held.ends_at + dt.timedelta(hours=2)
    assert ask(tun, held) == 0, "once"
    with pytest.raises(NotYours):
        actions.ask_how_it_was(occurrence=held, by=tun.viewer(), at=tun.now)


def test_what_comes_every_week_is_asked_about_once_in_three_months(tun):
    it = programme.activity(tun, programme.weekly(), sign_up="sign_up", title="Turgruppa")
    rows = programme.times(it)
    asked = []
    for time in (rows[0], rows[1], rows[14]):
        time.activity = it
        signs_up(tun, time, "Anna Stokke", n=1, contact=tun.person("Anna", "Stokke", "+4790000001"))
        asked.append(ask(tun, hold(tun, time)))
    assert asked == [1, 0, 1]


def test_only_the_one_who_was_there_answers_and_to_be_rung_is_a_to_do_for_those_who_hold_it(tun):
    _it, time = walk(tun)
    (row,) = signs_up(tun, time, "Anna Stokke", n=1)
    (away,) = signs_up(tun, time, "Berit Moen", n=2)
    note_attendance(occurrence=time, registration=away.id, came=False, by=tun.viewer(), at=time.starts_at)
    held = hold(tun, time)
    for by in (tun.viewer(), Viewer.anonymous(tun.municipality.id), oneself(away.contact)):
        with pytest.raises(NotYours):
            answers(held, row, by=by)
    with pytest.raises(NotYours):
        answers(held, away)
    with pytest.raises(actions.WordsTooLong):
        answers(held, row, words="x" * 301)
    made = answers(held, row, RING)
    todo = Todo.objects.get(ref_kind="how_was_it", done_at=None)
    assert (todo.ref_id, todo.owner_id, todo.reason, todo.about) == (made.id, tun.centre.id, "ring_me", "AS")
    seen = queries.how_it_was(tun.viewer(), held.id)
    assert [one.person_id for one in seen.to_ring] == [row.contact_id]


def five(tun):
    """What was held, and five who were there."""
    _it, time = walk(tun)
    rows = [signs_up(tun, time, f"{name} Vik", n=n)[0] for n, name in enumerate(("Ada", "Bo", "Cia", "Dag", "Eva"), 1)]
    return hold(tun, time), rows


def test_nobody_is_to_ring_one_who_has_died(tun):
    _it, time = walk(tun)
    (row,) = signs_up(tun, time, "Anna Stokke", n=1)
    held = hold(tun, time)
    answers(held, row, RING)
    assert len(queries.how_it_was(tun.viewer(), held.id).to_ring) == 1
    note_death(person=row.contact, by=tun.viewer(), at=tun.now)
    assert queries.how_it_was(tun.viewer(), held.id).to_ring == []


def test_fewer_than_five_answers_are_no_number_and_words_stand_without_a_name(tun):
    held, rows = five(tun)
    for row in rows[:4]:
        answers(held, row, words="Fin tur")
    few = queries.how_it_was(tun.viewer(), held.id)
    assert (few.number, few.words, few.said, few.to_ring) == (0, "", [], [])
    answers(held, rows[4])
    enough = queries.how_it_was(tun.viewer(), held.id)
    assert (enough.number, enough.said) == (5, ["Fin tur"] * 4)
    with pytest.raises(NotYours):
        queries.how_it_was(tun.viewer(tun.other), held.id)


def test_one_who_asks_to_be_rung_is_not_given_away_by_being_the_only_one_with_words(tun):
    held, rows = five(tun)
    answers(held, rows[0], RING, words="Bussen kom aldri")
    alone = queries.how_it_was(tun.viewer(), held.id)
    assert [one.person_id for one in alone.to_ring] == [rows[0].contact_id]
    assert alone.said == []


def test_what_is_taken_out_has_no_words_where_a_name_or_a_time_stands(tun):
    held, rows = five(tun)
    for row, words in zip(rows, ("Ca", "Bb", "Aa", "", "Dd"), strict=True):
        answers(held, row, words=words)
    told = exports.tables_of(tun.centre.id)
    assert told["surveys/words_without_names"].columns == ("occurrence", "words")
    assert told["surveys/words_without_names"].rows == [(held.id, words) for words in ("Aa", "Bb", "Ca", "Dd")]
    assert [row[6] for row in told["surveys/answers"].rows] == [""] * 5
    Answer.objects.filter(person=rows[4].contact).delete()
    assert exports.tables_of(tun.centre.id)["surveys/words_without_names"].rows == [], "as on the page: from five on"


def test_the_link_asks_takes_words_and_goes_on_to_feedback(municipality, scope, now, open_as, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope():
        tun = make_tun(municipality, now)
        _it, time = walk(tun)
        (row,) = signs_up(tun, time, "Anna Stokke", n=1)
        held = hold(tun, time)
        asked = Question.objects.create(
            kind="how_was_it", ref_kind="how_was_it", ref_id=held.id, to_person=row.contact_id, code=31,
            nonce="abcdefgh", owner=tun.centre, asked_at=now, ends_at=now + dt.timedelta(days=14),
            link_until=now + dt.timedelta(days=20),
        )  # fmt: skip
        assert about.thing_asked_about(asked).title.startswith("Fjelltur")
        url = reverse("how_was_it_link", args=[make_token(asked)])
    client.cookies["samtun_language"] = "en"
    assert "How was it?" in client.get(url).content.decode()
    with scope():
        assert not Answer.objects.exists(), "opening answers nothing"
    assert "That is good to hear." in client.post(url, {"answer": "yes"}, follow=True).content.decode()
    too_long = client.post(url, {"answer": "yes", "words": "x" * 301})
    assert (too_long.status_code, "x" * 301 in too_long.content.decode()) == (422, True)
    assert "«Fin tur»" in client.post(url, {"answer": "yes", "words": "Fin tur"}, follow=True).content.decode()
    assert "We ring you" in client.post(url, {"answer": "ring_me"}, follow=True).content.decode()
    with scope():
        assert Answer.objects.get().words == "Fin tur"
    desk = open_as(tun.viewer())
    page = desk.get(reverse("how_it_was", args=[held.id])).content.decode()
    with scope():
        assert any(row.contact_id in entry.persons for entry in AccessEntry.objects.all()), "who saw whom is kept"
    assert "Anna Stokke" in page
    assert "Fin tur" not in page, "one alone is told by her words"
    assert reverse("how_it_was", args=[held.id]) in desk.get(reverse("occurrence", args=[held.id])).content.decode()


def test_what_was_said_of_a_closed_list_is_offered_to_those_alone_who_may_read_it(tun):
    it = programme.activity(tun, owner=tun.other, title="Gruppa", is_listed=False, sign_up="sign_up")
    time = programme.times(it)[0]
    time.activity = it
    (row,) = signs_up(tun, time, "Anna Stokke", n=1, by=tun.viewer(tun.other), via="phone")
    note_held(occurrence=time, head_count=None, by=tun.viewer(tun.other), at=time.ends_at)
    answers(Occurrence.objects.select_related("activity__owner", "host").get(id=time.id), row)
    ref, on = Ref("occurrence", time.id), time.on

    def offered(by):
        return "surveys/slot_time.html" in [one.template for one in slots.fragments(by, ref, on=on)]

    assert offered(tun.viewer(tun.other))
    assert not offered(tun.viewer(tun.centre))


@pytest.mark.rule("R59")
def test_of_a_closed_list_nothing_that_is_sent_says_what_it_is_or_who_holds_it(tun):
    notice, texts = notice_of("surveys.how_was_it"), {}
    for listed in (True, False):
        it = programme.activity(tun, title="Sorggruppa", is_listed=listed, sign_up="sign_up", where="Kapellet")
        time = programme.times(it)[0]
        time.activity = it
        (row,) = signs_up(tun, time, "Anna Stokke", n=1, by=tun.viewer(), via="phone")
        facts = notice.facts(hold(tun, time).id, resolve(row.contact_id)) | {"name": "Anna"}
        ways = itertools.product(notice.channels, ("nb", "nn", "en"))
        texts[listed] = "".join(
            render(notice, channel=channel, language=language, facts=facts) for channel, language in ways
        )
    assert tun.centre.name in texts[True]
    for secret in (tun.centre.name, "Sorggruppa", "Kapellet"):
        assert secret not in texts[False]


def test_an_answer_and_its_words_are_taken_together_or_not_at_all(tun):
    _it, time = walk(tun)
    (row,) = signs_up(tun, time, "Anna Stokke", n=1)
    held = hold(tun, time)
    asked = Question.objects.create(
        kind="how_was_it", ref_kind="how_was_it", ref_id=held.id, to_person=row.contact_id, code=31, nonce="abcdefgh",
        owner=tun.centre, asked_at=held.ends_at, ends_at=held.ends_at + dt.timedelta(days=14),
        link_until=held.ends_at + dt.timedelta(days=20),
    )  # fmt: skip
    says = {"question": asked, "value": YES, "via": "link", "by": oneself(row.contact), "at": held.ends_at}
    with pytest.raises(actions.WordsTooLong):
        actions.take_how_it_was(**says, words="x" * 301)
    asked.refresh_from_db()
    assert (asked.answered_at, Answer.objects.exists()) == (None, False)
    actions.take_how_it_was(**says, words="Fin tur")
    actions.take_how_it_was(**says | {"value": RING})
    asked.refresh_from_db()
    stands = Answer.objects.get()
    assert (asked.answer, stands.value, stands.words) == ("yes", "ring_me", "Fin tur")


def test_after_a_year_the_answer_stands_without_who_and_words(tun):
    held, rows = five(tun)
    for row in rows:
        answers(held, row, RING, words="Fin tur")
    year = held.ends_at + queries.YEAR
    with pytest.raises(NotYours):
        actions.forget(by=tun.viewer(), at=year)
    assert actions.forget(by=tun.system(), at=year) == 0
    assert not AuditEvent.objects.filter(act="surveys.forget").exists()
    assert actions.forget(by=tun.system(), at=year + dt.timedelta(minutes=1)) == 5
    assert actions.forget(by=tun.system(), at=year + dt.timedelta(days=1)) == 0, "once"
    assert {(one.person_id, one.words, one.value) for one in Answer.objects.all()} == {(None, "", "ring_me")}
    assert AuditEvent.objects.get(act="surveys.forget").words == {"number": 5}
    told = queries.how_it_was(tun.viewer(), held.id)
    assert (told.number, told.said, told.to_ring) == (5, [], [])
    assert [row[0] for row in exports.tables_of(tun.centre.id)["surveys/answers"].rows] == [""] * 5


def test_feedback_about_a_time_goes_to_those_who_hold_it(tun):
    _it, time = walk(tun)
    hidden = programme.times(programme.activity(tun, title="Gruppa", is_listed=False))[0]
    thing = about.kind_chosen(f"occurrence:{time.id}")
    assert (thing.kind, thing.id) == ("occurrence", time.id)
    assert about.public_choice(f"occurrence:{hidden.id}") == [], "a closed one is not told of"
    (row,) = signs_up(tun, time, "Anna Stokke", n=1)
    assert about.thing_for(oneself(row.contact), "occurrence", time.id).id == time.id
    with pytest.raises(NotYours):
        about.thing_for(oneself(tun.person("Berit", "Moen", "+4790000077")), "occurrence", time.id)
