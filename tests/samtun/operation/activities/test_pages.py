"""The open pages and those where one writes, and calendars that others read."""

import datetime as dt
import re
import uuid

import icalendar
import pytest

from samtun.foundation.viewer import Permission, Role
from samtun.notifications.messages.models import Message
from samtun.operation.activities.actions import making, times
from samtun.operation.activities.adapters.calendar import Entry, calendar
from samtun.operation.activities.models import Activity
from samtun.partners.catalogue.enums import Category, Group
from samtun.work.todos.models import Todo
from tests.factories import catalogue as publishers
from tests.factories import programme
from tests.factories.lending import a_hall, an_evening, booked
from tests.factories.programme import FRIDAY, activity, told, weekly, when


def written(**changes):
    return {
        "key": str(uuid.uuid4()), "title": "Basar", "category": "event", "starts_on_pick": "2026-11-27", "at": "18.00",
        "to": "21.00", "repeat": "once", "where": "Bedehuset", "transport": "organiser_fetches", "meets_name": "Gerd",
        "meets_phone": "57 00 11 22", "price": "Lodd 20 kroner", "sign_up": "open", "not_on_holidays": "on",
    } | changes  # fmt: skip


def test_the_list_the_month_and_one_time(page, scope, client):
    with scope():
        it = activity(page, weekly(), about="Kaffe og strikk", easy="Vi strikker sammen.")
        first = programme.times(it)[0]
        times.call_off(occurrence=programme.times(it)[1], because="Storm", by=page.viewer(), at=page.now)
    client.cookies["samtun_language"] = "en"
    listed = client.get("/hva-skjer/?naar=month").content.decode()
    assert listed.count(f"/hva-skjer/{first.id}/") == 1
    assert "Friday 27" in listed
    assert "Called off" in listed
    month = client.get("/hva-skjer/2026-11/").content.decode()
    assert month.count("Strikkekafé") == 1
    assert client.get("/hva-skjer/2026-11/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert client.get("/hva-skjer/2026-13/").status_code == 404
    one = client.get(f"/hva-skjer/{first.id}/").content.decode()
    for said in ("Marit meets you at the door", "Vi strikker sammen.", "You get there by yourself", "schema.org/Event"):
        assert said in one
    assert client.get(f"/hva-skjer/{uuid.uuid4()}/").status_code == 404
    assert client.get(f"/hva-skjer/aktivitet/{it.id}/").status_code == 200
    assert client.get("/hva-skjer/ramme/")["Content-Security-Policy"].count("frame-ancestors *") == 1


def test_what_is_wrong_is_looked_at_by_a_person(page, scope, client, open_as):
    with scope():
        publishers.known(page)
        gerd = publishers.speaks(page, page.other)
        it = activity(page, weekly(), owner=page.other)
        closed = activity(page, weekly(), title="Gruppa", is_listed=False)
    client.cookies["samtun_language"] = "en"
    said = f"/hva-skjer/aktivitet/{it.id}/feil/"
    assert client.get(f"/hva-skjer/aktivitet/{closed.id}/feil/").status_code == 404, "nobody is told that it is there"
    sent = {"key": str(uuid.uuid4()), "words": "Huset er stengt", "phone": "57"}
    assert "Huset er stengt" in client.post(said, sent).content.decode()
    for _twice in range(2):
        assert "Thank you!" in client.post(said, sent | {"phone": ""}).content.decode()
    assert "Huset er stengt" not in client.get(f"/hva-skjer/aktivitet/{it.id}/").content.decode()
    centre, desk = open_as(page.viewer()), f"/program/{it.id}/"
    assert f'href="{desk}"' in centre.get("/tilbud/meldt/").content.decode()
    assert "Huset er stengt" in centre.get(desk).content.decode()
    with scope():
        todo = Todo.objects.get(ref_id=it.id, done_at=None)
        assert (todo.reason, todo.about) == ("reported", "Strikkekafé")
    assert "off the desk" in centre.post(desk, {"act": "stand"}, follow=True).content.decode()
    assert client.get(f"/hva-skjer/aktivitet/{it.id}/").status_code == 200
    client.post(said, sent | {"key": str(uuid.uuid4()), "phone": ""})
    assert centre.post(desk, {"act": "down", "because": ""}).status_code == 422
    centre.post(desk, {"act": "down", "because": "Huset er stengt"})
    assert client.get(f"/hva-skjer/aktivitet/{it.id}/").status_code == 404
    with scope():
        assert not Todo.objects.filter(ref_id=it.id, done_at=None).exists()
        told = Message.objects.get(notice="catalogue.activity_taken_down")
        assert (told.ref_id, told.to_person) == (it.id, gerd.id), "whoever published it hears why"


def test_the_filter_keeps_what_was_chosen_and_forgives_nonsense(page, scope, client):
    with scope():
        activity(page, when(starts_on=FRIDAY + dt.timedelta(days=1)), title="Lørdag")
        activity(page)
    found = client.get("/hva-skjer/?tid=saturday&stad=tull&kva=ukjent&naar=aldri").content.decode()
    assert "Lørdag" in found
    assert "Strikkekafé" not in found
    for choice in ("saturday", "sunday", "evening", "holiday"):
        assert f'value="{choice}"' in found
    assert 'value="saturday" checked' in found


def test_a_calendar_that_others_can_read(page, scope, client):
    with scope():
        it = activity(page, weekly(), title="Kaffe, kaker; og \\prat på Ytstegrenda grendehus hver eneste fredag kveld")
        row = programme.times(it)[0]
        times.call_off(occurrence=programme.times(it)[1], because="Storm", by=page.viewer(), at=page.now)
    answer = client.get("/hva-skjer/kalender.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert all(len(line.encode()) <= 75 for line in answer.content.decode().split("\r\n"))
    read = icalendar.Calendar.from_ical(answer.content)
    found = list(read.walk("VEVENT"))
    first = found[0]
    assert str(first["summary"]) == "Kaffe, kaker; og \\prat på Ytstegrenda grendehus hver eneste fredag kveld"
    assert first["dtstart"].dt == dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC)
    assert first["dtend"].dt == dt.datetime(2026, 11, 27, 19, tzinfo=dt.UTC)
    assert str(found[1]["status"]) == "CANCELLED"
    assert {str(one["status"]) for one in found[2:]} == {"CONFIRMED"}
    one = icalendar.Calendar.from_ical(client.get(f"/hva-skjer/{row.id}/kalender.ics").content)
    assert [str(e["uid"]) for e in one.walk("VEVENT")] == [str(first["uid"])]
    assert client.get(f"/hva-skjer/kalender.ics?lag={uuid.uuid4()}").content.count(b"BEGIN:VEVENT") == 0
    assert client.get(f"/hva-skjer/{uuid.uuid4()}/kalender.ics").status_code == 404


@pytest.mark.parametrize("day", [dt.date(2027, 3, 28), dt.date(2026, 10, 25)])
def test_times_around_both_nights_are_read_back_as_written(day):
    begins = dt.datetime.combine(day, dt.time(0, 30), tzinfo=dt.UTC)
    written = Entry("a@b", begins, begins + dt.timedelta(hours=3), "Natt", "", "https://x.example/", begins, 1)
    (read,) = icalendar.Calendar.from_ical(calendar("Æøå", [written])).walk("VEVENT")
    assert (read["dtstart"].dt, read["dtend"].dt) == (begins, begins + dt.timedelta(hours=3))


def test_one_publishes_on_one_page(page, open_as, scope):
    by = page.viewer(page.centre)
    at = open_as(by)
    assert at.get("/program/ny/").status_code == 200
    answer = at.post("/program/ny/", written(owner=str(page.centre.id)))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    with scope():
        it = Activity.objects.get()
    assert (it.title, it.state, it.fee) == ("Basar", "open", None)
    assert at.get(answer["Location"]).status_code == 200
    assert "Basar" in at.get("/program/").content.decode()
    with scope():
        row = programme.times(it)[0]
    assert at.get(f"/program/gang/{row.id}/").status_code == 200
    off = at.post(f"/program/gang/{row.id}/", {"act": "off", "off-because": ""})
    assert off.status_code == 422
    assert at.post(f"/program/gang/{row.id}/", {"act": "off", "off-because": "Storm"}).status_code == 302
    assert at.post(f"/program/gang/{row.id}/", {"act": "again"}).status_code == 302
    moved = {"act": "move", "move-on_pick": "other", "move-on_other": "2026-11-28", "move-at": "12", "move-to": "14",
             "move-where": "Biblioteket"}  # fmt: skip
    assert at.post(f"/program/gang/{row.id}/", moved).status_code == 302
    with scope():
        row.refresh_from_db()
    assert (row.on, row.place_name) == (dt.date(2026, 11, 28), "Biblioteket")


def test_what_else_is_on_is_told_first_and_nothing_typed_is_lost(page, open_as, scope):
    with scope():
        activity(page, when(), title="Julemesse", category=Category.EVENT)
    at = open_as(page.viewer(page.centre))
    sent = written(owner=str(page.centre.id))
    told = at.post("/program/ny/", sent)
    words = told.content.decode()
    assert told.status_code == 200
    for said in ("Julemesse", "At the same time", "Nothing else is on for them then", "Bedehuset", "Lodd 20 kroner"):
        assert said in words
    seen = words.split('name="seen" value="')[1].split('"')[0]
    with scope():
        assert Activity.objects.filter(title="Basar").count() == 0
    assert at.post("/program/ny/", sent | {"seen": seen}).status_code == 302
    with scope():
        assert Activity.objects.filter(title="Basar").count() == 1


@pytest.mark.rule("R36")
def test_older_people_and_no_ride_is_told_and_an_answer_is_required(page, open_as):
    at = open_as(page.viewer(page.centre))
    told = at.post("/program/ny/", written(owner=str(page.centre.id), transport="own", groups=[Group.OLDER]))
    assert "Could somebody fetch them?" in told.content.decode()
    refused = at.post("/program/ny/", written(owner=str(page.centre.id), transport=""))
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"until": "2026-11-01"}, "The last day is before the first"),
        ({"repeat": "monthly"}, "Say which one of the month"),
        ({"where": ""}, "Say where it is"),
        ({"price": ""}, "Say what it costs"),
        ({"least": "10", "most": "5"}, "room for as many as must come"),
        ({"at": "kveld"}, "Write the time as 10.30"),
        ({"starts_on_pick": "other", "starts_on_other": "32.13.2026"}, "Write the date as"),
        ({"every": "99", "repeat": "weekly"}, "12"),
        ({"about": "For deg med demens"}, "You wrote"),
        ({"repeat": "weekly", "weekdays": ["2"], "until": "2026-11-28"}, "No day fits this rule"),
    ],
)
def test_what_cannot_be_gives_a_clear_sentence(page, open_as, wrong, said):
    at = open_as(page.viewer(page.centre))
    answer = at.post("/program/ny/", written(owner=str(page.centre.id), **wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Bedehuset" in answer.content.decode() or "where" in wrong


def test_a_change_another_made_meanwhile_is_told(page, open_as, scope):
    with scope():
        it = activity(page, weekly())
    at = open_as(page.viewer(page.centre))
    form = at.get(f"/program/{it.id}/endre/")
    assert form.status_code == 200
    sent = written(title="Strikk", repeat="weekly", weekdays=["4"], owner=str(page.centre.id), version=str(it.version))
    first = at.post(f"/program/{it.id}/endre/", sent)
    assert first.status_code == 302, first.content.decode()[-3000:]
    again = at.post(f"/program/{it.id}/endre/", sent)
    assert again.status_code == 422
    assert "Somebody has changed this meanwhile" in again.content.decode()


def test_the_year_after_is_a_draft_on_the_same_weekday(page, open_as, scope):
    with scope():
        it = activity(page, when(starts_on=dt.date(2025, 11, 28)), title="Julemesse")
    at = open_as(page.viewer(page.centre))
    shown = at.get(f"/program/{it.id}/igjen/").content.decode()
    assert "2026-11-27" in shown
    answer = at.post(f"/program/{it.id}/igjen/", written(title="Julemesse", act="pencil", owner=str(page.centre.id)))
    assert answer.status_code == 302
    with scope():
        made = Activity.objects.exclude(id=it.id).get()
    assert (made.state, made.year_of_id) == ("draft", it.id)
    assert at.post(f"/program/{made.id}/", {"act": "open"}).status_code == 302
    assert at.post(f"/program/{made.id}/", {"act": "true"}).status_code == 302
    assert at.post(f"/program/{made.id}/", {"act": "end"}).status_code == 302
    assert at.post(f"/program/{made.id}/", {"act": "tull"}).status_code == 404


def test_the_centre_takes_down_with_a_reason_and_others_cannot(page, open_as, scope):
    with scope():
        publishers.known(page)
        it = activity(page, owner=page.other)
    theirs = open_as(page.viewer(page.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH}))
    assert "Take it down" not in theirs.get(f"/program/{it.id}/").content.decode()
    at = open_as(page.viewer(page.centre))
    at.cookies["samtun_language"] = "en"
    desk = at.get(f"/program/{it.id}/").content.decode()
    assert "Why? Those who put it up read it" in desk, "the reason is told to whoever published it, and to no others"
    assert "Those who had meant to come" not in desk
    assert at.post(f"/program/{it.id}/", {"act": "down", "because": ""}).status_code == 422
    assert at.post(f"/program/{it.id}/", {"act": "down", "because": "Reklame"}).status_code == 302
    theirs = open_as(page.viewer(page.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH}))
    assert "Reklame" in theirs.get(f"/program/{it.id}/").content.decode()
    assert theirs.get(f"/hva-skjer/aktivitet/{it.id}/").status_code == 404


