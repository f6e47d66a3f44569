"""A network is begun, walks its steps, and ends. Every due date is counted in the owner's opening days (R114)."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks.actions.talking import call_off_talks, plan_talks
from samtun.operation.networks.enums import BUILT, BY_HAND, FIRST, LAST, Ended, NetworkState
from samtun.operation.networks.models import Member, Network, Step
from samtun.operation.networks.notices import Around
from samtun.operation.networks.queries import contact_of, step_days
from samtun.operation.networks.rules import may_build, until_morning
from samtun.operation.referrals.actions import became_network, tell_what_became
from samtun.operation.referrals.enums import Became
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.consents.actions import record_consent
from samtun.people.persons.models import Person
from samtun.people.persons.queries import away_of
from samtun.work.todos.actions import close_todos, open_todo


class AskedFirst(Refused):
    """Ask the person first, and tick that they have said yes. A network is built with somebody, never about them."""


class OneAlready(Refused):
    """There is a network around this person already. Open it and go on from there."""


class NotAbout(Refused):
    """The person does not want contact, or has died. Nothing is begun."""


class NotThatStep(Refused):
    """Somebody has been here since. Look at which step it stands at now."""


class CannotSkip(Refused):
    """The network itself cannot be skipped. Put it in place, or end it."""


class SayWhy(Refused):
    """Write in a few words why the step is skipped."""


class NobodyAround(Refused):
    """Nobody stands around the person yet. Add an activity, a group, a volunteer or someone near first."""


class NoContact(Refused):
    """Choose a network contact first: somebody who has been asked and has said yes."""


class DayAhead(Refused):
    """That day has not been. Choose today or an earlier day."""


class Resting(Refused):
    """The network rests while the person is away, or has ended. Nothing moves now."""


class NothingToTakeBack(Refused):
    """There is no step to take back."""


class RhythmWrong(Refused):
    """Choose between 2 and 120 opening days between talks."""


def begin(
    *, owner: Owner, person: Person, said_yes: bool, form: str, by: Viewer, at: dt.datetime, basis: str = "self",
    given_by: str = "", request: HelpRequest | None = None, referral_id: uuid.UUID | None = None, who: str = "",
) -> Network:  # fmt: skip
    """Begin a network around a person who has said yes to it; the yes is written down (R76). `who` does step one."""
    if not (by.is_system or (owner.id in by.owners and by.may(Permission.HANDLE_REQUESTS))):
        raise NotYours
    if request and (request.owner_id != owner.id or request.recipient_id != person.id):
        raise NotYours
    if not said_yes:
        raise AskedFirst
    if person.do_not_contact or person.is_dead:
        raise NotAbout
    try:
        with transaction.atomic():
            consent = record_consent(
                person=person, basis=basis, what="Who is around the person, with names and the contact's number",
                passed_to=owner, owner=owner, purpose="A network around the person", form=form, given_by=given_by,
                by=by, at=at,
            )  # fmt: skip
            made = Network.objects.create(
                owner=owner, person=person, consent=consent, request=request, made_at=at, made_by=by.name[:160]
            )
            Step.objects.bulk_create(Step(network=made, number=n) for n in range(FIRST, LAST + 1))
            record("networks.begin", Ref("network", made.id), by=by, at=at)
            reach(made, FIRST, who=who or by.name, at=at)
            if referral_id:
                became_network(referral_id=referral_id, network=made.id, by=by, at=at)
            away = away_of(person.id)
            if away and away.starts <= wall(at).date():
                made.state, made.held_for = NetworkState.PAUSED, away
                made.save(update_fields=["state", "held_for"])
    except IntegrityError as fault:
        raise OneAlready from fault
    return made


def settle_step(
    *, network: Network, number: int, note: str, by: Viewer, at: dt.datetime, on: dt.date | None = None, who: str = "",
) -> Network:  # fmt: skip
    """Settle the step it stands at, done on a day; the next one is reached, with `who` does it."""
    today = wall(at).date()
    if on and on > today:
        raise DayAhead
    with transaction.atomic():
        current, step = _at(network, number, by)
        if number == BUILT:
            _is_built(current)
        step.note = note.strip()[:300]
        _settle(current, step, on=on or today, who=who, by=by, at=at)
        record("networks.step_done", Ref("network", current.id), by=by, at=at, number=number)
        if number == BUILT:
            tell_what_became(wish=current.id, became=Became.DONE, by=by, at=at)
            queue(
                notice=Around, ref_kind="network", ref_id=current.id, to=current.person_id, owner=current.owner_id,
                by=by, at=at,
            )  # fmt: skip
    return current


def skip_step(*, network: Network, number: int, because: str, by: Viewer, at: dt.datetime, who: str = "") -> Network:
    """Skip the step it stands at, with the reason; the network itself and the talks that follow cannot be skipped."""
    if not because.strip():
        raise SayWhy
    with transaction.atomic():
        current, step = _at(network, number, by)
        if number >= BUILT:
            raise CannotSkip
        step.skipped_because = because.strip()[:200]
        _settle(current, step, on=wall(at).date(), who=who, by=by, at=at)
        record("networks.step_skipped", Ref("network", current.id), by=by, at=at, number=number)
    return current


def take_step_back(*, network: Network, by: Viewer, at: dt.datetime) -> Network:
    """Take the last settled step back: it is to be done again, and what was due after it is called off."""
    with transaction.atomic():
        current = lock(network, by)
        if current.state != NetworkState.OPEN:
            raise Resting
        steps = Step.objects.select_for_update(of=("self",)).filter(network=current)
        last = steps.exclude(settled_on=None).order_by("-number").first()
        if last is None:
            raise NothingToTakeBack
        steps.filter(number__gt=last.number).update(due_on=None, who="")
        if last.number == BUILT:
            call_off_talks(current, by=by, at=at)
            cancel_for(ref_kind="network", ref_id=current.id, by=by, at=at)
        close_todos(ref=Ref("network", current.id), by=by, at=at)
        last.settled_on, last.settled_by, last.skipped_because = None, "", ""
        last.save(update_fields=["settled_on", "settled_by", "skipped_because"])
        reach(current, last.number, who=last.who, at=at)
        record("networks.step_back", Ref("network", current.id), by=by, at=at, number=last.number)
    return current


def set_rhythm(*, network: Network, days: int | None, by: Viewer, at: dt.datetime) -> Network:
    """Choose how many opening days there are between talks; None is as usual here. Planned talks keep their day."""
    if days is not None and not 2 <= days <= 120:
        raise RhythmWrong
    with transaction.atomic():
        current = lock(network, by)
        current.talk_days = days
        current.save(update_fields=["talk_days"])
        record("networks.rhythm", Ref("network", current.id), by=by, at=at, days=days or 0)
    return current


def end_network(*, network: Network, because: Ended, note: str, by: Viewer, at: dt.datetime) -> Network:
    """End it, for one of the reasons that are chosen by hand: a state. What was planned is called off."""
    if because not in BY_HAND:
        raise SayWhy
    with transaction.atomic():
        current = lock(network, by)
        if current.state == NetworkState.ENDED:
            raise Resting
        close(current, because, note=note, by=by, at=at)
    return current


def close(network: Network, because: Ended, *, note: str = "", by: Viewer, at: dt.datetime) -> None:
    """End it and call off what was planned, whoever asked for it."""
    network.state, network.ended_at, network.ended_because = NetworkState.ENDED, at, because
    network.end_note, network.held_for = note.strip()[:200], None
    network.save(update_fields=["state", "ended_at", "ended_because", "end_note", "held_for"])
    call_off_talks(network, by=by, at=at)
    close_todos(ref=Ref("network", network.id), by=by, at=at)
    record("networks.ended", Ref("network", network.id), by=by, at=at, because=because)
    if because != Ended.DIED:
        became = Became.DONE if because == Ended.STANDS else Became.CANCELLED
        tell_what_became(wish=network.id, became=became, by=by, at=at)


def step_due(*, network: Network, number: int, by: Viewer, at: dt.datetime) -> bool:
    """Put a step on the desk when its day has come; False when it is settled, or rests."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        current = Network.objects.select_related("person").get(id=network.id)
        step = Step.objects.get(network=current, number=number)
        today = wall(at).date()
        if current.state != NetworkState.OPEN or step.settled_on or step.due_on is None or step.due_on > today:
            return False
        open_todo(
            ref=Ref("network", current.id), reason=f"step_{number}", about=current.person.initials,
            owner=current.owner_id, at=at, audience=Permission.HANDLE_REQUESTS,
            due=opening_hours_of(current.owner_id).after_days(wall(at), 0),
        )  # fmt: skip
    return True


