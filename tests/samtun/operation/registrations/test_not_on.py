"""What is taken down, or whose publisher is refused: all who were to come hear it once."""

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation import events
from samtun.foundation.notices import notice_of, render
from samtun.foundation.recipients import resolve
from samtun.foundation.scope import current_tenant
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.activities.actions import making, times
from samtun.operation.registrations.actions import signing, telling
from samtun.operation.registrations.enums import Via
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.rules import own_token
from tests.factories import programme
from tests.factories.programme import weekly
from tests.factories.registrations import a_closed_list, signs_up, walk

WEEK = dt.timedelta(days=7)


def deliver():
    """Do what events have asked of this room, as the worker would."""
    for job in ProcrastinateJob.objects.filter(task_name="foundation.deliver_event").order_by("id"):
        ours = job.args["receiver"].startswith("samtun.operation.registrations.receivers.tell_")
        if job.args["tenant"] == str(current_tenant()) and ours:
            events.deliver(job.args["event_id"], job.args["receiver"])


def heard(key="not_on"):
    return list(
        Message.objects.filter(notice=f"registrations.{key}").order_by("id").values_list("to_person", flat=True)
    )


def down(it, tun):
    making.take_down(activity=it, because="Reklame", by=tun.viewer(), at=tun.now)
    deliver()


def test_each_contact_of_what_is_taken_down_hears_it_once(tun):
    it, first = walk(tun, when_=weekly())
    second = programme.times(it)[1]
    second.activity = it
    anna = signs_up(tun, first, "Anna Stokke", "Per Stokke", n=1)[0].contact
    signs_up(tun, second, "Anna Stokke", contact=anna)
    ola = signs_up(tun, second, "Ola Vik", n=2)[0].contact_id
    down(it, tun)
    assert sorted(heard()) == sorted([anna.id, ola]), "once, for all their times"
    facts = notice_of("registrations.not_on").facts(it.id, resolve(anna.id))
    assert (facts["title"], facts["day"], facts["more"]) == ("Fjelltur", "fredag 27. november", True)
    deliver()
    assert len(heard()) == 2
    making.end(activity=it, by=tun.viewer(), at=tun.now)
    deliver()
    assert heard("off") == [], "they have heard"


def test_a_whole_period_and_the_line_hear_it_and_nobody_who_does_not_come(tun):
    it, time = walk(tun, when_=weekly(), sign_up="period", most=1)
    comes, waits, left = (signs_up(tun, time, name, n=n)[0] for n, name in enumerate(("A B", "C D", "E F"), 1))
    signing.cancel(registrations=[left.id], by=tun.viewer(), at=tun.now)
    down(it, tun)
    assert sorted(heard()) == sorted([comes.contact_id, waits.contact_id])
    signing.cancel(registrations=[comes.id], by=tun.viewer(), at=tun.now)
    assert Registration.objects.get(id=waits.id).state == "waiting", "nobody is asked about what is down"


def test_what_has_been_is_told_to_nobody(tun):
    it, time = walk(tun, when_=weekly(until=programme.FRIDAY + WEEK))
    signs_up(tun, time)
    making.take_down(activity=it, because="Reklame", by=tun.viewer(), at=time.ends_at)
    assert telling.tell_not_on(activity=it.id, by=tun.system(), at=time.ends_at) == 0
    assert heard() == []


def test_up_again_is_another_matter(tun):
    it, time = walk(tun)
    row = signs_up(tun, time)[0]
    down(it, tun)
    making.open_it(activity=it, by=tun.viewer(), at=tun.now)
    deliver()
    assert len(heard()) == 1
    assert notice_of("registrations.not_on").facts(it.id, resolve(row.contact_id)) is None, "not sent late"
    assert telling.tell_not_on(activity=it.id, by=tun.system(), at=tun.now) == 0
    down(it, tun)
    assert len(heard()) == 2, "down once more is told once more"
    with pytest.raises(NotYours):
        telling.tell_not_on(activity=it.id, by=tun.viewer(), at=tun.now)


def test_the_own_page_says_that_it_is_off(page, scope, client):
    with scope():
        it, time = walk(page)
        row = signs_up(page, time)[0]
        down(it, page)
    client.cookies["samtun_language"] = "en"
    shown = client.get(f"/paamelding/mi/{own_token(row.group)}/").content.decode()
    assert "It is called off" in shown
    assert "You are on the list" not in shown
    assert "I can't come" not in shown.replace("&#x27;", "'"), "nobody has to say that they stay away"


def test_one_time_of_a_course_that_is_off_leaves_the_place_as_it_was(page, scope, client):
    with scope():
        it = programme.activity(page, weekly(), sign_up="period")
        first = programme.times(it)[0]
        row = signs_up(page, first)[0]
        times.call_off(occurrence=first, because="Storm", by=page.viewer(), at=page.now)
    client.cookies["samtun_language"] = "en"
    shown = client.get(f"/paamelding/mi/{own_token(row.group)}/").content.decode()
    assert "You are on the list" in shown
    assert "It is called off" not in shown


@pytest.mark.rule("R56")
def test_a_refused_publisher_and_a_closed_list_whose_words_give_nothing_away(tun):
    it, time, gives, _host = a_closed_list(tun)
    row = signs_up(tun, time, via=Via.GIVEN, by=gives)[0]
    assert making.back_to_drafts(owner=tun.other.id, by=tun.system(), at=tun.now) == 1
    deliver()
    assert heard() == [row.contact_id]
    notice = notice_of("registrations.not_on")
    facts = notice.facts(it.id, resolve(row.contact_id))
    assert facts["phone"].replace("\u00a0", " ") == "57 00 11 00", "whoever gave the place answers"
    for channel in ("sms", "letter", "call"):
        text = render(notice, channel=channel, language="nn", facts=facts | {"name": "A"})
        assert "Møtet" in text
        assert "Sorg" not in text
