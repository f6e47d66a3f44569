"""What comes of a version that all parties approve, and of an agreement that is over."""

import datetime as dt

from samtun.anchoring.agreements.actions.stepping import done, sync_answers, sync_contacts, tell
from samtun.anchoring.agreements.enums import LIVE, OPEN, Because, Form, Says, Sort, State, VersionState
from samtun.anchoring.agreements.models import Agreement, Answer, Evaluation, Party, Version
from samtun.anchoring.agreements.notices import Agreed, Over
from samtun.anchoring.agreements.rules import HALF, REMINDED_BEFORE, add_months
from samtun.anchoring.forums.rules import days_before
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import opening_hours_of

MORNING = dt.time(8)


def settle(version: Version, agreement: Agreement, parties: list[Party], *, by: Viewer, at: dt.datetime) -> bool:
    """See where a version stands by the answers of those who are parties now; True when all have said yes."""
    says = dict(Answer.objects.filter(version=version).values_list("party", "says"))
    answers = [says.get(party.id) for party in parties]
    if parties and all(one == Says.YES for one in answers):
        _accept(version, agreement, parties, by=by, at=at)
        return True
    state = VersionState.OBJECTED if Says.NO in answers else VersionState.WAITING
    if version.state != state:
        version.state = state
        version.save(update_fields=["state"])
    return False


def _accept(version: Version, agreement: Agreement, parties: list[Party], *, by: Viewer, at: dt.datetime) -> None:
    same = Version.objects.filter(agreement=agreement, sort=version.sort, state=VersionState.STANDING)
    same.update(state=VersionState.PAST, settled_at=at)
    version.state, version.settled_at = VersionState.STANDING, at
    version.save(update_fields=["state", "settled_at"])
    record("agreements.agreed", Ref("agreement", agreement.id), by=by, at=at, sort=version.sort)
    tell(agreement, Agreed, to=parties, but=None, by=by, at=at)
    if version.sort == Sort.TEXT:
        _text(version, agreement, parties, by=by, at=at)
    elif version.sort == Sort.RHYTHM:
        agreement.meets, agreement.often, agreement.rhythm_chosen_at = version.meets, version.often, at
        agreement.save(update_fields=["meets", "often", "rhythm_chosen_at"])
    else:
        agreement.ends_on, agreement.taken_by, agreement.ended_words = version.ends_on, version.taken_by, version.why
        agreement.save(update_fields=["ends_on", "taken_by", "ended_words"])
        pass_if_over(agreement, parties, by=by, at=at)
    look_again(agreement, at=at)


def _text(version: Version, agreement: Agreement, parties: list[Party], *, by: Viewer, at: dt.datetime) -> None:
    today = wall(at).date()
    agreement.until, agreement.until_agreed_at = version.until, at
    if agreement.evaluate_by is None:
        agreement.evaluate_by = add_months(today, HALF)
    if agreement.state == State.BEING_MADE:
        agreement.state, agreement.since = State.STANDS, today
    agreement.save(update_fields=["until", "until_agreed_at", "evaluate_by", "state", "since"])
    sync_contacts(agreement, parties, by=by, at=at)


def pass_if_over(agreement: Agreement, parties: list[Party], *, by: Viewer, at: dt.datetime) -> bool:
    """End an agreement whose last day has been, or that has fewer than two left in it; True when it is over."""
    today = wall(at).date()
    if agreement.ends_on is not None and agreement.ends_on < today:
        close(agreement, parties, Because.TAKEN_OVER if agreement.taken_by_id else Because.AGREED, by=by, at=at)
    elif agreement.until is not None and agreement.until < today:
        close(agreement, parties, Because.RAN_OUT, by=by, at=at)
    elif len(parties) < 2:
        close(agreement, parties, Because.STOPPED, by=by, at=at)
    return agreement.state not in LIVE


def close(agreement: Agreement, parties: list[Party], because: Because, *, by: Viewer, at: dt.datetime) -> None:
    """Write down that an agreement is over: a state. What waits gives way, nothing is due, and all are told."""
    is_taken = because == Because.TAKEN_OVER
    agreement.state = State.TAKEN_OVER if is_taken else State.ENDED
    agreement.ended_at, agreement.ended_because = at, because
    if not is_taken:
        agreement.taken_by = None
    agreement.save(update_fields=["state", "ended_at", "ended_because", "taken_by"])
    waiting = Version.objects.filter(agreement=agreement, state__in=OPEN)
    waiting.update(state=VersionState.SUPERSEDED, settled_at=at)
    for party in Party.objects.filter(agreement=agreement):
        done(party, by=by, at=at)
    _record_over(agreement, because, by=by, at=at)
    tell(agreement, Over, to=parties, but=None, by=by, at=at)


def _record_over(agreement: Agreement, because: Because, *, by: Viewer, at: dt.datetime) -> None:
    ref = Ref("agreement", agreement.id)
    if because == Because.TAKEN_OVER:
        record("agreements.taken_over", ref, by=by, at=at)
    elif because == Because.AGREED:
        record("agreements.ended", ref, by=by, at=at)
    elif because == Because.RAN_OUT:
        record("agreements.ran_out", ref, by=by, at=at)
    else:
        record("agreements.stopped", ref, by=by, at=at)


def look_again(agreement: Agreement, *, at: dt.datetime) -> None:
    """Have the agreement looked at the next day something happens with it by itself."""
    if agreement.state not in LIVE:
        return
    day = next_day(agreement, wall(at).date())
    if day is not None:
        wait = max(int((at_wall(day, MORNING) - at).total_seconds()), 1)
        defer("agreements.look", agreement_id=agreement.id, schedule_in=wait)


def next_day(agreement: Agreement, today: dt.date) -> dt.date | None:
    """Return the next day when a last day has passed, or the parties are reminded of an evaluation."""
    after = dt.timedelta(days=1)
    days = [day + after for day in (agreement.ends_on, agreement.until) if day is not None]
    rows = Party.objects.filter(agreement=agreement, left_at=None, stops_on__isnull=False)
    days += [day + after for day in rows.values_list("stops_on", flat=True) if day]
    if agreement.form == Form.ONE_PAGE and agreement.evaluate_by is not None and not _goes_on(agreement):
        days.append(reminded_on(agreement, agreement.evaluate_by))
    ahead = [day for day in days if day > today]
    return min(ahead, default=None)


def _goes_on(agreement: Agreement) -> bool:
    return Evaluation.objects.filter(agreement=agreement, done_at=None).exists()


def reminded_on(agreement: Agreement, due: dt.date) -> dt.date:
    """Return the day when the parties are reminded of an evaluation."""
    return days_before(opening_hours_of(agreement.started_by_id), due, REMINDED_BEFORE)


def settle_waiting(agreement: Agreement, parties: list[Party], *, by: Viewer, at: dt.datetime) -> None:
    """See where all that waits stands, when there are fewer who must answer."""
    for version in Version.objects.filter(agreement=agreement, state__in=OPEN).order_by("id"):
        if agreement.state in LIVE:
            settle(version, agreement, parties, by=by, at=at)
    if agreement.state in LIVE:
        sync_answers(agreement, parties, by=by, at=at)
