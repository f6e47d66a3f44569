"""Facts about suitability, for the host; the planner of help requests reads the rows itself."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.foundation import exports
from samtun.operation.screening.models import ConfidentialityDeclaration, PoliceCertificateCheck, SuitabilityTalk


@dataclass(frozen=True, slots=True)
class Noted:
    """What one owner has noted about a person: dates, and for which purposes a certificate was shown."""

    declaration: ConfidentialityDeclaration | None
    talk: SuitabilityTalk | None
    certificates: list[PoliceCertificateCheck]


def noted(person_id: uuid.UUID, owner_id: uuid.UUID) -> Noted:
    """Return what an owner has noted; what others have noted is theirs."""
    mine = {"person": person_id, "owner": owner_id}
    checks = PoliceCertificateCheck.objects.filter(**mine).select_related("purpose").order_by("-shown_on")
    return Noted(
        declaration=ConfidentialityDeclaration.objects.filter(**mine).first(),
        talk=SuitabilityTalk.objects.filter(**mine).first(), certificates=list(checks),
    )  # fmt: skip


def purposes_on(day: dt.date) -> list[PolicePurpose]:
    """Return the purposes for which the law lets a certificate be asked on a day (R64)."""
    rows = PolicePurpose.objects.filter(valid_from__lte=day)
    return list(rows.filter(Q(valid_to=None) | Q(valid_to__gte=day)).order_by("code"))


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    declared = list(ConfidentialityDeclaration.objects.filter(owner=owner).select_related("person").order_by("id"))
    talks = list(SuitabilityTalk.objects.filter(owner=owner).select_related("person").order_by("id"))
    shown = list(
        PoliceCertificateCheck.objects.filter(owner=owner)
        .select_related("person", "purpose")
        .order_by("shown_on", "id")
    )
    return [
        exports.Table(
            "declarations", ("person", "person_id", "signed_on"),
            [(d.person.full_name, d.person_id, d.signed_on) for d in declared],
            frozenset(d.person_id for d in declared),
        ),
        exports.Table(
            "talks", ("person", "person_id", "held_on", "held_by"),
            [(t.person.full_name, t.person_id, t.held_on, t.held_by) for t in talks],
            frozenset(t.person_id for t in talks),
        ),
        exports.Table(
            "police_certificates", ("person", "person_id", "purpose", "shown_on", "seen_by"),
            [(s.person.full_name, s.person_id, s.purpose.code, s.shown_on, s.seen_by) for s in shown],
            frozenset(s.person_id for s in shown),
        ),
    ]  # fmt: skip


exports.register("screening", _tables)
