"""Who may do what with a help request, and the codes that open a door to name and address."""

import datetime as dt
import uuid

from samtun.foundation.keys import keyed_hash
from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.help_requests.enums import OPEN_STATES
from samtun.operation.help_requests.models import HelpRequest


def may_handle(viewer: Viewer, request: HelpRequest) -> bool:
    """Tell whether the viewer takes care of this request: acts for its owner, with the right for it."""
    return viewer.is_system or (request.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


def may_answer(viewer: Viewer, request: HelpRequest, person: uuid.UUID) -> bool:
    """Tell whether the viewer may answer for a person: is the person, or takes care of the request."""
    return (viewer.person is not None and viewer.person == person) or may_handle(viewer, request)


def may_assess(viewer: Viewer, request: HelpRequest, *, is_cleared: bool) -> bool:
    """Tell whether the viewer may say whose task it is: an assessor; when cleared beforehand, whoever handles it."""
    if viewer.is_system:
        return True
    own = request.owner_id in viewer.owners or viewer.may(Permission.ASSESS_REQUESTS)
    return own and (viewer.may(Permission.ASSESS_REQUESTS) or (is_cleared and may_handle(viewer, request)))


def needs_plan(request: HelpRequest) -> bool:
    """Tell whether a volunteer cannot be asked before limits and whom to call are written (R28)."""
    return request.task_type.one_to_one and not (request.plan_limits and request.plan_whom_to_call)


def is_open(request: HelpRequest) -> bool:
    """Tell whether anything is still to happen."""
    return request.state in OPEN_STATES


CODE_LASTS = dt.timedelta(minutes=10)


def door_code(code_id: uuid.UUID) -> str:
    """Return the six digits of a code, made from its key: nothing is stored."""
    return f"{int.from_bytes(keyed_hash(str(code_id), purpose='door-code').encode()) % 1_000_000:06d}"


def door_code_fits(code_id: uuid.UUID, typed: str, *, at: dt.datetime) -> bool:
    """Tell whether these are the digits, within ten minutes: the key is a UUIDv7 and says when it was made."""
    made = dt.datetime.fromtimestamp((code_id.int >> 80) / 1000, tz=dt.UTC)
    return made <= at + dt.timedelta(seconds=5) and at - made <= CODE_LASTS and typed.strip() == door_code(code_id)
