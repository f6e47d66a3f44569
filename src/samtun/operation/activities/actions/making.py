"""Activities are written, opened, put right, ended; taken down by a person, with a reason."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.activities.actions.borrowing import book_on, borrow, give_back_for
from samtun.operation.activities.actions.lists import keep_lists
from samtun.operation.activities.actions.pictures import carry
from samtun.operation.activities.actions.spreading import Turns, find_by_words, spread
from samtun.operation.activities.actions.times import NotAnHour, NotThatStepNow, take_out
from samtun.operation.activities.enums import ActivityState, OccurrenceState, Repeat, Rotate, SignUp
from samtun.operation.activities.events import ActivityOff
from samtun.operation.activities.models import Activity, Occurrence, Turn
from samtun.operation.activities.notices import ActivityTakenDown
from samtun.operation.activities.queries import is_centre, writes_for
from samtun.operation.activities.queries.rules import rule_of
from samtun.operation.activities.rules import GOES_ON, STANDS_OPEN, is_odd_hour
from samtun.operation.lending.models import Lendable
from samtun.operation.screening.actions import PurposeNotInForce
from samtun.operation.screening.queries import purposes_on
from samtun.partners.catalogue.actions.checking import ask_check
from samtun.partners.catalogue.actions.offers import only_municipal
from samtun.partners.catalogue.actions.reporting import seen
from samtun.partners.catalogue.enums import MINORS, Category, Transport
from samtun.partners.catalogue.queries import contacts_of, is_checked
from samtun.partners.organisations.queries import answering_owner
from samtun.people.places.models import Place, Village

TRUE_FOR = dt.timedelta(days=183)


class NeverHappens(Refused):
    """No day fits this rule. Look at the days, the holidays and the last day."""


class MostBelowLeast(Refused):
    """More must come than there is room for. Raise the highest number, or lower the lowest."""


class OnlyForMinors(Refused):
    """A police certificate is asked for only where children or young people come. Say so, or ask for none."""


class SayWhy(Refused):
    """Write a few words about why: whoever published it reads them."""


@dataclass(frozen=True, slots=True)
class When:
    """The rule as it is written; `rules.Rule` says what each part means."""

    repeat: Repeat
    starts_on: dt.date
    at: dt.time
    to: dt.time
    until: dt.date | None = None
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    not_on_holidays: bool = True
    school_year: bool = False
    rotate: Rotate = Rotate.TIMES
    halls: tuple[Place, ...] = ()
    hosts: tuple[Owner, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An activity as it is written; the fields are the model's."""

    title: str
    category: Category
    transport: Transport
    meets_name: str
    meets_phone: str
    when: When
    about: str = ""
    easy: str = ""
    gear: str = ""
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    village: Village | None = None
    place: Place | None = None
    where: str = ""
    transport_words: str = ""
    is_free: bool = False
    fee: int | None = None
    price: str = ""
    sponsor: str = ""
    clinical: bool = False
    in_unit: bool = False
    certificate_for: PolicePurpose | None = None
    sign_up: SignUp = SignUp.OPEN_DOOR
    least: int | None = None
    most: int | None = None
    closes_hours: int = 0
    is_listed: bool = True
    shares_single: bool = False
    access: dict[str, str] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """Return what stands on the activity's own row."""
        left_out = {"when", "access", "groups", "languages"}
        own = {name: getattr(self, name) for name in self.__slots__ if name not in left_out}
        rule = {k: v for k, v in _shallow(self.when).items() if k not in {"halls", "hosts", "weekdays"}}
        listed = {"groups": list(self.groups), "languages": list(self.languages)}
        return own | rule | listed | {"weekdays": sorted(self.when.weekdays)} | self.access


def _shallow(when: When) -> dict[str, Any]:
    return {name: getattr(when, name) for name in when.__slots__}


