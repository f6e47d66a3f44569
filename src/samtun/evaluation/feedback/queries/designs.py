"""Which service designs a feedback may concern."""

import uuid

from samtun.codesign.designs.enums import STANDING
from samtun.codesign.designs.models import Design
from samtun.codesign.designs.queries import designs_on, designs_visible_to
from samtun.evaluation.feedback.models import Feedback
from samtun.foundation.viewer import Viewer
from samtun.operation.arrangements.models import Arrangement
from samtun.operation.callouts.models import CallOut
from samtun.operation.help_requests.models import HelpRequest

HAVE_KIND: dict[str, type[HelpRequest | Arrangement | CallOut]] = {
    "help_request": HelpRequest, "arrangement": Arrangement, "call_out": CallOut,
}  # fmt: skip


def designs_for(viewer: Viewer, found: Feedback) -> list[Design]:
    """Return the designs a feedback may become a change of: by its kind of help first, then the viewer's own."""
    kind = _kind_of(found)
    tied = designs_on(kind) if kind else []
    own = designs_visible_to(viewer).filter(state__in=STANDING).order_by("title", "id")
    if found.ref_kind == "design":  # it is about one itself: first among those of the viewer
        return sorted(own, key=lambda one: one.id != found.ref_id)
    return [*tied, *(one for one in own if one not in tied)]


def _kind_of(found: Feedback) -> uuid.UUID | None:
    """Return the kind of help that a feedback is about; None for something else."""
    if found.ref_id is None:
        return None
    if found.ref_kind == "task_type":
        return found.ref_id
    if found.ref_kind not in HAVE_KIND:
        return None
    row = HAVE_KIND[found.ref_kind].objects.filter(id=found.ref_id).first()
    return row.task_type_id if row else None