def test_ending_says_how_many_times_are_taken_out_however_many(page, open_as, scope):
    with scope():
        it = activity(page, weekly(weekdays=(1, 4)))
        number = len(programme.times(it))
    assert number > 100
    at = open_as(page.viewer(page.centre))
    at.cookies["samtun_language"] = "en"
    desk = at.get(f"/program/{it.id}/").content.decode()
    assert f"{number} coming times are taken out" in desk
    assert desk.count('class="row-when"') == 12, "and shows the nearest"


def test_in_easy_words_the_list_says_what_one_does_there(page, scope, client):
    with scope():
        it = activity(page, weekly(), about="Kaffe og strikk", easy="Vi strikker sammen.")
        activity(page, when(), title="Basar", about="Lodd og åresalg")
        first = programme.times(it)[0]
    client.cookies["samtun_language"] = "en"
    assert "Vi strikker sammen." not in client.get("/hva-skjer/").content.decode()
    listed = client.get("/hva-skjer/?lett=1").content.decode()
    assert "Vi strikker sammen." in listed
    assert "Basar" in listed, "what has no easy words stands there all the same"
    assert f"/hva-skjer/{first.id}/?lett=1" in listed
    easy = client.get(f"/hva-skjer/{first.id}/?lett=1").content.decode()
    assert "Vi strikker sammen." in easy
    assert "Kaffe og strikk" not in easy
    assert "Kaffe og strikk" in client.get(f"/hva-skjer/{first.id}/").content.decode()


