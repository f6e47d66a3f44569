"""Facts about suitability, for the host; the planner of help requests reads the rows itself."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q

from samtun.anchoring.responsibilities.models import PolicePurpose
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