def reach(network: Network, number: int, *, who: str, at: dt.datetime) -> None:
    """Come to a step: its day is so many opening days from now. The fifth has talks instead of a day."""
    step = Step.objects.get(network=network, number=number)
    step.who = who[:120]
    if number == LAST:
        step.save(update_fields=["who"])
        plan_talks(network, at=at)
        return
    days = step_days(number, on=wall(at).date())
    step.due_on = opening_hours_of(network.owner_id).after_days(wall(at), days).date()
    step.save(update_fields=["due_on", "who"])
    plan_step(step, at=at)


def plan_step(step: Step, *, at: dt.datetime) -> None:
    """Let it come to the desk on the morning of its day."""
    assert step.due_on
    defer(
        "networks.step_due", network_id=step.network_id, number=step.number, schedule_in=until_morning(step.due_on, at)
    )


def lock(network: Network, by: Viewer) -> Network:
    """Return the network's row, locked: every change of its state goes through here."""
    rows = Network.objects.select_for_update(of=("self",)).select_related("person", "owner")
    current = rows.get(id=network.id)
    if not may_build(by, current):
        raise NotYours
    return current


def _at(network: Network, number: int, by: Viewer) -> tuple[Network, Step]:
    current = lock(network, by)
    if current.state != NetworkState.OPEN:
        raise Resting
    step = Step.objects.filter(network=current, settled_on=None).order_by("number").first()
    if step is None or step.number != number or number == LAST:
        raise NotThatStep
    return current, step


def _settle(network: Network, step: Step, *, on: dt.date, who: str, by: Viewer, at: dt.datetime) -> None:
    step.settled_on, step.settled_by = on, by.name[:160]
    step.save(update_fields=["settled_on", "settled_by", "skipped_because", "note"])
    close_todos(ref=Ref("network", network.id), by=by, at=at)
    reach(network, step.number + 1, who=who or step.who or by.name, at=at)


def _is_built(network: Network) -> None:
    if not Member.objects.filter(network=network, left_at=None).exists():
        raise NobodyAround
    if contact_of(network) is None:
        raise NoContact
