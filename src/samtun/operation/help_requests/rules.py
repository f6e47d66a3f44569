"""Who may do what with a help request, and the codes that open a door to name and address."""

import datetime as dt
import uuid
from collections.abc import Callable

from samtun.foundation.keys import keyed_hash
from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.help_requests.enums import OPEN_STATES
from samtun.operation.help_requests.models import FollowUp, HelpRequest, PersonalCall


def may_handle(viewer: Viewer, request: HelpRequest) -> bool:
    """Tell whether the viewer takes care of this request: acts for its owner, with the right for it."""
    return viewer.is_system or (request.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


def may_ring(viewer: Viewer, call: PersonalCall) -> bool:
    """Tell whether this call is the viewer's to make: acts for its owner, with the right for requests."""
    return viewer.is_system or (call.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


def may_follow_up(viewer: Viewer, follow_up: FollowUp) -> bool:
    """Tell whether this talk is the viewer's to hold: acts for the owner, with the right for requests."""
    return viewer.is_system or (follow_up.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


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
    """Tell whether a volunteer cannot be asked before limits and whom to call are written: what lasts has it (R28)."""
    lasts = request.task_type.one_to_one or request.every_weeks is not None
    return lasts and not (request.plan_limits and request.plan_whom_to_call)


type HoldsBack = Callable[[HelpRequest], bool]

_holds_back: list[HoldsBack] = []


def register_hold(holds_back: HoldsBack) -> None:
    """Let a room above say that nobody is to be asked yet: somebody looks at it first."""
    _holds_back.append(holds_back)


def is_held_back(request: HelpRequest) -> bool:
    """Tell whether something must be written first, in another room, before a volunteer is asked."""
    return any(holds_back(request) for holds_back in _holds_back)


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
