"""Feedback on the line of sight: one by what it is about, how many there are about a thing, and what is on its way."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtun.evaluation.feedback.enums import FeedbackState, StepKind
from samtun.evaluation.feedback.models import Feedback, FeedbackStep
from samtun.evaluation.feedback.queries.answering import LATELY, to_answer
from samtun.evaluation.feedback.queries.together import parties_to
from samtun.foundation import sight
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.kernel.small import too_few

YEAR = dt.timedelta(days=365)


def _rows(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[sight.Seen]:
    rows = to_answer(viewer).filter(id__in=ids)
    return [
        sight.Seen(
            Ref("feedback", r.id), _("Feedback: %(about)s") % {"about": r.title or _("something else")},
            reverse("feedback", args=[r.id]), str(FeedbackState(r.state).label),
        )
        for r in rows
    ]  # fmt: skip


def _rests_on(feedback_id: uuid.UUID) -> list[Ref]:
    about = Feedback.objects.filter(id=feedback_id).exclude(ref_id=None).values_list("ref_kind", "ref_id")
    up = FeedbackStep.objects.filter(feedback=feedback_id, kind=StepKind.PASSED_UP).exclude(ref_id=None)
    return [Ref(kind, key) for kind, key in about.union(up.values_list("ref_kind", "ref_id")) if key]


def _counted(viewer: Viewer, refs: Collection[Ref], at: dt.datetime) -> list[sight.Crowd]:
    """Count the last year's feedback about each thing, and what has an answer; to the many only if there is much.

    Those who are in an agreement or a design have read each of them.
    """
    rows = Feedback.objects.filter(made_at__gte=at - YEAR, ref_id__in=[ref.id for ref in refs])
    works, mine = viewer.may(Permission.HANDLE_REQUESTS), parties_to(viewer, refs)
    if works:
        rows = rows.filter(Q(owner__in=viewer.owners) | Q(ref_id__in=mine))
    answered = Count("id", filter=Q(answered_at__isnull=False))
    # The figure opens its rows only where the list, which has what own owners answer, has all of them.
    own = Count("id", filter=Q(owner__in=viewer.owners))
    counted = rows.values("ref_kind", "ref_id").annotate(n=Count("id"), answered=answered, own=own)
    return [
        sight.Crowd(
            Ref(row["ref_kind"], row["ref_id"]),
            ngettext("feedback in a year", "feedbacks in a year", row["n"]), row["n"],
            url=f"{reverse('feedbacks')}?vis=all&om={row['ref_id']}" if works and row["own"] == row["n"] else "",
            words=_answered(row["answered"]),
        )
        for row in counted.order_by("ref_kind", "ref_id")
        if row["ref_id"] and (works or row["ref_id"] in mine or not too_few(row["n"]))
    ]  # fmt: skip


def _answered(number: int) -> str:
    return _("%(n)s have an answer.") % {"n": number} if number else _("None has an answer yet.")


def _moving(viewer: Viewer, at: dt.datetime) -> list[sight.Traffic]:
    """Tell what own owners' feedback is on its way to and from."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return []
    n = to_answer(viewer).order_by().aggregate(
        waits=Count("id", filter=Q(state__in=(FeedbackState.RECEIVED, FeedbackState.TAKEN))),
        up=Count("id", filter=Q(state=FeedbackState.PASSED_UP)),
        down=Count("id", filter=Q(state=FeedbackState.DECIDED)),
        told=Count("id", filter=Q(answered_at__gte=at - LATELY)),
    )  # fmt: skip
    up = ngettext("feedback is with a forum", "feedbacks are with a forum", n["up"])
    down = ngettext(
        "decision is to be told to the one who spoke up", "decisions are to be told to those who spoke up", n["down"]
    )
    told = (
        (3, "here", n["waits"], ngettext("feedback waits", "feedbacks wait", n["waits"]), "waits"),
        (3, "here", n["told"], ngettext("got an answer lately", "got an answer lately", n["told"]), "told"),
        (3, "up", n["up"], up, "up"),
        (1, "down", n["down"], down, "decided"),
    )
    url = reverse("feedbacks")
    return [sight.Traffic(floor, way, name, number, f"{url}?vis={vis}") for floor, way, number, name, vis in told]


sight.register(sight.Kind("feedback", 3, 40, _rows, _rests_on))
sight.register_crowd(_counted)
sight.register_traffic(_moving)
