"""Bad weather: a day is called off in one act, or those who hold it are asked and settle it with one answer."""

import datetime as dt

import pytest

from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.actions import answer
from samtun.notifications.messages.models import Message, Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.activities import queries
from samtun.operation.activities.actions import times
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Occurrence
from tests.factories import catalogue as publishers
from tests.factories import programme
from tests.factories.programme import FRIDAY, activity, when

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def asked(tun, title="Kor", because="Storm", owner=None):
    """Return a time of the church's and its question to Gerd, who answers for the church."""
    publishers.known(tun)
    row = programme.times(activity(tun, owner=owner or tun.other, title=title))[0]
    times.ask_whether_held(occurrences=[row.id], because=because, by=tun.viewer(tun.centre), at=tun.now)
    return row, Question.objects.filter(ref_id=row.id).first()


def reply(tun, question, word):
    by = Viewer.system(tun.centre.tenant_id)
    return answer(question=question, answer=word, via="sms", by=by, at=tun.now + dt.timedelta(minutes=5))


def test_one_act_calls_off_the_day(tun):
    first = programme.times(activity(tun))[0]
    second = programme.times(activity(tun, title="Kor"))[0]
    third = programme.times(activity(tun, when(starts_on=FRIDAY + DAY), title="Marsj"))[0]
    found = queries.on_that_day(tun.viewer(), on=FRIDAY)
    assert {row.id for row in found} == {first.id, second.id}
    off = times.call_off_many(occurrences=[first.id, second.id], because="Storm", by=tun.viewer(), at=tun.now)
    assert len(off) == 2
    third.refresh_from_db()
    assert third.state == OccurrenceState.PLANNED


@pytest.mark.parametrize(("word", "state", "note"), [("yes", "planned", ""), ("no", "off", "Storm")])
def test_those_who_hold_it_are_asked_and_one_answer_settles_it(tun, word, state, note):
    gerd = publishers.speaks(tun, tun.other)
    row, question = asked(tun)
    assert Message.objects.get(notice="activities.is_it_held").to_person == gerd.id
    reply(tun, question, word)
    row.refresh_from_db()
    assert (row.state, row.note, row.asked_because) == (state, note, "")
    with pytest.raises(times.NotThatStepNow):
        times.answer_whether_held(occurrence=row, is_held=False, by=tun.viewer(tun.centre), at=tun.now)


def test_called_off_meanwhile_nobody_is_asked_any_more(tun):
    publishers.speaks(tun, tun.other)
    row, question = asked(tun)
    times.call_off(occurrence=row, because="Stengt veg", by=tun.viewer(tun.centre), at=tun.now)
    question.refresh_from_db()
    assert question.ends_at == tun.now
    assert Occurrence.objects.get(id=row.id).note == "Stengt veg"


def test_nobody_to_ask_is_said_and_none_is_asked_about(tun):
    publishers.speaks(tun, tun.other)
    publishers.known(tun)
    rows = [programme.times(activity(tun, owner=one))[0] for one in (tun.other, tun.council)]
    with pytest.raises(times.NobodyToAsk):
        times.ask_whether_held(
            occurrences=[row.id for row in rows], because="Storm", by=tun.viewer(tun.centre), at=tun.now
        )
    assert not Question.objects.exists()
    with pytest.raises(times.SayWhyAsked):
        times.ask_whether_held(occurrences=[rows[0].id], because=" ", by=tun.viewer(tun.centre), at=tun.now)
    with pytest.raises(NotYours):
        times.ask_whether_held(occurrences=[rows[0].id], because="Storm", by=tun.viewer(tun.council), at=tun.now)


def test_a_day_is_called_off_on_one_page(page, open_as, scope):
    with scope():
        rows = [programme.times(activity(page, title=title))[0] for title in ("Kor", "Kaffe")]
    at = open_as(page.viewer(page.centre))
    assert "Kor" in at.get("/program/uver/?dag=2026-11-27").content.decode()
    assert at.get("/program/uver/?dag=tull").status_code == 200
    nothing = at.post("/program/uver/?dag=2026-11-27", {"because": "Storm"})
    assert nothing.status_code == 422
    sent = {"because": "Storm", "times": [str(row.id) for row in rows]}
    assert at.post("/program/uver/?dag=2026-11-27", sent).status_code == 302
    with scope():
        rows[0].refresh_from_db()
    assert rows[0].state == "off"


def test_the_centre_asks_the_open_page_says_so_and_one_press_settles_it(page, open_as, scope, client):
    with scope():
        publishers.speaks(page, page.other)
        publishers.known(page)
        row = programme.times(activity(page, owner=page.other, title="Kor"))[0]
        alone = programme.times(activity(page, owner=page.council, title="Marsj"))[0]
    at, here = open_as(page.viewer(page.centre)), "/program/uver/?dag=2026-11-27"
    lonely = at.post(here, {"because": "Storm meldt", "times": [str(alone.id)], "act": "ask"})
    assert lonely.status_code == 422
    assert "Storm meldt" in lonely.content.decode()
    done = at.post(here, {"because": "Storm meldt", "times": [str(row.id)], "act": "ask"}, follow=True)
    assert "They are asked." in done.content.decode()
    shown = f"/hva-skjer/{row.id}/"
    client.cookies["samtun_language"] = "en"
    assert "It is not settled whether it is held" in client.get(shown).content.decode()
    with scope():
        link = f"/svar/halde/{make_token(Question.objects.get(ref_id=row.id))}/"
    assert "Storm meldt" in client.get(link).content.decode()
    assert "Kor is called off" in client.post(link, {"answer": "no"}, follow=True).content.decode()
    assert "It is not settled" not in client.get(shown).content.decode()
    assert client.post(link, {"answer": "yes"}).status_code == 200, "settled: nothing more is done"
    with scope():
        assert Occurrence.objects.get(id=row.id).state == "off"