def write(
    *, owner: Owner, told: Told, sent_key: uuid.UUID, by: Viewer, at: dt.datetime, pencil: bool = False,
    year_of: Activity | None = None, things: Sequence[Lendable] = (),
) -> Activity:  # fmt: skip
    """Write an activity and open it at once; the same page sent twice is one. `things` are booked for it.

    With `pencil` it is a draft whose dates only those who publish see. One whose publisher nobody has checked waits
    until that is done, at most one opening day (ADR 35).
    """
    _may(by, owner)
    _holds_together(owner, told, at=at)
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        if before := Activity.objects.filter(owner=owner, sent_key=sent_key).first():
            return before
        made = Activity(owner=owner, sent_key=sent_key, made_at=at, made_by=by.who, year_of=year_of, **told.facts())
        _check_rule(made)
        made.save(force_insert=True)
        _write_turns(made, told.when)
        record("activities.write", Ref("programme", made.id), by=by, at=at)
        if year_of:
            carry(before=year_of, to=made, by=by, at=at)
        if pencil:
            spread(made, by=by, at=at)
        else:
            _open(made, by=by, at=at)
        borrow(made, things, sent_key=sent_key, by=by, at=at)
    return made


def change(*, activity: Activity, told: Told, version: int, by: Viewer, at: dt.datetime) -> Activity:
    """Put an activity right. Its coming times follow, but those changed by hand; those who come hear of it.

    Refused where it would open a closed list, or lose somebody who is signed up (`lists`).
    """
    _holds_together(activity.owner, told, at=at, before=activity)
    with transaction.atomic():
        found = _own(activity, by)
        if found.version != version or found.state == ActivityState.ENDED:
            raise NotThatStepNow
        keep_lists(
            found, sign_up=told.sign_up, is_listed=told.is_listed, hosts={one.id for one in told.when.hosts}, by=by,
            at=at,
        )  # fmt: skip
        for name, value in told.facts().items():
            setattr(found, name, value)
        _check_rule(found)
        found.version += 1
        found.save()
        Turn.objects.filter(activity=found).delete()
        _write_turns(found, told.when)
        spread(found, by=by, at=at)
        book_on(found, by=by, at=at)
        record("activities.change", Ref("programme", found.id), by=by, at=at)
    return found


def open_it(*, activity: Activity, by: Viewer, at: dt.datetime) -> Activity:
    """Open a draft to everyone, or what was taken down once it is put right."""
    with transaction.atomic():
        found = _own(activity, by)
        if found.state not in {ActivityState.DRAFT, ActivityState.TAKEN_DOWN}:
            raise NotThatStepNow
        if found.state == ActivityState.TAKEN_DOWN and not is_centre(by):
            raise NotYours
        _open(found, by=by, at=at)
    return found


