"""Signing up on the page of a time, who comes on its page behind, one's own list; what acts are called, what is due."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from samtun.notifications.messages.queries import address_of
from samtun.operation.activities.enums import BY_ONESELF, SignUp
from samtun.operation.activities.models import Activity
from samtun.operation.registrations.actions.allocating import gives_for
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.queries import (
    gives_places,
    mine,
    number_to_tell,
    occurrence_at_door,
    own_calendar,
    standing,
    time_told,
)
from samtun.operation.registrations.queries.door import may_see
from samtun.operation.registrations.rules import HOLDS_PLACE, may_suggest
from samtun.partners.catalogue.rules import publishes_for
from samtun.work.todos.queries import Wording, register_wording


def _sign_up(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the open page of a time: the button, how full it is, or whom to ring."""
    time, at = time_told(ref.id), clock.now()
    if time is None or time.activity.sign_up == SignUp.OPEN_DOOR or time.state != "planned" or time.starts_at <= at:
        return None
    context = {
        "row": time, "it": time.activity, "standing": standing(time, at=at),
        "by_oneself": time.activity.sign_up in BY_ONESELF, "only_ride": time.activity.sign_up == SignUp.RIDE_ONLY,
        "url": reverse("registration_new", args=[time.id]),
    }  # fmt: skip
    return Fragment("registrations/slot_time.html", context, comes_first=True)


def _who_comes(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page behind of a time: how many come, and the way to the lists."""
    time = time_told(ref.id)
    if time is None or (time.activity.sign_up == SignUp.OPEN_DOOR and not _somebody(time.id)):
        return None
    if not may_see(viewer, time):
        return None
    time = occurrence_at_door(viewer, ref.id)
    return Fragment("registrations/slot_desk.html", {"row": time, "standing": standing(time, at=clock.now())})


def _somebody(occurrence: uuid.UUID) -> bool:
    return Registration.objects.filter(occurrence=occurrence, state__in=HOLDS_PLACE).exists()


def _places(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page of an activity with a closed list: who gives out the places, and the list."""
    it = Activity.objects.filter(id=ref.id, sign_up=SignUp.ALLOCATED).first()
    if it is None or not (publishes_for(viewer, it.owner_id) or gives_for(viewer, it.id)):
        return None
    return Fragment("registrations/slot_places.html", {"row": it, "is_named": gives_places(it) is not None})


def _suggest(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page of a time that is open to everyone: for employees, the way to suggest it to somebody."""
    if not may_suggest(viewer):
        return None
    time = time_told(ref.id)
    if time is None or not time.is_open or time.state != "planned" or time.starts_at <= clock.now():
        return None
    return Fragment("registrations/slot_suggest.html", {"url": reverse("registration_suggest", args=[time.id])})


def _suggested(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the own page of an employee: what the unit has suggested."""
    return (
        Fragment("registrations/slot_suggested.html", {"waits": number_to_tell(viewer)})
        if may_suggest(viewer)
        else None
    )


def _mine(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On one's own page: what one is signed up for."""
    rows, token = mine(viewer, on=on), own_calendar(viewer)
    address = address_of(reverse("own_calendar_feed", args=[token])) if token else ""
    return Fragment("registrations/slot_own.html", {"rows": rows, "calendar": address}) if rows or token else None


def _door(occurrence_id: uuid.UUID) -> str:
    return reverse("registration_door", args=[occurrence_id])


def _of(registration_id: uuid.UUID) -> str:
    activity = Registration.objects.values_list("activity", flat=True).get(id=registration_id)
    closed = Activity.objects.filter(id=activity, sign_up=SignUp.ALLOCATED).exists()
    return reverse("registration_places" if closed else "programme_one", args=[activity])


def _list_of(registration_id: uuid.UUID) -> str:
    occurrence = Registration.objects.values_list("occurrence", flat=True).get(id=registration_id)
    return _door(occurrence) if occurrence else _of(registration_id)


slots.register("open_occurrence", _sign_up, order=10)
slots.register("occurrence", _who_comes, order=10)
slots.register("programme", _places, order=10)
slots.register("open_occurrence", _suggest, order=60)
slots.register("occurrence", _suggest, order=60)
slots.register("own_page", _mine, order=20)
slots.register("own_page", _suggested, order=60)
register_nav(
    NavItem("registration_given", _("Places to give out"), "list", Permission.PUBLISH, order=66, floor=2),
    NavItem("till", _("The till"), "list", Permission.HANDLE_CASH, order=20),
)
register_wording(
    "registrations",
    Wording(
        sentences={"too_few": (_("Too few are coming: hold it all the same, move it or call it off"), _("Choose"))},
        address=_door,
    ),
)
register_wording(
    "registration",
    Wording(
        sentences={
            "long_away": (_("Has been away some times: ring and ask how things are"), _("Look")),
            "contact_died": (_("The one who signed them up has died: find out whom to tell"), _("Look")),
        },
        address=_of, by_hand=frozenset({"long_away", "contact_died"}), addresses={"contact_died": _list_of},
    ),
)  # fmt: skip
acts.register(
    {
        "registrations.sign_up": _("Somebody signed up"),
        "registrations.cancel": _("Somebody cannot come"),
        "registrations.come_back": _("Somebody is on the list again: a death was noted by mistake"),
        "registrations.end": _("The line ended with the activity"),
        "registrations.move_up": _("The first in line were offered a place"),
        "registrations.offer_once": _("One in line was asked about a single time"),
        "registrations.answer_once": _("It was answered about a single time"),
        "registrations.short_notice": _("Somebody in line said whether they can come at short notice"),
        "registrations.accept": _("A place was taken"),
        "registrations.line_up": _("Somebody is in line again"),
        "registrations.pass_on": _("A place nobody answered for went to the next in line"),
        "registrations.enough": _("Enough are coming"),
        "registrations.too_few": _("The list closed with too few"),
        "registrations.run_anyway": _("It is held with those who come"),
        "registrations.note": _("It was noted who comes or came"),
        "registrations.settle": _("It was chosen how to pay"),
        "registrations.till": _("The cashier wrote something at the till"),
        "registrations.open_calendar": _("An address for one's own calendar was made"),
        "registrations.stop_calendar": _("The address for one's own calendar was stopped"),
        "registrations.guardian_yes": _("A parent or guardian said yes to a place"),
        "registrations.allocator": _("It was named who gives out the places"),
        "registrations.suggest": _("Something was suggested to somebody"),
        "registrations.forget_suggestion": _("What was suggested to somebody was forgotten"),
        "registrations.count_takings": _("How many paid in each way was counted, for good"),
        "registrations.forget_clips": _("What old clips were used for was erased"),
        "registrations.forget": _("Names on old lists were erased"),
    }
)
