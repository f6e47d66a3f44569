"""What was held last year is pencilled in for this one: the same words, the same weekday."""

import datetime as dt
import uuid
from dataclasses import replace

from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import Refused
from samtun.operation.activities.actions.making import Told, When, write
from samtun.operation.activities.enums import Repeat, Rotate, SignUp
from samtun.operation.activities.models import Activity
from samtun.operation.activities.rules import next_year
from samtun.partners.catalogue.enums import Category, Transport
from samtun.partners.catalogue.models import ACCESS


class NobodyAtTheDoor(Refused):
    """Who met people there is no longer kept. Put it in the programme anew."""


def again(*, activity: Activity, by: Viewer, at: dt.datetime) -> Activity:
    """Pencil an activity in for the next year in which its day has not been; pressed twice is one draft."""
    if activity.erased_at:
        raise NobodyAtTheDoor
    told = told_of(activity)
    day, until = next_year(activity.starts_on, activity.until, on=wall(at).date())
    told = replace(told, when=replace(told.when, starts_on=day, until=until))
    key = uuid.uuid5(activity.id, day.isoformat())
    return write(owner=activity.owner, told=told, sent_key=key, by=by, at=at, pencil=True, year_of=activity)


def told_of(activity: Activity) -> Told:
    """Return an activity as it was written."""
    turns = list(activity.turns.select_related("place", "host").order_by("order"))
    own = {name: getattr(activity, name) for name in Told.__slots__ if name not in {"when", "access"}}
    rule = {name: getattr(activity, name) for name in When.__slots__ if name not in {"halls", "hosts"}}
    when = When(**rule | {
        "repeat": Repeat(activity.repeat), "rotate": Rotate(activity.rotate), "weekdays": tuple(activity.weekdays),
        "halls": tuple(turn.place for turn in turns if turn.place),
        "hosts": tuple(turn.host for turn in turns if turn.host),
    })  # fmt: skip
    return Told(**own | {
        "category": Category(activity.category), "transport": Transport(activity.transport),
        "sign_up": SignUp(activity.sign_up), "groups": tuple(activity.groups), "languages": tuple(activity.languages),
        "when": when, "access": {name: getattr(activity, name) for name in ACCESS},
    })  # fmt: skip
