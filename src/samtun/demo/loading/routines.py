"""What the centre does without being asked: rings and posts each working day, thanks on Fridays."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Act, Past
from samtun.foundation.scope import open_scope
from samtun.notifications.messages.actions import mark_called, mark_letters_sent
from samtun.notifications.messages.models import Message
from samtun.operation.recognition.actions import note_rung
from samtun.operation.recognition.models import Thanks
from samtun.operation.recognition.queries import week_of

WITH_STORIES = ("ask", "proposal", "went_well")
"""Questions that the stories themselves answer."""
RINGS_AT, THANKS_AT = 13 * 60 + 35, 13 * 60 + 50


def plan_routines(made: Made, past: Past, *, first: dt.date) -> None:
    """Plan them from `first` until yesterday, and thanks until last week: what is newer still waits on the desk."""
    day, monday = first, week_of(made.present.date())
    while day < made.present.date():
        if day.weekday() < 5:
            past.plan(made.on(day, RINGS_AT), _ring_and_post(made))
        if day.weekday() == 4 and day < monday:
            past.plan(made.on(day, THANKS_AT), _thank(made))
        day += dt.timedelta(days=1)


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