def test_last_years_feasts_become_this_years_drafts_in_one_press(page, scope, open_as):
    summer = FRIDAY - dt.timedelta(days=150)
    with scope():
        hall = programme.hall(page, "Grendehuset")
        it = activity(
            page, when(starts_on=summer), title="Sommerfest", groups=("families",), access={"step_free": "yes"}
        )
        three = summer + dt.timedelta(days=20)
        lasting = when(repeat="weekly", weekdays=(4,), starts_on=summer, until=three, halls=(hall,))
        course = activity(page, lasting, title="Kurs")
        activity(page, when(starts_on=summer), owner=page.other, title="Andres")
        activity(page, weekly(), title="Hver fredag")
    client = open_as(page.viewer())
    shown = client.get("/program/aarshjul/").content.decode()
    assert "2 were held last year" in shown
    assert 'class="dot again"' in shown
    assert 'cx="160.0"' in shown, "a number in a drawing is no number in words"
    for other in ("Andres", "Hver fredag"):
        assert other not in shown
    assert "Choose at least one" in client.post("/program/aarshjul/", {}, follow=True).content.decode()
    sent = {"one": [str(it.id), str(course.id), str(uuid.uuid4()), "nonsense"]}
    assert "2 are pencilled in" in client.post("/program/aarshjul/", sent, follow=True).content.decode()
    again = client.post("/program/aarshjul/", sent, follow=True).content.decode()
    assert 'class="dot pencil"' in again
    with scope():
        draft = Activity.objects.get(year_of=it)
        assert (draft.state, draft.starts_on, draft.groups, draft.step_free) == (
            "draft", summer + dt.timedelta(days=364), ["families"], "yes",
        )  # fmt: skip
        later = Activity.objects.get(year_of=course)
        assert (later.until - later.starts_on).days == 20
        assert [turn.place for turn in later.turns.all()] == [hall]
        assert {one.state for one in programme.times(later)} == {"pencil"}


def test_who_publishes_sees_on_which_day_another_has_the_hall(page, scope, open_as):
    with scope():
        hall, last = a_hall(page, way="at_once"), FRIDAY + dt.timedelta(days=14)
        plain = {"by": page.viewer(page.centre), "at": page.now}
        it = making.write(
            owner=page.centre, told=told(weekly(until=FRIDAY)), sent_key=uuid.uuid4(), things=[hall], **plain
        )
        booked(page, hall, an_evening(last), owner=page.council)
        making.change(activity=it, told=told(weekly(until=last)), version=it.version, **plain)
    shown = open_as(page.viewer(page.centre)).get(f"/program/{it.id}/").content.decode()
    assert re.search(r"<li>Friday [^<]*11[^<]*: Fjordheim</li>", shown)
