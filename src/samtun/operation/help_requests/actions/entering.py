"""A request comes in: by telephone, form, text or paper."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import cleared_for
from samtun.anchoring.responsibilities.rules import within_limits
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.phones import takes_texts
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import finish_inbound
from samtun.notifications.messages.models import Inbound
from samtun.operation.help_requests.actions.assessing import decline_outside_limits, pass_cleared, put_on_desk
from samtun.operation.help_requests.enums import AskerHears, RequestState, Source
from samtun.operation.help_requests.models import HelpRequest, Veto
from samtun.operation.help_requests.rules import may_handle
from samtun.operation.referrals.actions import became_wish, forget_note, note_asker, note_offer
from samtun.operation.referrals.enums import Became, Kind
from samtun.operation.volunteers.models import Volunteer
from samtun.people.consents.models import Consent
from samtun.people.consents.queries import consent_stands
from samtun.people.persons.models import Person
from samtun.work.todos.actions import close_todos


class DayHasBeen(Refused):
    """That day has been. Choose today or a later day."""


class WantsNoContact(Refused):
    """This person has asked to be left in peace. Only they can take that back; note it on their page first."""


class IsDead(Refused):
    """It is noted here that this person has died. If that is a mistake, take it back on their page first."""


class RingUs(Refused):
    """This cannot be sent from here. Ring us, and we will find out of it together."""


class SaysTooLittle(Refused):
    """Say how long it takes: between five minutes and ten hours."""


class AskedAlready(Refused):
    """Somebody has been asked about this already. Wait for the answer, or take it back first."""


class ConsentMissing(Refused):
    """Ask the person first: a request from someone else waits until they have said yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for. `on` and `at` are wall time; `at` None means any time that day; `minutes` is how long.

    `asker_hears` is how one who asked for another hears what becomes of it: None is by what sort of number it is, empty
    is not of this one. `every_weeks` makes it something that lasts, from `on`, to the end of `lasts_until` or until
    someone says. `instead_of` is the person who cannot that one time, when a stand-in is looked for.
    """

    task_type: TaskType
    on: dt.date
    minutes: int
    at: dt.time | None = None
    words: str = ""
    asked_by: str = ""
    asked_by_phone: str = ""
    asker_hears: str | None = None
    every_weeks: int | None = None
    lasts_until: dt.date | None = None
    instead_of: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CameFrom:
    """What a wish began as: a referral, a pocket note, a text that somebody read."""

    referral: uuid.UUID | None = None
    note: uuid.UUID | None = None
    inbound: uuid.UUID | None = None


def take_call(
    *, owner: Owner, recipient: Person, wish: Wish, source: Source, by: Viewer, at: dt.datetime,
    consent: Consent | None = None, passes_cleared: bool = True, is_proven: bool = True,
    not_wanted: Collection[Person] = (), key: uuid.UUID | None = None,
) -> HelpRequest:  # fmt: skip
    """Write down a request. What is cleared beforehand passes at once when the one who takes it says so.

    Outside the limits it is met with the reason and the way on. Asked by someone else without consent, or not proven
    to come from its sender, it waits, outside matching. `key` is made with the form, so that a double click or a
    retry finds what the first one wrote (`taken_already`).
    """
    if not (by.is_system or (owner.id in by.owners and by.may(Permission.HANDLE_REQUESTS))):
        raise NotYours
    if wish.on < wall(at).date():
        raise DayHasBeen
    if recipient.is_dead:
        raise RingUs if by.is_system else IsDead
    if recipient.do_not_contact:
        raise RingUs if by.is_system else WantsNoContact
    if not 5 <= wish.minutes <= 600:
        raise SaysTooLittle
    waits = not is_proven or bool(wish.asked_by and not consent_stands(consent))
    with transaction.atomic():
        request = HelpRequest.objects.create(
            id=key or uuid7(), owner=owner, recipient=recipient, asked_by=wish.asked_by,
            asked_by_phone=wish.asked_by_phone, asker_hears=_asker_hears(wish), consent=consent, source=source,
            task_type=wish.task_type, words=wish.words, on=wish.on, at=wish.at, minutes=wish.minutes,
            village=recipient.village, every_weeks=wish.every_weeks, lasts_until=wish.lasts_until,
            instead_of_id=wish.instead_of,
            asking=wish.task_type.asking, made_at=at, handled_by=by.name if by.account else "",
            state=RequestState.UNPROVEN if waits else RequestState.NEW,
        )  # fmt: skip
        record("help_requests.enter", Ref("help_request", request.id), by=by, at=at, source=source)
        for person in not_wanted:
            Veto.objects.get_or_create(recipient=recipient, volunteer_person=person, defaults={"made_at": at})
        if waits:
            put_on_desk(request, "waits_for_consent" if is_proven else "waits_for_proof", at=at)
        else:
            settle_entry(request=request, passes_cleared=passes_cleared, by=by, at=at)
    return request


def _asker_hears(wish: Wish) -> str:
    if not (wish.asked_by and wish.asked_by_phone):
        return ""
    if wish.asker_hears is not None:
        return wish.asker_hears
    return AskerHears.TEXT if takes_texts(wish.asked_by_phone) else AskerHears.CALL


def follow_up_entry(
    *, request: HelpRequest, came_from: CameFrom, gives: str, by: Viewer, at: dt.datetime, wants_too: bool = False
) -> None:
    """Settle what led to a wish, and note what the one who asked would like to give in turn.

    Asked by another, it is they who give; and `wants_too` puts on the desk to ring them about a hand of their own.
    """
    if not may_handle(by, request):
        raise NotYours
    with transaction.atomic():
        if came_from.referral:
            became = Became.WAY_ON if request.state == RequestState.DECLINED else Became.SOUGHT
            became_wish(referral_id=came_from.referral, wish=request.id, became=became, by=by, at=at)
        if came_from.note:
            forget_note(note_id=came_from.note, by=by, at=at)
        if came_from.inbound:
            _text_is_read(came_from.inbound, by=by, at=at)
        if gives.strip() and not request.asked_by:
            note_offer(to=request.owner, person=request.recipient, words=gives, by=by, at=at)
        elif request.asked_by:
            _note_asker(request, gives, wants_too, by=by, at=at)


def _note_asker(request: HelpRequest, gives: str, wants_too: bool, *, by: Viewer, at: dt.datetime) -> None:
    noted = [(Kind.OFFER, gives)] if gives.strip() else []
    noted += [(Kind.ASKER, "")] if wants_too else []
    for kind, words in noted:
        note_asker(
            to=request.owner, kind=kind, name=request.asked_by, phone=request.asked_by_phone, words=words, by=by, at=at
        )


def _text_is_read(inbound: uuid.UUID, *, by: Viewer, at: dt.datetime) -> None:
    """Forget the words of the text that handed the wish in, unless somebody has done so already."""
    waits = Inbound.objects.filter(id=inbound, state=Inbound.State.FOR_A_PERSON).first()
    if waits:
        finish_inbound(inbound=waits, by=by, at=at)


def taken_already(*, owner: Owner, key: uuid.UUID) -> HelpRequest | None:
    """Return what the same form has written before; the owner's row is locked, so that two at once take turns."""
    Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
    return HelpRequest.objects.filter(id=key, owner=owner).first()


