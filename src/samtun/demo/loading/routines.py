"""What the centre does without being asked: rings, posts and talks each working day, thanks on Fridays."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Act, Past
from samtun.demo.valley.calendar_days import working_day
from samtun.foundation.scope import open_scope
from samtun.kernel.clock import wall
from samtun.notifications.messages.actions import mark_called, mark_letters_sent
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.actions import note_talk, take_call
from samtun.operation.help_requests.actions.entering import Wish
from samtun.operation.help_requests.enums import OPEN_STATES, RequestState, Source
from samtun.operation.help_requests.models import FollowUp, HelpRequest
from samtun.operation.recognition.actions import note_rung
from samtun.operation.recognition.models import Thanks
from samtun.operation.recognition.queries import week_of
from samtun.people.persons.actions import note_away
from samtun.people.persons.models import Away
from samtun.work.todos.models import Todo

WITH_STORIES = ("ask", "proposal", "went_well")
"""Questions that the stories themselves answer."""
RINGS_AT, TALKS_AT, THANKS_AT = 13 * 60 + 35, 13 * 60 + 45, 13 * 60 + 50


def plan_routines(made: Made, past: Past, *, first: dt.date) -> None:
    """Plan them from `first` until yesterday, talks until the day before, and thanks until last week.

    What is newer still waits on the desk.
    """
    day, monday, newest = first, week_of(made.present.date()), working_day(made.present.date(), -1)
    while day < made.present.date():
        if day.weekday() < 5:
            past.plan(made.on(day, RINGS_AT), _ring_and_post(made))
        if day.weekday() < 5 and day < newest:
            past.plan(made.on(day, TALKS_AT), _talk(made))
        if day.weekday() == 4 and day < monday:
            past.plan(made.on(day, THANKS_AT), _thank(made))
        day += dt.timedelta(days=1)
    past.plan(made.present - dt.timedelta(hours=1), _goes_away(made))


def _leader(made: Made) -> str:
    return next(h.person for h in made.valley.hats if h.organisation == made.valley.centre and h.role == "leader")


def _ring_and_post(made: Made) -> Act:
    def act(at: dt.datetime) -> None:
        with open_scope(made.tenant):
            by = made.viewer(_leader(made))
            waiting = Message.objects.filter(state=Message.State.PENDING, owner=made.centre, not_before__lte=at)
            for call in waiting.filter(channel=Message.Channel.CALL).exclude(question__kind__in=WITH_STORIES):
                mark_called(message=call, outcome="told", by=by, at=at)
            letters = waiting.filter(channel=Message.Channel.LETTER).values_list("id", flat=True)
            mark_letters_sent(messages=list(letters), by=by, at=at)

    return act


def _thank(made: Made) -> Act:
    def act(at: dt.datetime) -> None:
        with open_scope(made.tenant):
            by = made.viewer(_leader(made))
            for thanks in Thanks.objects.filter(owner=made.centre, rung_at=None, card_made_at=None).order_by("id"):
                note_rung(thanks=thanks, by=by, at=at)

    return act


def _talk(made: Made) -> Act:
    """Hold the talks that have come to the desk with those who meet over time."""

    def act(at: dt.datetime) -> None:
        with open_scope(made.tenant):
            by = made.viewer(_leader(made))
            due = Todo.objects.filter(ref_kind="follow_up", owner=made.centre, done_at=None).values_list("ref_id")
            for talk in FollowUp.objects.filter(id__in=due).order_by("id"):
                note_talk(follow_up=talk, note="", next_on=None, has_ended=False, by=by, at=at)

    return act


def _goes_away(made: Made) -> Act:
    """Someone who has had help before rings about a thing, and is then away for a fortnight: the wish is held."""

    def act(at: dt.datetime) -> None:
        with open_scope(made.tenant):
            by, today = made.viewer(_leader(made)), wall(at).date()
            busy = HelpRequest.objects.filter(state__in=OPEN_STATES).values_list("recipient")
            earlier = HelpRequest.objects.filter(owner=made.centre, state=RequestState.DONE).exclude(recipient__in=busy)
            before = earlier.select_related("recipient", "task_type").order_by("on", "id").first()
            if before is None:
                return
            wish = Wish(task_type=before.task_type, on=today + dt.timedelta(days=6), minutes=before.minutes)
            take_call(owner=made.centre, recipient=before.recipient, wish=wish, source=Source.CALL, by=by, at=at)
            ends = today + dt.timedelta(days=14)
            note_away(person=before.recipient, starts=today, ends=ends, where=Away.Where.AWAY, by=by, at=at)

    return act
