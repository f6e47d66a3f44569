"""Evaluations of agreements."""

import uuid

from django.db.models import Prefetch, QuerySet

from samtun.anchoring.agreements.models import Agreement, Comment, Evaluation, PartyWord
from samtun.anchoring.agreements.queries.agreements import parties_of
from samtun.anchoring.agreements.rules import in_it
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours


def _whole() -> QuerySet[Evaluation]:
    words = PartyWord.objects.select_related("party__owner").order_by("at", "id")
    comments = Comment.objects.filter(taken_down_at=None).select_related("owner").order_by("published_at", "id")
    return Evaluation.objects.select_related("agreement").prefetch_related(
        Prefetch("words", words), Prefetch("comments", comments)
    )


def evaluations_of(agreement: Agreement) -> list[Evaluation]:
    """Return the evaluations, newest first, with each party's word and what is said openly."""
    return list(_whole().filter(agreement=agreement).order_by("-began_at", "-id"))


def going_on(agreement: Agreement) -> Evaluation | None:
    """Return the evaluation that is not done."""
    return _whole().filter(agreement=agreement, done_at=None).first()


def evaluation_for(viewer: Viewer, evaluation_id: uuid.UUID) -> Evaluation:
    """Return an evaluation of an agreement in sight; NotYours otherwise."""
    found = _whole().filter(id=evaluation_id).first()
    if found is None or not in_it(viewer, parties_of(found.agreement)):
        raise NotYours
    return found


def comments_of(evaluation: Evaluation) -> list[Comment]:
    """Return what is said openly of an evaluation."""
    return list(Comment.objects.filter(evaluation=evaluation, taken_down_at=None).select_related("owner"))


def open_comments(agreement_id: uuid.UUID) -> tuple[Agreement, list[Comment]]:
    """Return what organisations say openly of an agreement, for anybody; NotYours when none does."""
    rows = Comment.objects.filter(evaluation__agreement=agreement_id, taken_down_at=None)
    found = list(rows.select_related("owner", "evaluation__agreement").order_by("-published_at", "id"))
    if not found:
        raise NotYours
    return found[0].evaluation.agreement, found
