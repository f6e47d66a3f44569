"""The note in the pocket: its author's alone, in nobody else's lists, gone after fourteen days."""

import datetime as dt
import re
import uuid
from dataclasses import replace

import pytest
from django.urls import reverse

from samtun.foundation import exports
from samtun.foundation.models import SearchWord
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.operation.referrals import actions
from samtun.operation.referrals.models import PocketNote
from samtun.operation.referrals.queries import notes_of
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person
from samtun.people.persons.queries import find_as_you_type
from samtun.work.todos.queries import due_for
from tests.factories.journey import log_in, make_tun

WORDS = "Kari Moen i butikken: vil ha nokon å gå tur med"


@pytest.fixture
def tun(municipality, now):
    with open_scope(municipality.id):
        return make_tun(municipality, now)


@pytest.fixture
def turid(tun, scope):
    with scope():
        person = tun.person("Turid", "Lunde", "+4790000401")
        return replace(tun.viewer(), person=person.id)


def kept(tun, turid, **changes):
    facts = {"words": WORDS, "sent_key": uuid.uuid4(), "at": tun.now} | changes
    return actions.keep_note(by=turid, **facts)


def test_a_note_sent_twice_is_one(tun, turid, scope):
    key = uuid.uuid4()
    with scope():
        assert kept(tun, turid, sent_key=key) == kept(tun, turid, sent_key=key)
        assert PocketNote.objects.count() == 1


def test_it_is_gone_after_fourteen_days_job_or_no_job(tun, turid, scope):
    with scope():
        kept(tun, turid)
        last = tun.now + dt.timedelta(days=14)
        assert len(notes_of(turid, at=last - dt.timedelta(minutes=1))) == 1
        assert notes_of(turid, at=last) == []
        assert actions.forget_old_notes(by=tun.system(), at=last) == 1
        assert not PocketNote.objects.exists()


def test_nobody_else_finds_it_in_lists_search_or_files(tun, turid, scope):
    with scope():
        note = kept(tun, turid)
        colleague = replace(tun.viewer(), person=tun.person("Eirik", "Dahl", "+4790000402").id)
        assert notes_of(colleague, at=tun.now) == []
        assert due_for(colleague, at=tun.now) == []
        assert find_as_you_type(colleague, "Kari Moen", at=tun.now) == []
        for name, table in exports.tables_of(tun.centre.id).items():
            assert WORDS not in str(table.rows), name
        actions.forget_note(note_id=note.id, by=colleague, at=tun.now)
        assert PocketNote.objects.filter(id=note.id).exists(), "only the author forgets it"
        assert not Person.objects.filter(family_name="Moen").exists()


@pytest.mark.parametrize(("words", "refusal"), [(" ", actions.NothingWritten), ("å" * 401, actions.TooManyWords)])
def test_nothing_and_too_much_are_said(tun, turid, scope, words, refusal):
    with scope(), pytest.raises(refusal):
        kept(tun, turid, words=words)


def test_who_does_not_take_calls_keeps_no_notes(tun, turid, scope):
    with scope(), pytest.raises(NotYours):
        kept(tun, tun.assessor())


@pytest.fixture
def window(client, tun, scope):
    client.cookies["samtun_language"] = "en"
    with scope():
        log_in(client, tun)
    return client


def test_without_javascript_it_is_a_form_as_any_other(window, scope):
    answer = window.post("/lommelapp/", {"words": WORDS, "key": ""}, follow=True)
    assert "Kept, for you alone." in answer.content.decode()
    assert "gone in 14 days" in answer.content.decode()
    with scope():
        note = PocketNote.objects.get()
    screen = window.post("/samtale/", {"find": "1", "note": str(note.id), "words": WORDS}).content.decode()
    assert WORDS in screen
    assert str(note.id) in screen


def test_a_note_that_has_become_a_wish_is_forgotten(window, tun, scope):
    window.post("/lommelapp/", {"words": WORDS, "key": str(uuid.uuid4())})
    with scope():
        note = PocketNote.objects.get()
    data = {
        "person": "new", "given_name": "Kari", "family_name": "Moen", "phone": "57 41 00 66", "phone_kind": "landline",
        "task_type": str(tun.snow.id), "words": WORDS, "minutes": "60", "at": "", "source": "call", "key": "",
        "note": str(note.id), "on_other": (clock.today() + dt.timedelta(days=3)).isoformat(),
    }  # fmt: skip
    answer = window.post("/samtale/", data)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    with scope():
        assert not PocketNote.objects.exists()


