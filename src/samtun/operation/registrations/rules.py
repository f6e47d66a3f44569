"""Which state follows which, when a list closes, how long one may think, and addresses that only their owners have."""

import datetime as dt
import hmac
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samtun.foundation.keys import keyed_hash
from samtun.foundation.options import option
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.operation.activities.enums import ActivityState, OccurrenceState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.activities.rules import WHOLE
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.partners.catalogue.rules import publishes_for
from samtun.people.roles.rules import works_with_people

AWAY = option("registrations.away", 3, _("Times somebody misses in a row before we ask kindly"), least=2, most=10)
THINKS = dt.timedelta(hours=24)
THINKS_SOON = dt.timedelta(hours=2)
LAST_ANSWER = dt.timedelta(hours=1)
"""How long before it begins whoever is asked at short notice must have answered: one has to get there."""
SOON_FROM, SOON_TO = dt.time(7), dt.time(22)
"""When those are asked who have said that they can come at short notice, Sundays too; at night nobody is."""
KEPT = dt.timedelta(days=28)
MOST_AT_ONCE = 20
COUNTED_AFTER = dt.timedelta(days=14)
"""How long the cashier has for putting things right before how many paid in each way is counted, for good."""
CARD_RESTS = dt.timedelta(days=730)
HOLDS_PLACE = (State.COMING, State.OFFERED)
"""Those who take up room. Whoever thinks about a place has it meanwhile."""
TOLD = (State.COMING, State.OFFERED, State.WAITING)
"""Those who hear of it when a time is moved or called off."""

GOES_ON: dict[State, frozenset[State]] = {
    State.COMING: frozenset({State.CANCELLED}),
    State.WAITING: frozenset({State.OFFERED, State.CANCELLED}),
    State.OFFERED: frozenset({State.COMING, State.LAPSED, State.CANCELLED}),
    State.LAPSED: frozenset({State.WAITING, State.CANCELLED}),
    State.CANCELLED: frozenset({State.COMING, State.WAITING}),
}
"""What was cancelled comes back only when a death was noted by mistake."""

PURPOSE = "To be told of something to come along to"
"""What somebody says yes to before a unit of the municipality suggests something to them."""


def may_suggest(viewer: Viewer) -> bool:
    """Tell whether somebody works for the municipality with people, and may suggest something ordinary to them."""
    return works_with_people(viewer) and bool(viewer.owners)


def is_whole(activity: Activity) -> bool:
    """Tell whether one signs up for all the times of an activity at once."""
    return activity.sign_up in WHOLE


def is_off(occurrence: Occurrence, activity: Activity) -> bool:
    """Tell whether nobody is to come: it is called off or out of the programme, or all of it was taken down."""
    on = {OccurrenceState.PLANNED, OccurrenceState.HELD}
    return occurrence.state not in on or activity.state == ActivityState.TAKEN_DOWN


def closes_at(activity: Activity, occurrence: Occurrence) -> dt.datetime:
    """Return when the list of a time closes: for a whole period, its own last moment is each time's."""
    return occurrence.starts_at - dt.timedelta(hours=activity.closes_hours)


def answer_before(activity: Activity, occurrence: Occurrence | None, at: dt.datetime) -> dt.datetime:
    """Return how long one who is moved up may think: a day, or until the list closes, or until it begins."""
    if occurrence is None:
        return at + THINKS
    closes = closes_at(activity, occurrence)
    return min(at + THINKS, closes if closes > at else occurrence.starts_at)


@dataclass(frozen=True, slots=True)
class InLine:
    """Those who stand in line together: how many they are, and whether they can come at short notice."""

    size: int
    at_short_notice: bool = False


