"""A workshop is planned from a template, changed, called off; and names are erased afterwards."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from samtun.codesign.workshops.actions.holding import NeedsWords, NotNow, changed, lock, standing
from samtun.codesign.workshops.enums import QuestionKind, WorkshopState
from samtun.codesign.workshops.models import Answer, Group, Note, Participant, Question, Recommendation, Workshop
from samtun.codesign.workshops.rules import (
    ABOUT,
    MOST_GROUPS,
    MOST_QUESTIONS,
    Planned,
    code_hash,
    code_of,
    erased_on,
    hash_of,
    leads,
    table_key,
)
from samtun.foundation import refs, sight
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref


class TooManyGroups(Refused):
    """There is room for twelve tables. Let there be a few more at each."""


class TakesNoTime(Refused):
    """Give at least one of the phases a minute or more, at most ninety."""


class HasNotes(Refused):
    """Something is written to this question already, or it is the one you are at, so it stays in the programme."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a workshop is called, when and where it is, and how many tables and dots there are."""

    title: str
    day: dt.date
    purpose: str = ""
    begins: dt.time | None = None
    place: str = ""
    dots: int = 3


def plan(
    *, owner: Owner, facts: Facts, groups: int, questions: Sequence[Planned], by: Viewer, at: dt.datetime,
    about: Ref | None = None,
) -> Workshop:  # fmt: skip
    """Plan a workshop with its programme and tables, perhaps about something that the viewer may see."""
    if not leads(by, owner.id):
        raise NotYours
    if not 1 <= groups <= MOST_GROUPS:
        raise TooManyGroups
    with transaction.atomic():
        key = uuid7()
        made = Workshop(id=key, owner=owner, made_by=by.called, code_hash=code_hash(code_of(key)), made_at=at)
        _write(made, facts)
        if about is not None and about.kind in ABOUT and refs.describe(by, about):
            made.about_kind, made.about_id = about.kind, about.id
        made.save(force_insert=True)
        Question.objects.bulk_create(
            Question(workshop=made, number=n, words=q.words[:300], kind=q.kind, alone=q.alone, group=q.group,
                     plenary=q.plenary)
            for n, q in enumerate(questions, start=1)
        )  # fmt: skip
        _tables(made, groups, at=at)
        _tie(made, at=at)
        _erase_later(made, at=at)
        record("workshops.plan", Ref("workshop", made.id), by=by, at=at)
    return made


def _write(workshop: Workshop, facts: Facts) -> None:
    if not facts.title.strip():
        raise NeedsWords
    workshop.title, workshop.purpose = facts.title.strip()[:120], facts.purpose.strip()[:600]
    workshop.day, workshop.begins, workshop.place = facts.day, facts.begins, facts.place.strip()[:120]
    workshop.dots = min(max(facts.dots, 1), 10)


def _tie(workshop: Workshop, *, at: dt.datetime) -> None:
    """A workshop rests on the need or idea it is about; a design it is about rests on what comes out of it."""
    if workshop.about_id is None:
        return
    here, there = Ref("workshop", workshop.id), Ref(workshop.about_kind, workshop.about_id)
    lower, upper = (there, here) if there.kind == "design" else (here, there)
    sight.tie(lower=lower, upper=upper, at=at)


def _tables(workshop: Workshop, upto: int, *, at: dt.datetime) -> None:
    """Set up tables until there are so many, each with its own telephone's key."""
    there = Group.objects.filter(workshop=workshop).aggregate(n=Max("number"))["n"] or 0
    made = Group.objects.bulk_create(Group(workshop=workshop, number=n) for n in range(there + 1, upto + 1))
    Participant.objects.bulk_create(
        Participant(workshop=workshop, group=g, key_hash=hash_of(table_key(g.id)), is_table=True, joined_at=at)
        for g in made
    )


def _erase_later(workshop: Workshop, *, at: dt.datetime) -> None:
    seconds = max((erased_on(workshop.day) - wall(at).date()).days, 1) * 86_400
    defer("workshops.erase", workshop_id=workshop.id, schedule_in=seconds)