def test_what_the_telephone_keeps_names_nobody_and_needs_no_login(window, client):
    shell = client.get(reverse("pocket_outside", args=["nn"]))
    assert shell.status_code == 200
    assert "Inga dekning" in shell.content.decode()
    assert client.get(reverse("pocket_outside", args=["xx"])).status_code == 404
    script = client.get(reverse("pocket_worker"))
    assert script["Content-Type"].startswith("text/javascript")
    assert "/lommelapp/ute/nn/" in script.content.decode().replace("\\u002D", "-")


def test_from_the_telephone_the_answer_is_short(window, scope):
    assert from_telephone(window).status_code == 204
    with scope():
        assert PocketNote.objects.count() == 1


def mark_of(page):
    return re.search(r'data-author="([\w-]{43})"', page.content.decode())[1]


def from_telephone(window, **changes):
    data = {"words": WORDS, "key": str(uuid.uuid4()), "author": mark_of(window.get("/lommelapp/"))} | changes
    return window.post("/lommelapp/", data, headers={"X-Pocket": "1"})


def test_a_telephone_that_two_share_sends_for_none_but_the_author(window, tun, scope):
    hers = mark_of(window.get("/lommelapp/"))
    with scope():
        log_in(window, tun, role=Role.LEADER)
    assert mark_of(window.get("/lommelapp/")) != hers
    assert from_telephone(window, author=hers).status_code == 409
    assert from_telephone(window, author="").status_code == 409
    with scope():
        assert not PocketNote.objects.exists()


def test_logging_in_or_out_makes_the_telephone_forget_whose_it_was(window):
    assert window.get("/lommelapp/").cookies["samtun_pocket"]["path"] == "/lommelapp/"
    forgotten = window.post("/ut/").cookies["samtun_pocket"]
    assert (forgotten.value, forgotten["path"], forgotten["max-age"]) == ("", "/lommelapp/", 0)


def test_the_fourteen_days_count_from_when_it_was_written(window, tun, scope):
    before = clock.now()
    assert from_telephone(window, age=str(3 * 86400)).status_code == 204
    with scope():
        written = PocketNote.objects.get().made_at
    assert abs(before - dt.timedelta(days=3) - written) < dt.timedelta(minutes=1)
    assert "gone in 11 days" in window.get("/lommelapp/").content.decode()
    assert from_telephone(window, age=str(15 * 86400)).status_code == 410, "the telephone may let go of it"
    assert from_telephone(window, age="-60").status_code == 422
    with scope():
        assert PocketNote.objects.count() == 1


def test_never_written_in_the_time_to_come(tun, turid, scope):
    with scope():
        assert kept(tun, turid, written_at=tun.now + dt.timedelta(hours=2)).made_at == tun.now
        with pytest.raises(actions.LainTooLong):
            kept(tun, turid, written_at=tun.now - dt.timedelta(days=14))


def test_no_word_of_it_stands_in_the_search(tun, turid, scope):
    said = {word.casefold() for word in WORDS.replace(":", "").split()}
    with scope():
        kept(tun, turid)
        assert not SearchWord.objects.filter(word__in=said).exists()
        register_person(owner=tun.centre, source="call", given_name="Kari", family_name="Moen", by=tun.viewer(),
                        at=tun.now)  # fmt: skip
        assert set(SearchWord.objects.filter(word__in=said).values_list("word", flat=True)) == {"kari", "moen"}


def test_a_word_of_illness_is_asked_about_and_nothing_typed_is_lost(window, scope):
    answer = window.post("/lommelapp/", {"words": "Kari har demens", "key": ""})
    assert answer.status_code == 422
    assert "Kari har demens" in answer.content.decode()
    assert 'name="keep_words"' in answer.content.decode()
    assert from_telephone(window, words="Kari har demens").status_code == 204, "nobody would see the question there"
    assert "You wrote “demens”" in window.get("/lommelapp/").content.decode()
