"""What has been answered: for whoever answers, and, of a time, for those who hold it; who was asked lately."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtun.evaluation.surveys.models import Answer
from samtun.foundation import exports, sight
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.kernel.small import LEAST, too_few
from samtun.notifications.messages.models import Message
from samtun.operation.activities.models import Occurrence
from samtun.operation.help_requests.models import Match
from samtun.operation.registrations.queries import occurrence_at_door

YEAR = dt.timedelta(days=365)
SELDOM = dt.timedelta(days=90)
"""How long before somebody is asked again about what comes again and again."""


def match_of(match_id: uuid.UUID) -> Match:
    """Return a match with what an answer needs."""
    return Match.objects.select_related("request", "request__recipient", "volunteer").get(id=match_id)


def answer_of(match_id: uuid.UUID, person_id: uuid.UUID) -> Answer | None:
    """Return what a person has answered about a match, if anything."""
    rows = Answer.objects.filter(question="went_well", ref_kind="match", ref_id=match_id, person=person_id)
    return rows.first()


def answer_about_time(occurrence: uuid.UUID, person: uuid.UUID) -> Answer | None:
    """Return what a person has answered about a time in the programme, if anything."""
    rows = Answer.objects.filter(question="how_was_it", ref_kind="occurrence", ref_id=occurrence, person=person)
    return rows.first()


def asked_lately(occurrence: Occurrence, *, at: dt.datetime) -> set[uuid.UUID]:
    """Return who has been asked about another time of the same activity within three months, or about this one."""
    others = Occurrence.objects.filter(activity=occurrence.activity_id).values("id")
    rows = Message.objects.filter(ref_kind="how_was_it", ref_id__in=others, made_at__gte=at - SELDOM)
    return {person for person in rows.values_list("to_person", flat=True) if person}


@dataclass(frozen=True, slots=True)
class HowItWas:
    """What those who were there have answered: whom to ring, and from five on, number and words, theirs nameless."""

    row: Occurrence
    number: int
    words: str
    said: list[str]
    to_ring: list[Answer]


def how_it_was(viewer: Viewer, occurrence: uuid.UUID) -> HowItWas:
    """Return how a time was, for those who hold it; NotYours otherwise."""
    row = occurrence_at_door(viewer, occurrence)
    rows = list(
        Answer.objects.filter(question="how_was_it", ref_kind="occurrence", ref_id=row.id)
        .select_related("person").order_by("answered_at", "id")
    )  # fmt: skip
    enough, well = len(rows) >= LEAST, sum(one.value == Answer.Value.YES for one in rows)
    return HowItWas(
        row=row, number=len(rows) if enough else 0, words=share_words(well, len(rows)) if enough else "",
        said=sorted(one.words for one in rows if one.words and enough),
        to_ring=[
            one for one in rows if one.value == Answer.Value.RING_ME and one.person and not one.person.is_dead
        ],
    )  # fmt: skip


def _counted(viewer: Viewer, refs: Collection[Ref], at: dt.datetime) -> list[sight.Crowd]:
    """Tell what recipients have said the last year of each kind of help: for own owners, else for all there were.

    How many it went well for is told in words and from five answers on, so that nobody is seen behind a number.
    """
    kinds = [ref.id for ref in refs if ref.kind == "task_type"]
    if not kinds:
        return []
    match = Match.objects.filter(id=OuterRef("ref_id"), request__recipient=OuterRef("person"))
    rows = Answer.objects.filter(question="went_well", ref_kind="match", answered_at__gte=at - YEAR)
    works = viewer.may(Permission.HANDLE_REQUESTS)
    if works:
        rows = rows.filter(owner__in=viewer.owners)
    counted = (
        rows.annotate(kind=Subquery(match.values("request__task_type")))
        .filter(kind__in=kinds)
        .values("kind")
        .annotate(n=Count("id"), well=Count("id", filter=Q(value=Answer.Value.YES)))
    )
    return [
        sight.Crowd(
            Ref("task_type", row["kind"]),
            ngettext("answer from those it was for", "answers from those it was for", row["n"]), row["n"],
            words="" if too_few(row["n"]) else share_words(row["well"], row["n"]), small=too_few(row["n"]),
        )
        for row in counted.order_by("kind")
        if works or not too_few(row["n"])
    ]  # fmt: skip


def share_words(well: int, of: int) -> str:
    """Return in words for how many of those who answered it went well."""
    for least, words in (
        (0.95, _("It went well for nearly everyone.")), (0.75, _("It went well for most.")),
        (0.5, _("It went well for more than half.")),
    ):  # fmt: skip
        if well >= least * of:
            return words
    return _("It went well for fewer than half.")


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    """That it was answered, and what; words of how help went only where the one who wrote them has given leave.

    Words of how something was were promised to stand without a name: in rows of their own, in the order of the
    alphabet, without when, and only where the page shows them too. Else a lone answer would name who wrote them.
    """
    rows = list(Answer.objects.filter(owner=owner).select_related("person").order_by("answered_at", "id"))
    columns = ("person", "person_id", "question", "ref_kind", "ref_id", "value", "words", "answered_at", "via")
    values = [
        (a.person.full_name if a.person else "", a.person_id, a.question, a.ref_kind, a.ref_id, a.value,
         a.words if a.words_may_be_told and a.question == "went_well" else "", a.answered_at, a.via)
        for a in rows
    ]  # fmt: skip
    times = Counter(a.ref_id for a in rows if a.question == "how_was_it")
    said = sorted((a.ref_id, a.words) for a in rows if a.words and times[a.ref_id] >= LEAST)
    return [
        exports.Table("answers", columns, values, frozenset(a.person_id for a in rows if a.person_id)),
        exports.Table("words_without_names", ("occurrence", "words"), said),
    ]


exports.register("surveys", _tables)
sight.register_crowd(_counted)
