"""What the pages of the map show, ready to print."""

from typing import Any

from django.utils.translation import gettext as _

from samtun.anchoring.responsibilities.enums import MapState, Part, Says, Way
from samtun.anchoring.responsibilities.models import MapChange
from samtun.anchoring.responsibilities.queries import MapRow, can_log_in
from samtun.anchoring.responsibilities.rules import says_for
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock

COLORS: dict[str, str] = {
    MapState.WAITING: "warning", MapState.MADE: "success", MapState.DECLINED: "neutral", MapState.WITHDRAWN: "neutral",
}  # fmt: skip
SAID: dict[str, str] = {Says.NOTHING: "neutral", Says.YES: "success", Says.NO: "warning"}


def plain_row(row: MapRow) -> dict[str, Any]:
    """Return a task with who has which part, in words."""
    return {"row": row, "title": row.title, "lines": row.lines, "trouble": row.trouble_words}


def matrix_row(row: MapRow, parties: list[Owner]) -> dict[str, Any]:
    """Return a task with a cell for each party."""
    cells = [", ".join(str(Part(part).label) for part in row.of(owner.id)) for owner in parties]
    return plain_row(row) | {"cells": cells}


def change_row(change: MapChange, viewer: Viewer) -> dict[str, Any]:
    """Return a change with what it moves, each party's answer, and what the viewer may say."""
    waits = change.state == MapState.WAITING
    concerned = [a.owner_id for a in change.answers.all()]
    inside = any(key in viewer.owners for key in concerned)
    moves = [
        (_("%(owner)s %(part)s") if m.way == Way.IN else _("%(owner)s: no longer “%(part)s”"))
        % {"owner": m.owner.name, "part": Part(m.part).label}
        for m in change.moves.all()
    ]
    answers = [
        {
            "answer": a, "words": a.get_says_display(), "color": SAID[a.says],
            "own": waits and not a.says and says_for(viewer, a.owner_id),
            "notes": waits and not a.says and inside and not says_for(viewer, a.owner_id)
            and not can_log_in(a.owner_id, on=clock.today()),
        }
        for a in change.answers.all()
    ]  # fmt: skip
    return {"change": change, "color": COLORS[change.state], "moves": moves, "answers": answers, "waits": waits}
