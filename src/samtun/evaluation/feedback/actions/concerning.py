"""A concern from the first words to the answer, and its erasure. Nobody's name is written in the audit of telling."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from samtun.evaluation.feedback.enums import ConcernState, Kind, Outcome
from samtun.evaluation.feedback.models import Concern, Reading, Remark, ShutOut
from samtun.evaluation.feedback.notices import ToYou
from samtun.evaluation.feedback.queries import concerning
from samtun.evaluation.feedback.queries.sealed import sealed
from samtun.evaluation.feedback.rules import ANSWERED_WITHIN, STEPS, UNFOUNDED_KEPT, code_from, code_hash
from samtun.foundation import recipients
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.notices import notice_of
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.notifications.messages.queries import way_to
from samtun.partners.organisations.queries import opening_hours_of

MOST_WORDS = 2000
KEPT = dt.timedelta(days=365)


class SayWhat(Refused):
    """Write a few words about what is wrong, so that somebody can look into it."""


class TooManyWords(Refused):
    """Make it a little shorter: there is room for 2,000 characters."""


class NobodyReceives(Refused):
    """There is nobody here who can receive this yet. Ring the municipality, and ask for the privacy officer."""


class NotThatStep(Refused):
    """That step cannot be taken now. Look at what stands, and take the one that comes next."""


class HearFirst(Refused):
    """The one it concerns is to be told and heard first. Write when and by whom, or why it must wait."""


class AnswerFirst(Refused):
    """Write an answer to the one who told: it is what they read when they come back."""


class ClosedAlready(Refused):
    """This is closed and answered. Tell it anew if there is something more."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What somebody tells. `concerned` are receivers it is about; `about` is in words; the rest may be empty."""

    kind: str
    text: str
    about: str = ""
    name: str = ""
    phone: str = ""
    concerned: Collection[uuid.UUID] = ()
    to_inside: bool = True
    to_outside: bool = False


def raise_concern(
    *, owner: Owner, telling: Telling, sent_key: str, via: str, at: dt.datetime, entered_by: Viewer | None = None
) -> tuple[Concern, str]:  # fmt: skip
    """Take a concern in and return it with the code by which the one who told comes back.

    Whoever is logged in, it is told by nobody: the audit has no name, unless a receiver writes it down for another.
    The same page sent twice is one, with the same code.
    """
    text = telling.text.strip()
    if not text:
        raise SayWhat
    if len(text) > MOST_WORDS:
        raise TooManyWords
    code = code_from(sent_key)
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        if before := Concern.objects.filter(code_hash=code_hash(code)).first():
            return before, code
        inside = telling.to_inside or not telling.to_outside
        made = Concern(
            owner=owner, kind=telling.kind if telling.kind in Kind.values else Kind.OTHER, to_inside=inside,
            to_outside=telling.to_outside, about_someone=bool(telling.about.strip() or telling.concerned),
            code_hash=code_hash(code), via=via, made_at=at, due=_due(owner, at),
        )  # fmt: skip
        words = {"text": text, "about": telling.about.strip()[:120], "name": telling.name.strip()[:120]}
        made.sealed = sealed(made, words | {"phone": telling.phone})
        made.save(force_insert=True)
        _shut_out(made, telling.concerned, on=wall(at).date())
        if not concerning.readers_of(made, on=wall(at).date()):
            raise NobodyReceives
        by = entered_by or Viewer.anonymous(current_tenant())
        record("feedback.raise_concern", Ref("concern", made.id), by=by, at=at)
        _wake(made, at=at)
        defer("feedback.remind", concern_id=made.id, schedule_in=_seconds(made.due, at))
    return made, code


def open_words(*, concern: Concern, by: Viewer, at: dt.datetime) -> None:
    """Note that a receiver opens the words."""
    _may(concern, by, at)
    assert by.person is not None  # nobody receives without being somebody
    with transaction.atomic():
        Reading.objects.create(concern=concern, person_id=by.person, at=at)
        record("feedback.open_words", Ref("concern", concern.id), by=by, at=at)