def is_late(starts_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Tell whether there is less time left than one usually has to answer. It is never late for a whole activity."""
    return starts_at is not None and starts_at - at < THINKS


def whom_to_ask(line: Sequence[InLine], free: int | None, *, late: bool) -> list[int]:
    """Return who is asked about what is free, as their numbers in line, in its order. `free` is None without a limit.

    Those who do not fit are passed by, and keep their place. When it is late only those are asked who have said that
    they can come at short notice: nobody else is rung in vain.
    """
    asked = []
    for number, group in enumerate(line):
        if late and not group.at_short_notice:
            continue
        if free is not None and group.size > free:
            continue
        free = None if free is None else free - group.size
        asked.append(number)
    return asked


def asks_soon(at: dt.datetime) -> dt.datetime:
    """Return the first moment from `at` on when somebody may be asked at short notice: by day and in the evening."""
    wall = clock.wall(at)
    if SOON_FROM <= wall.time() < SOON_TO:
        return at
    day = wall.date() if wall.time() < SOON_FROM else wall.date() + dt.timedelta(days=1)
    return clock.at_wall(day, SOON_FROM)


def answer_soon(starts_at: dt.datetime, at: dt.datetime) -> dt.datetime | None:
    """Return how long one who is asked at short notice may think: two hours, and until an hour before it begins.

    None when that is over before anybody can be asked.
    """
    asked = asks_soon(at)
    until = min(asked + THINKS_SOON, starts_at - LAST_ANSWER)
    return until if until > asked else None


def holds_door(viewer: Viewer, occurrence: Occurrence, *, is_centre: bool, gives: uuid.UUID | None) -> bool:
    """Tell whether somebody sees who comes: those who hold it, and the centre for them.

    A closed list is seen by those who hold it and by whoever gives its places, by nobody else (R56).
    """
    owners = {occurrence.activity.owner_id, occurrence.host_id}
    if gives is not None:
        owners.add(gives)
    return any(publishes_for(viewer, owner) for owner in owners) or (is_centre and not occurrence.activity.is_closed)


def own_token(group: uuid.UUID) -> str:
    """Return what the address of those who signed up together ends with."""
    return keyed_hash(str(group), purpose="registration_own")[:22]


def first_token(group: uuid.UUID) -> str:
    """Return what the address ends with that one is sent to after signing up, before anybody knows that it is they.

    It serves as the own address does, and shows nothing that stood about the person before.
    """
    return f"{group.hex}{keyed_hash(str(group), purpose='registration_first')[:22]}"


def group_at_first(token: str) -> uuid.UUID | None:
    """Return whose first address it is; None when it is none, such as an own address."""
    try:
        group = uuid.UUID(token[:32])
    except ValueError:
        return None
    return group if hmac.compare_digest(token.encode(), first_token(group).encode()) else None


def hash_of(token: str) -> str:
    """Return what an own address is looked up by."""
    return keyed_hash(token, purpose="registration_row")


def sent_hash(sent_key: str) -> str:
    """Return what tells that the same page has been sent before."""
    return keyed_hash(sent_key, purpose="registration_sent")


def calendar_token(row: uuid.UUID) -> str:
    """Return what the address of somebody's own calendar ends with."""
    return keyed_hash(str(row), purpose="own_calendar")[:32]


def count_token(occurrence: uuid.UUID) -> str:
    """Return what the address for the head count of a time ends with: it gives a number in, and nothing out."""
    return keyed_hash(str(occurrence), purpose="head_count")[:22]


def is_count_token(token: str, occurrence: uuid.UUID) -> bool:
    """Tell whether an address is the one for the head count of a time."""
    return hmac.compare_digest(token.encode(), count_token(occurrence).encode())


def holds_till(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether somebody is the cashier of an owner: the only one who sees how others pay (R49)."""
    return viewer.may(Permission.HANDLE_CASH) and not viewer.is_system and owner in viewer.owners


def reference_of(registration: uuid.UUID, occurrence: uuid.UUID) -> str:
    """Return what stands on an invoice written by hand: it says neither who, where nor what."""
    key = int(keyed_hash(f"{registration}{occurrence}", purpose="invoice_reference").encode().hex(), 16)
    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(letters[key // len(letters) ** n % len(letters)] for n in range(6))