def change(*, workshop: Workshop, facts: Facts, groups: int, by: Viewer, at: dt.datetime) -> Workshop:
    """Change what it is called, when and where; tables can be added, never taken away."""
    if not 1 <= groups <= MOST_GROUPS:
        raise TooManyGroups
    with transaction.atomic():
        found = lock(workshop.id, by)
        standing(found)
        before = found.day
        _write(found, facts)
        found.save(update_fields=["title", "purpose", "day", "begins", "place", "dots"])
        _tables(found, groups, at=at)
        if found.day != before:
            _erase_later(found, at=at)
        changed(found)
        record("workshops.change", Ref("workshop", found.id), by=by, at=at)
    return found


def write_question(
    *, workshop: Workshop, planned: Planned, by: Viewer, at: dt.datetime, question: Question | None = None
) -> Question:
    """Write a question of the programme: one that stands, or a new one at the end."""
    minutes = (planned.alone, planned.group, planned.plenary)
    if not any(minutes) or not all(0 <= m <= 90 for m in minutes):
        raise TakesNoTime
    if not planned.words.strip():
        raise NeedsWords
    with transaction.atomic():
        found = lock(workshop.id, by)
        standing(found)
        if question is None:
            last = Question.objects.filter(workshop=found).aggregate(n=Max("number"))["n"] or 0
            if last >= MOST_QUESTIONS:
                raise NotNow
            question = Question(workshop=found, number=last + 1)
        elif question.id == found.question_id and not getattr(planned, found.phase):
            raise HasNotes
        question.words, question.kind = planned.words.strip()[:300], QuestionKind(planned.kind)
        question.alone, question.group, question.plenary = minutes
        question.save()
        changed(found)
        record("workshops.write_programme", Ref("workshop", found.id), by=by, at=at)
    return question


def drop_question(*, question: Question, by: Viewer, at: dt.datetime) -> None:
    """Take a question out of the programme, as long as nothing is written to it."""
    with transaction.atomic():
        found = lock(question.workshop_id, by)
        standing(found)
        if question.id == found.question_id or Note.objects.filter(question=question).exists():
            raise HasNotes
        Question.objects.filter(id=question.id, workshop=found).delete()
        changed(found)
        record("workshops.write_programme", Ref("workshop", found.id), by=by, at=at)


def cancel(*, workshop: Workshop, words: str, by: Viewer, at: dt.datetime) -> Workshop:
    """Call it off, with the reason. It stays to be seen, and its addresses say so."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        found = lock(workshop.id, by)
        standing(found)
        found.state, found.ended_at, found.ended_words = WorkshopState.CANCELLED, at, words.strip()[:600]
        found.question, found.phase, found.phase_ends, found.left = None, "", None, None
        found.save(update_fields=["state", "ended_at", "ended_words", "question", "phase", "phase_ends", "left"])
        changed(found)
        record("workshops.cancel", Ref("workshop", found.id), by=by, at=at)
    return found


def erase(*, workshop_id: uuid.UUID, by: Viewer, at: dt.datetime) -> bool:
    """Erase names, what was never shared and what was taken off, thirty days after the day; return whether it was due.

    What was shared stands, and is nobody's any more: keys open nothing, and who recommended to do what is gone.
    """
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = Workshop.objects.select_for_update(of=("self",)).get(id=workshop_id)
        if found.erased_at is not None or wall(at).date() < erased_on(found.day):
            return False
        Note.objects.filter(workshop=found, shared_at=None).delete()
        Note.objects.filter(workshop=found, taken_at__isnull=False).update(words="")
        Participant.objects.filter(workshop=found).update(name="")
        Answer.objects.filter(workshop=found).update(words="")
        Recommendation.objects.filter(workshop=found).update(who="")
        found.erased_at = at
        found.save(update_fields=["erased_at"])
        record("workshops.erase", Ref("workshop", found.id), by=by, at=at)
    return True
