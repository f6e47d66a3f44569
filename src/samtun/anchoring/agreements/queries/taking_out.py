"""What an owner takes out of this room: the agreements it is or was a party to; of the others only what is joint."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from samtun.anchoring.agreements.models import Agreement, Answer, Comment, Duty, Evaluation, Party, PartyWord, Version
from samtun.foundation import exports


def tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return the agreements of an owner: joint texts, answers and evaluations whole, its own contacts only."""
    ours = Party.objects.filter(owner=owner).values("agreement")
    joint = {"version__agreement__in": ours}
    return [
        _plain("agreements", Agreement.objects.filter(id__in=ours), (
            "id", "form", "state", "name", "words", "started_by__name", "made_at", "made_by", "since", "until", "meets",
            "often", "evaluate_by", "ends_on", "ended_at", "ended_because", "ended_words")),
        _plain("parties", Party.objects.filter(agreement__in=ours), (
            "id", "agreement_id", "owner__name", "goal", "gain", "said_by", "said_how", "noted_by", "said_at",
            "backed_words", "backed_on", "stops_on", "stop_words", "left_at")),
        _contacts(owner),
        _plain("versions", Version.objects.filter(agreement__in=ours), (
            "id", "agreement_id", "sort", "number", "state", "proposed_by__owner__name", "proposed_by_name",
            "proposed_at", "settled_at", "why", "what", "when", "arranged", "money", "follow_up", "warning",
            "evaluation", "until", "meets", "often", "ends_on")),
        _plain("what_each_does", Duty.objects.filter(**joint), ("version_id", "party__owner__name", "words")),
        _plain("answers", Answer.objects.filter(**joint), (
            "version_id", "party__owner__name", "says", "words", "said_by", "said_on", "how", "noted_by", "at")),
        _plain("evaluations", Evaluation.objects.filter(agreement__in=ours), (
            "id", "agreement_id", "due_on", "began_at", "done_at", "recipients_said", "unheard_because",
            "recipients_noted_by")),
        _plain("words", PartyWord.objects.filter(evaluation__agreement__in=ours), (
            "evaluation_id", "party__owner__name", "words", "said_by", "said_on", "how", "noted_by", "at")),
        _plain("comments", _said_openly(owner), (
            "evaluation_id", "owner__name", "words", "published_at", "published_by", "taken_down_at")),
    ]  # fmt: skip


def _plain(name: str, rows: QuerySet[Any], columns: tuple[str, ...]) -> exports.Table:
    return exports.Table(name, columns, list(rows.order_by("id").values_list(*columns)))


def _said_openly(owner: uuid.UUID) -> QuerySet[Any]:
    ours = Party.objects.filter(owner=owner).values("agreement")
    return Comment.objects.filter(Q(owner=owner) | Q(taken_down_at=None), evaluation__agreement__in=ours)


def _contacts(owner: uuid.UUID) -> exports.Table:
    found = Party.objects.filter(owner=owner).select_related("contact", "deputy").order_by("id")
    people = [(p.agreement_id, part, one) for p in found
              for part, one in (("contact", p.contact), ("deputy", p.deputy)) if one]  # fmt: skip
    return exports.Table(
        "contacts", ("agreement_id", "part", "person", "person_id"),
        [(agreement, part, one.full_name, one.id) for agreement, part, one in people],
        frozenset(one.id for _agreement, _part, one in people),
    )  # fmt: skip