def look_at(*, concern: Concern, by: Viewer, at: dt.datetime) -> Concern:
    """Say that somebody has begun: the one who told sees it."""
    with transaction.atomic():
        found = _locked(concern, by, at)
        _step(found, ConcernState.LOOKED_AT, looked_at=at, due=_due(found.owner, at))
        record("feedback.look_at", Ref("concern", found.id), by=by, at=at)
    return found


def note_heard(*, concern: Concern, on: dt.date, who: str, by: Viewer, at: dt.datetime) -> Concern:
    """Write down that the one it concerns has been told and heard: by whom, which day."""
    if not who.strip() or on > wall(at).date():
        raise HearFirst
    with transaction.atomic():
        found = _locked(concern, by, at)
        _step(found, ConcernState.HEARD, heard_on=on, heard_by=who.strip()[:160], hearing_put_off=False)
        record("feedback.note_heard", Ref("concern", found.id), by=by, at=at)
    return found


def put_off_hearing(*, concern: Concern, reason: str, by: Viewer, at: dt.datetime) -> Concern:
    """Write down why the one it concerns is not told yet: only when telling would put somebody in danger."""
    if not reason.strip():
        raise HearFirst
    with transaction.atomic():
        found = _locked(concern, by, at)
        if found.state != ConcernState.LOOKED_AT:
            raise NotThatStep
        found.hearing_put_off, found.about_someone = True, True
        found.save(update_fields=["hearing_put_off", "about_someone"])
        _remark(found, reason, by=by, at=at, shown=False)
        record("feedback.put_off_hearing", Ref("concern", found.id), by=by, at=at)
    return found


def conclude(*, concern: Concern, outcome: str, by: Viewer, at: dt.datetime) -> Concern:
    """Say what it came to. Where it is about someone, they are heard first, or it stands why not."""
    if outcome not in Outcome.values:
        raise NotThatStep
    with transaction.atomic():
        found = _locked(concern, by, at)
        if found.state == ConcernState.LOOKED_AT and found.about_someone and not found.hearing_put_off:
            raise HearFirst
        _step(found, ConcernState.CONCLUDED, outcome=outcome, concluded_at=at, due=_due(found.owner, at))
        record("feedback.conclude", Ref("concern", found.id), by=by, at=at)
    return found


def close(*, concern: Concern, answer: str, by: Viewer, at: dt.datetime) -> Concern:
    """Answer the one who told, and close. What was unfounded is erased in days, the rest after a year."""
    if not answer.strip():
        raise AnswerFirst
    with transaction.atomic():
        found = _locked(concern, by, at)
        _step(found, ConcernState.CLOSED, closed_at=at, due=None)
        _remark(found, answer, by=by, at=at, shown=True)
        record("feedback.close_concern", Ref("concern", found.id), by=by, at=at)
        cancel_for(ref_kind="to_you", ref_id=found.id, by=by, at=at)
        defer("feedback.erase", concern_id=found.id, schedule_in=int(_kept(found, at).total_seconds()) + 1)
    return found


def write_to_teller(*, concern: Concern, text: str, by: Viewer, at: dt.datetime) -> None:
    """Write something that the one who told reads when they come back: a question, or how far it is."""
    if not text.strip():
        raise AnswerFirst
    with transaction.atomic():
        found = _locked(concern, by, at)
        if found.state == ConcernState.CLOSED:
            raise ClosedAlready
        _remark(found, text, by=by, at=at, shown=True)
        record("feedback.write_to_teller", Ref("concern", found.id), by=by, at=at)


def add_words(*, concern: Concern, text: str, at: dt.datetime) -> None:
    """Take in something more from the one who told, by the code."""
    if not text.strip():
        raise SayWhat
    if len(text.strip()) > MOST_WORDS:
        raise TooManyWords
    with transaction.atomic():
        found = Concern.objects.select_for_update(of=("self",)).select_related("owner").get(id=concern.id)
        if found.state == ConcernState.CLOSED or found.erased_at:
            raise ClosedAlready
        _remark(found, text, by=None, at=at, shown=True)
        record("feedback.add_words", Ref("concern", found.id), by=Viewer.anonymous(current_tenant()), at=at)
        _wake(found, at=at)


