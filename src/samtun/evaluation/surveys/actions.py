"""Verbs on answers: of the one that help was for, and of those who were at something in the programme."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from samtun.evaluation.surveys.models import Answer
from samtun.evaluation.surveys.notices import HowWasIt, WentWell
from samtun.evaluation.surveys.queries import YEAR, answer_about_time, answer_of, asked_lately, match_of
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import answer as settle
from samtun.notifications.messages.actions import cancel_for, hush, queue
from samtun.notifications.messages.models import Question
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Occurrence
from samtun.operation.help_requests.enums import MatchState
from samtun.operation.help_requests.models import Match
from samtun.operation.help_requests.rules import may_answer
from samtun.operation.recognition.actions import pass_on_words
from samtun.operation.registrations.queries import time_told, who_were_there
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.actions import note_stilled
from samtun.people.persons.models import Passing
from samtun.people.persons.queries import everyone_of
from samtun.work.todos.actions import open_todo

DAY_AFTER = dt.timedelta(hours=2)
ASKED_LATELY = dt.timedelta(days=16)


class WordsTooLong(Refused):
    """Make it a little shorter: there is room for 300 characters."""


def ask_went_well(*, match: Match, by: Viewer, at: dt.datetime) -> None:
    """Ask the one it was for, once, about the arrangement."""
    with transaction.atomic():
        queue(
            notice=WentWell, ref_kind="went_well", ref_id=match.id, to=match.request.recipient_id,
            owner=match.request.owner_id, by=by, at=at, not_before=at + DAY_AFTER,
            question_ends=at + dt.timedelta(days=14),
        )  # fmt: skip


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """Call off what an owner that has left would still have asked: nobody is there to ring back."""
    lately = Match.objects.filter(request__owner=owner, state=MatchState.DONE, ended_at__gte=at - ASKED_LATELY)
    held = Occurrence.objects.filter(
        activity__owner=owner, state=OccurrenceState.HELD, ends_at__gte=at - ASKED_LATELY, ends_at__lte=at
    )
    with transaction.atomic():
        asked = [("went_well", key) for key in lately.order_by("id").values_list("id", flat=True)]
        asked += [("how_was_it", key) for key in held.order_by("id").values_list("id", flat=True)]
        return sum(cancel_for(ref_kind=kind, ref_id=key, by=by, at=at) for kind, key in asked)


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Ask nobody how it went with one who has died: neither the one it was for, nor about the one who helped."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    either = Q(request__recipient__in=everyone) | Q(volunteer__person__in=everyone)
    lately = Match.objects.filter(either, state=MatchState.DONE, ended_at__gte=at - ASKED_LATELY)
    about = [Ref("went_well", key) for key in lately.order_by("id").values_list("id", flat=True)]
    with transaction.atomic():
        note_stilled(passing.id, hushed=hush(about=about, at=at))


def answer_went_well(
    *, match: Match, value: Answer.Value, via: str, by: Viewer, at: dt.datetime, words: str = "", may_tell: bool = False
) -> Answer:
    """Take the answer. "Ring me" becomes a to-do; words go on to the volunteer only with leave (R67)."""
    if len(words) > 300:
        raise WordsTooLong
    request = match.request
    if not may_answer(by, request, request.recipient_id):
        raise NotYours
    with transaction.atomic():
        answer, _ = Answer.objects.update_or_create(
            question="went_well", ref_kind="match", ref_id=match.id, person_id=request.recipient_id,
            defaults={
                "owner_id": request.owner_id, "value": value, "words": words, "words_may_be_told": may_tell,
                "answered_at": at, "via": via,
            },
        )  # fmt: skip
        ref = Ref("help_request", request.id)
        record("surveys.went_well", ref, by=by, at=at, answer=value, via=via)
        cancel_for(ref_kind="went_well", ref_id=match.id, by=by, at=at)
        if value == Answer.Value.RING_ME and not request.recipient.is_dead:
            open_todo(
                ref=ref, reason="ring_me", about=request.recipient.initials, owner=request.owner_id, at=at,
                audience=Permission.HANDLE_REQUESTS, due=opening_hours_of(request.owner_id).after_days(wall(at), 0),
            )  # fmt: skip
        if words and may_tell:
            pass_on_words(
                person_id=match.volunteer.person_id, owner_id=match.volunteer.host_id, words=words, by=by, at=at
            )
    return answer


def ask_how_it_was(*, occurrence: Occurrence, by: Viewer, at: dt.datetime) -> int:
    """Ask those who were there how it was, each contact once; return how many.

    Of what comes again and again they are asked once in three months, so that nobody is asked every Friday.
    """
    if not by.is_system:
        raise NotYours
    it = occurrence.activity
    persons = set(who_were_there(occurrence)) - asked_lately(occurrence, at=at)
    with transaction.atomic():
        for person in sorted(persons):
            queue(
                notice=HowWasIt, ref_kind="how_was_it", ref_id=occurrence.id, to=person, owner=it.owner_id, by=by,
                at=at, not_before=max(occurrence.ends_at, at) + DAY_AFTER, question_ends=at + dt.timedelta(days=14),
            )  # fmt: skip
    return len(persons)


def answer_how_it_was(
    *, occurrence: Occurrence, person: uuid.UUID, value: Answer.Value, via: str, by: Viewer, at: dt.datetime,
    words: str = "",
) -> Answer:  # fmt: skip
    """Take the answer of one who was there. "Ring me" becomes a to-do for those who hold it; words stand nameless."""
    if len(words) > 300:
        raise WordsTooLong
    if by.person is None or by.person not in everyone_of(person) or person not in who_were_there(occurrence):
        raise NotYours
    owner = occurrence.activity.owner_id
    with transaction.atomic():
        answer, _ = Answer.objects.update_or_create(
            question="how_was_it", ref_kind="occurrence", ref_id=occurrence.id, person_id=person,
            defaults={
                "owner_id": owner, "value": value, "words": words, "words_may_be_told": False, "answered_at": at,
                "via": via,
            },
        )  # fmt: skip
        record("surveys.how_was_it", Ref("occurrence", occurrence.id), by=by, at=at, via=via)
        if value == Answer.Value.RING_ME and answer.person and not answer.person.is_dead:
            open_todo(
                ref=Ref("how_was_it", answer.id), reason="ring_me", about=answer.person.initials, owner=owner, at=at,
                audience=Permission.PUBLISH, due=opening_hours_of(owner).after_days(wall(at), 0),
            )  # fmt: skip
    return answer


def take_went_well(
    *, question: Question, value: Answer.Value, via: str, by: Viewer, at: dt.datetime, words: str | None = None,
    may_tell: bool = False,
) -> None:  # fmt: skip
    """Take an answer and the words that came with it, both or neither. None for words: those that stand are kept."""
    with transaction.atomic():
        given = answer_of(question.ref_id, question.to_person)
        if given is None:
            settle(question=question, answer=value, via=via, by=by, at=at)
        elif words is None:
            words, may_tell = given.words, given.words_may_be_told
        if given is not None or words:
            answer_went_well(
                match=match_of(question.ref_id), value=value, via=via, by=by, at=at, words=words or "",
                may_tell=may_tell,
            )  # fmt: skip


def take_how_it_was(
    *, question: Question, value: Answer.Value, via: str, by: Viewer, at: dt.datetime, words: str = ""
) -> None:
    """Take an answer and the words that came with it, both or neither. Words that stand are kept when none come."""
    with transaction.atomic():
        row = time_told(question.ref_id)
        if row is None:
            raise NotYours
        given = answer_about_time(question.ref_id, question.to_person)
        if given is None:
            settle(question=question, answer=value, via=via, by=by, at=at)
        if given is not None or words:
            answer_how_it_was(
                occurrence=row, person=question.to_person, value=value, via=via, by=by, at=at,
                words=words or (given.words if given else ""),
            )  # fmt: skip


def forget(*, by: Viewer, at: dt.datetime) -> int:
    """Erase who answered and their words, a year after; return how many. What was answered stands, to be counted.

    An arrangement is one person's: its answer stands about the kind of help, for the owner.
    """
    if not by.is_system:
        raise NotYours
    kind = Match.objects.filter(id=OuterRef("ref_id")).values("request__task_type")
    with transaction.atomic():
        old = Answer.objects.filter(answered_at__lt=at - YEAR, person__isnull=False)
        number = old.filter(question="went_well").update(
            person=None, words="", ref_kind="task_type", ref_id=Coalesce(Subquery(kind), F("ref_id"))
        )
        number += old.update(person=None, words="")
        if number:
            record("surveys.forget", Ref("municipality", by.tenant), by=by, at=at, number=number)
    return number