def open_those_of(*, owner: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Open what waited until somebody had checked its publisher; return how many."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = list(Activity.objects.select_for_update(of=("self",)).filter(owner=owner, state=ActivityState.WAITING))
        for row in rows:
            _open(row, by=by, at=at)
    return len(rows)


def back_to_drafts(*, owner: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Make drafts again of what waits, and of what is open, of one that nobody can see who is; return how many.

    Those who come hear that it is not on.
    """
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        standing = [ActivityState.WAITING, ActivityState.OPEN]
        rows = list(Activity.objects.select_for_update(of=("self",)).filter(owner=owner, state__in=standing))
        for row in rows:
            row.state = ActivityState.DRAFT
            row.version += 1
            row.save()
            spread(row, by=by, at=at)
            publish(ActivityOff(activity=row.id), at=at)
            record("activities.back_to_draft", Ref("programme", row.id), by=by, at=at)
    return len(rows)


def end(*, activity: Activity, by: Viewer, at: dt.datetime) -> Activity:
    """End an activity: its coming times are taken out, and those who come hear it. What has begun or been stays."""
    with transaction.atomic():
        found = _own(activity, by)
        was_on = found.state in {ActivityState.OPEN, ActivityState.WAITING}
        _go_to(found, ActivityState.ENDED)
        today = wall(at).date()
        last = today if _has_begun_on(found, today, at=at) else today - dt.timedelta(days=1)
        found.until, found.ended_at = max(last, found.starts_on), at
        found.save()
        _nothing_ahead(found, tell=was_on, by=by, at=at)
        find_by_words(found, Turns(found))
        record("activities.end", Ref("programme", found.id), by=by, at=at)
    return found


def take_down(*, activity: Activity, because: str, by: Viewer, at: dt.datetime) -> Activity:
    """Take an activity off the open pages after somebody has looked at it, with a reason its owner reads.

    Those who come hear that it is not on, and no more.
    """
    if not because.strip():
        raise SayWhy
    with transaction.atomic():
        if not is_centre(by):
            raise NotYours
        found = Activity.objects.select_for_update(of=("self",)).get(id=activity.id)
        _go_to(found, ActivityState.TAKEN_DOWN)
        found.taken_down_because = because.strip()[:300]
        found.save()
        spread(found, by=by, at=at)
        publish(ActivityOff(activity=found.id), at=at)
        record("activities.take_down", Ref("programme", found.id), by=by, at=at)
        seen(ref=Ref("programme", found.id), words=because, by=by, at=at)
        centre = answering_owner()
        for person in contacts_of(found.owner_id, on=wall(at).date()):
            queue(
                notice=ActivityTakenDown, ref_kind="programme", ref_id=found.id, to=person, owner=centre.id, by=by,
                at=at,
            )  # fmt: skip
    return found


def _open(activity: Activity, *, by: Viewer, at: dt.datetime) -> None:
    known = is_checked(activity.owner_id) or is_centre(by)
    _go_to(activity, ActivityState.OPEN if known else ActivityState.WAITING)
    if known:
        activity.opened_at, activity.taken_down_because = activity.opened_at or at, ""
        activity.true_until = wall(at).date() + TRUE_FOR
    activity.save()
    if not known:
        ask_check(owner=activity.owner, by=by, at=at)
    spread(activity, by=by, at=at)
    if known:
        record("activities.open", Ref("programme", activity.id), by=by, at=at)
    else:
        record("activities.wait", Ref("programme", activity.id), by=by, at=at)


def _go_to(activity: Activity, state: ActivityState) -> None:
    if state not in GOES_ON[ActivityState(activity.state)]:
        raise NotThatStepNow
    activity.state = state
    activity.version += 1


def _nothing_ahead(activity: Activity, *, tell: bool, by: Viewer, at: dt.datetime) -> None:
    """Take out what was still to come, whatever the rule says; never what has begun or was noted as held.

    Those who come are told, unless they have heard already that it is not on.
    """
    ahead = Occurrence.objects.select_for_update(of=("self",)).filter(activity=activity, starts_at__gt=at)
    rows = list(ahead.filter(state__in=[*STANDS_OPEN, "pencil"]).select_related("place", "village", "host"))
    for row in rows:
        row.activity = activity
    give_back_for(rows, by=by, at=at)
    for row in rows:
        take_out(row, tell=tell, at=at)


def _has_begun_on(activity: Activity, day: dt.date, *, at: dt.datetime) -> bool:
    rows = Occurrence.objects.filter(activity=activity, on=day, starts_at__lte=at)
    return rows.filter(state__in=[OccurrenceState.PLANNED, OccurrenceState.HELD]).exists()


def _may(by: Viewer, owner: Owner) -> None:
    if not writes_for(by, owner.id):
        raise NotYours


def _own(activity: Activity, by: Viewer) -> Activity:
    _may(by, activity.owner)
    return Activity.objects.select_for_update(of=("self",)).select_related("owner").get(id=activity.id)


def _holds_together(owner: Owner, told: Told, *, at: dt.datetime, before: Activity | None = None) -> None:
    if told.least and told.most and told.most < told.least:
        raise MostBelowLeast
    if told.clinical:
        only_municipal(owner.id)
    if told.certificate_for and not MINORS & set(told.groups):
        raise OnlyForMinors
    stood = before is not None and told.certificate_for == before.certificate_for
    if told.certificate_for and not stood and told.certificate_for not in purposes_on(wall(at).date()):
        raise PurposeNotInForce


def _check_rule(activity: Activity) -> None:
    try:
        rule = rule_of(activity)
    except ValueError as fault:
        raise NeverHappens from fault
    day = next(rule.days(activity.starts_on + dt.timedelta(days=430)), None)
    if day is None:
        raise NeverHappens
    if activity.repeat == Repeat.ONCE and any(is_odd_hour(day, clock) for clock in (activity.at, activity.to)):
        raise NotAnHour


def _write_turns(activity: Activity, when: When) -> None:
    halls = [Turn(activity=activity, place=hall, order=n) for n, hall in enumerate(when.halls)]
    Turn.objects.bulk_create([*halls, *(Turn(activity=activity, host=h, order=n) for n, h in enumerate(when.hosts))])
