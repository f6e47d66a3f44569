"""How was it? Asked of those who were there, seldom; answered by them; read without names by those who hold it."""

import datetime as dt

import pytest
from django.urls import reverse

from samtun.evaluation.feedback.queries import about
from samtun.evaluation.surveys import actions, queries
from samtun.evaluation.surveys.models import Answer
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message, Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.activities.actions.times import note_held
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions.attending import note_attendance
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


def test_fewer_than_five_answers_are_no_number_and_words_stand_without_a_name(tun):
    _it, time = walk(tun)
    rows = [signs_up(tun, time, f"{name} Vik", n=n)[0] for n, name in enumerate(("Ada", "Bo", "Cia", "Dag", "Eva"), 1)]
    held = hold(tun, time)
    for row in rows[:4]:
        answers(held, row, words="Fin tur")
    few = queries.how_it_was(tun.viewer(), held.id)
    assert (few.number, few.words, few.said, few.to_ring) == (0, "", ["Fin tur"] * 4, [])
    answers(held, rows[4])
    assert queries.how_it_was(tun.viewer(), held.id).number == 5
    with pytest.raises(NotYours):
        queries.how_it_was(tun.viewer(tun.other), held.id)


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
    assert "Anna Stokke" in page
    assert "Fin tur" in page
    assert reverse("how_it_was", args=[held.id]) in desk.get(reverse("occurrence", args=[held.id])).content.decode()


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
