"""Facts about suitability, for matching and for the host."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from samtun.operation.screening.models import ConfidentialityDeclaration, PoliceCertificateCheck, SuitabilityTalk

DECLARATION = "confidentiality"
SUITABILITY = "approval:talk"


def facts_held(
    persons: Collection[uuid.UUID], owners: Collection[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], dict[str, dt.date | None]]:
    """Return, for (person, owner), which facts hold: code → last day it holds (None = does not run out).

    Codes as the engine knows them: `confidentiality`, `approval:talk`, `police:<purpose code>`.
    """
    found: dict[tuple[uuid.UUID, uuid.UUID], dict[str, dt.date | None]] = defaultdict(dict)
    scope = {"person__in": persons, "owner__in": owners}
    for person, owner in ConfidentialityDeclaration.objects.filter(**scope).values_list("person", "owner"):
        found[person, owner][DECLARATION] = None
    for person, owner in SuitabilityTalk.objects.filter(**scope).values_list("person", "owner"):
        found[person, owner][SUITABILITY] = None
    checks = PoliceCertificateCheck.objects.filter(**scope).values_list("person", "owner", "purpose__code")
    for person, owner, purpose in checks:
        found[person, owner][f"police:{purpose}"] = None
    return found