def settle_entry(*, request: HelpRequest, passes_cleared: bool, by: Viewer, at: dt.datetime) -> None:
    """Lead a request that may go on to where it belongs: declined, straight on, or to whoever says whose task it is."""
    task_type = request.task_type
    if task_type.is_declined:
        decline_outside_limits(request=request, by=by, at=at)
    elif within_limits(task_type, request.minutes) and cleared_for(task_type, request.owner_id) and passes_cleared:
        pass_cleared(request=request, by=by, at=at)
    elif within_limits(task_type, request.minutes) and cleared_for(task_type, request.owner_id):
        put_on_desk(request, "new", at=at)
    else:
        put_on_desk(request, "whose_task", at=at, audience=Permission.ASSESS_REQUESTS)


def prove(*, request: HelpRequest, how: str, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Note that a request from the public form really comes from its sender: by code, or because we rang back."""
    with transaction.atomic():
        current = HelpRequest.objects.select_for_update(of=("self",)).get(id=request.id)
        if current.state != RequestState.UNPROVEN:
            return current
        record("help_requests.prove", Ref("help_request", current.id), by=by, at=at, how=how)
        if current.asked_by and not consent_stands(current.consent_id):
            put_on_desk(current, "waits_for_consent", at=at)
            return current
        _go_on(current, by=by, at=at)
    return current


def give_consent(*, request: HelpRequest, consent: Consent, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Note that the person themselves has said yes to what another asked for them."""
    if not may_handle(by, request):
        raise NotYours
    if not consent_stands(consent):
        raise ConsentMissing
    with transaction.atomic():
        current = HelpRequest.objects.select_for_update(of=("self",)).get(id=request.id)
        if current.state != RequestState.UNPROVEN:
            return current
        current.consent = consent
        current.save(update_fields=["consent"])
        record("help_requests.consent", Ref("help_request", current.id), by=by, at=at)
        _go_on(current, by=by, at=at)
    return current


def _go_on(request: HelpRequest, *, by: Viewer, at: dt.datetime) -> None:
    request.state = RequestState.NEW
    request.version += 1
    request.save(update_fields=["state", "version"])
    close_todos(ref=Ref("help_request", request.id), by=by, at=at, reasons=("waits_for_consent", "waits_for_proof"))
    settle_entry(request=request, passes_cleared=False, by=by, at=at)


def let_last(
    *, request: HelpRequest, on: dt.date, starts: dt.time, minutes: int, every_weeks: int, until: dt.date | None,
    by: Viewer, at: dt.datetime,
) -> HelpRequest:  # fmt: skip
    """Let a wish that nobody has been asked about be for something that lasts, from `on`, `every_weeks` (1, 2, 4)."""
    if not may_handle(by, request):
        raise NotYours
    if on < wall(at).date():
        raise DayHasBeen
    if not 5 <= minutes <= 600:
        raise SaysTooLittle
    with transaction.atomic():
        current = HelpRequest.objects.select_for_update(of=("self",)).get(id=request.id)
        early = {RequestState.UNPROVEN, RequestState.NEW, RequestState.LOOKING}
        if current.state not in early or current.asks.filter(state__in=["sent", "yes"]).exists():
            raise AskedAlready
        current.on, current.at, current.minutes = on, starts, minutes
        current.every_weeks, current.lasts_until = every_weeks, until
        current.version += 1
        current.save(update_fields=["on", "at", "minutes", "every_weeks", "lasts_until", "version"])
        record("help_requests.lasts", Ref("help_request", current.id), by=by, at=at)
    return current


def write_plan(
    *, request: HelpRequest, limits: str, whom_to_call: str, how_often: str, by: Viewer, at: dt.datetime
) -> HelpRequest:
    """Write the plan that someone who comes again and again is given: limits, whom to call, how often (R28)."""
    if not may_handle(by, request):
        raise NotYours
    with transaction.atomic():
        request.plan_limits, request.plan_whom_to_call, request.plan_how_often = limits, whom_to_call, how_often
        request.save(update_fields=["plan_limits", "plan_whom_to_call", "plan_how_often"])
        record("help_requests.plan", Ref("help_request", request.id), by=by, at=at)
    return request


def not_him(*, request: HelpRequest, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """Note who is not to be asked for this person. No reason, shown to nobody, not even in the timeline (R31)."""
    if not may_handle(by, request):
        raise NotYours
    with transaction.atomic():
        Veto.objects.get_or_create(
            recipient_id=request.recipient_id, volunteer_person_id=volunteer.person_id, defaults={"made_at": at}
        )
