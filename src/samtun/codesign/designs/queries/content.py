"""What a design holds at one moment, as plain values for a version; and the versions."""

import uuid
from typing import Any

from samtun.codesign.designs.models import Design, LegalPoint, TablePlace, Version
from samtun.codesign.designs.queries.designs import joined, tasks_of
from samtun.codesign.designs.rules import TEXTS
from samtun.kernel.errors import NotYours


def content_of(design: Design) -> dict[str, Any]:
    """Return all that a design holds. Persons stand by their keys; words that the system chooses, by their codes."""
    parties = joined(design.id)
    places = TablePlace.objects.filter(design=design).select_related("owner").order_by("made_at", "id")
    points = LegalPoint.objects.filter(design=design).order_by("point")
    found: dict[str, Any] = {name: getattr(design, name) for name in TEXTS}
    return found | {
        "state": design.state,
        "goal": design.goal,
        "trial": [d.isoformat() if d else "" for d in (design.trial_starts, design.trial_ends)],
        "parties": [party.owner.name for party in parties],
        "gains": {party.owner.name: party.gain for party in parties if party.gain},
        "table": [
            {"person": str(p.person_id or ""), "who": p.who, "behalf": p.behalf, "way": p.way,
             "owner": p.owner.name if p.owner else ""}
            for p in places
        ],
        "tasks": [
            {"words": t.words, "type": t.task_type.key if t.task_type else "",
             "parts": [[part.owner.name, part.does] for part in t.parts.all()]}
            for t in tasks_of(design)
        ],
        "legal": {p.point: [p.state, p.words] for p in points},
    }  # fmt: skip


def versions_of(design: Design) -> list[Version]:
    """Return the versions, newest first."""
    return list(Version.objects.filter(design=design).order_by("-number"))


def version_of(design_id: uuid.UUID, number: int) -> Version:
    """Return one version; NotYours when there is none."""
    found = Version.objects.filter(design=design_id, number=number).first()
    if found is None:
        raise NotYours
    return found
