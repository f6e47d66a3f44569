"""What an owner takes out: feedback whole; that words about persons were sent, not the words; nothing of concerns."""

import uuid

from django.db.models import Q

from samtun.evaluation.feedback.models import Contact, Feedback, FeedbackStep, HeadsUp
from samtun.foundation import exports


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    contacts = list(Contact.objects.filter(owner=owner).select_related("person", "unit").order_by("id"))
    named = [(c.person.full_name, c.person_id, c.unit.name, c.title, c.made_at, c.ended_at) for c in contacts]
    sent = list(HeadsUp.objects.filter(owner=owner).order_by("id"))
    rows = [(h.about_id, h.sender_id, h.state, h.via, h.made_at, h.settled_at) for h in sent]
    people = frozenset(p for h in sent for p in (h.about_id, h.sender_id) if p)
    return [
        exports.Table(
            "contacts", ("person", "person_id", "unit", "title", "made_at", "ended_at"), named,
            frozenset(c.person_id for c in contacts),
        ),
        exports.Table("heads_ups", ("about", "sender", "state", "via", "made_at", "settled_at"), rows, people),
        _feedback(owner), _steps(owner),
    ]  # fmt: skip


def _feedback(owner: uuid.UUID) -> exports.Table:
    columns = (
        "ref_kind", "ref_id", "title", "words", "sender", "sender_name", "phone", "email", "hears", "via", "from_owner",
        "is_public", "state", "settled", "made_at", "due", "answered_at", "closed_at",
    )  # fmt: skip
    which = Feedback.objects.filter(Q(owner=owner) | Q(from_owner=owner))
    rows = list(which.order_by("id").values_list(*columns))
    persons = frozenset(key for key in which.values_list("sender", flat=True) if key)
    return exports.Table("feedback", columns, rows, persons)


def _steps(owner: uuid.UUID) -> exports.Table:
    columns = ("feedback", "kind", "at", "by_words", "words", "public_words", "to", "on")
    rows = FeedbackStep.objects.filter(Q(feedback__owner=owner) | Q(feedback__from_owner=owner)).order_by("id")
    return exports.Table("feedback_steps", columns, list(rows.values_list(*columns)))


exports.register("feedback", _tables)