def shut_out(*, concern: Concern, person_id: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Close a concern to a receiver when it turns out to be about them. The last one cannot be shut out."""
    with transaction.atomic():
        found = _locked(concern, by, at)
        _shut_out(found, [person_id], on=wall(at).date())
        if not concerning.readers_of(found, on=wall(at).date()):
            raise NobodyReceives
        record("feedback.shut_out", Ref("concern", found.id), by=by, at=at)
        _wake(found, at=at)


def remind(*, concern: Concern, by: Viewer, at: dt.datetime) -> None:
    """Tell those who receive, once more, that something waits, when the day is past and nobody has looked."""
    with transaction.atomic():
        found = Concern.objects.select_for_update(of=("self",)).select_related("owner").get(id=concern.id)
        if found.state == ConcernState.RECEIVED and found.due and at >= found.due:
            _wake(found, at=at)


def erase(*, concern: Concern, by: Viewer, at: dt.datetime) -> bool:
    """Erase words and names when their time is out; a number remains. Return whether it was time."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = Concern.objects.select_for_update(of=("self",)).get(id=concern.id)
        if found.closed_at is None or found.erased_at or at < found.closed_at + _kept(found, found.closed_at):
            return False
        for model in (Remark, ShutOut, Reading):
            rows: Any = model.objects.filter(concern=found)
            rows.delete()
        found.sealed, found.code_hash, found.heard_by, found.heard_on, found.erased_at = b"", "", "", None, at
        found.save(update_fields=["sealed", "code_hash", "heard_by", "heard_on", "erased_at"])
        record("feedback.erase_concern", Ref("concern", found.id), by=by, at=at)
    return True


def _kept(concern: Concern, at: dt.datetime) -> dt.timedelta:
    if concern.outcome == Outcome.UNFOUNDED:
        return dt.timedelta(days=UNFOUNDED_KEPT.read(wall(at).date()))
    return KEPT


def _due(owner: Owner, at: dt.datetime) -> dt.datetime:
    return opening_hours_of(owner.id).after_days(wall(at), ANSWERED_WITHIN.read(wall(at).date()))


def _seconds(due: dt.datetime | None, at: dt.datetime) -> int:
    return max(int((due - at).total_seconds()) + 1, 1) if due else 1


def _shut_out(concern: Concern, people: Collection[uuid.UUID], *, on: dt.date) -> None:
    """Shut out those of these who could receive it; anyone else never could."""
    known = concerning.inside_receivers(concern.owner, on=on) + concerning.outside_receivers(concern.owner)
    for person in {n.person.id for n in known} & set(people):
        ShutOut.objects.get_or_create(concern=concern, person_id=person)


def _wake(concern: Concern, *, at: dt.datetime) -> None:
    """Tell each receiver who can be told that something waits; nothing goes by anybody else's hands."""
    by = Viewer.system(current_tenant())
    for named in concerning.readers_of(concern, on=wall(at).date()):
        to = recipients.resolve(named.person.id)
        if to and way_to(to, notice_of(ToYou.key)):
            queue(
                notice=ToYou, ref_kind="to_you", ref_id=concern.id, to=named.person.id, owner=concern.owner_id, by=by,
                at=at, question_ends=at + dt.timedelta(days=30),
            )  # fmt: skip


def _remark(concern: Concern, text: str, *, by: Viewer | None, at: dt.datetime, shown: bool) -> Remark:
    author = by.who if by else ""
    made = Remark(concern=concern, from_teller=by is None, shown=shown, author=author[:160], at=at)
    made.sealed = sealed(made, {"text": text.strip()[:MOST_WORDS]})
    made.save(force_insert=True)
    return made


def _step(concern: Concern, to: ConcernState, **facts: Any) -> None:
    if to not in STEPS[ConcernState(concern.state)]:
        raise NotThatStep
    concern.state = to
    for field, value in facts.items():
        setattr(concern, field, value)
    concern.save(update_fields=["state", *facts])


def _may(concern: Concern, by: Viewer, at: dt.datetime) -> None:
    if not concerning.may_read(by, concern, on=wall(at).date()):
        raise NotYours


def _locked(concern: Concern, by: Viewer, at: dt.datetime) -> Concern:
    found = Concern.objects.select_for_update(of=("self",)).select_related("owner").get(id=concern.id)
    _may(found, by, at)
    return found
