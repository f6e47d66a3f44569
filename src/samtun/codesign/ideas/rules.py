"""Who may what, which step follows which, addresses that only their owners have, and codes that prove a number."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from samtun.codesign.ideas.enums import HelperState, IdeaState, LifeState, Via
from samtun.codesign.ideas.models import Idea, Initiative
from samtun.foundation.keys import keyed_hash
from samtun.foundation.options import option
from samtun.foundation.viewer import Permission, Role, Viewer

ANSWERED_WITHIN = option(
    "ideas.answered_within", 5, _("Opening days before one who has an idea has an answer"), least=1, most=20
)
WRITTEN_DOWN = frozenset({Via.PHONE, Via.PAPER, Via.SMS, Via.TALK})
"""How somebody's own word is written down by a coordinator."""
CONTACT_ROLES = (Role.COORDINATOR, Role.LEADER, Role.ASSESSOR)
"""Those with a desk, so that what is promised stands on one."""
OPEN_IDEAS = (IdeaState.ANSWERED, IdeaState.INITIATIVE, IdeaState.CLOSED)
"""An idea is shown openly when somebody has answered it, and when it became something."""
CODE_LASTS = dt.timedelta(minutes=10)

GOES_ON: dict[IdeaState, frozenset[IdeaState]] = {
    IdeaState.UNPROVEN: frozenset({IdeaState.RECEIVED, IdeaState.CLOSED}),
    IdeaState.RECEIVED: frozenset({IdeaState.ANSWERED, IdeaState.INITIATIVE, IdeaState.CLOSED}),
    IdeaState.ANSWERED: frozenset({IdeaState.INITIATIVE, IdeaState.CLOSED}),
    IdeaState.INITIATIVE: frozenset({IdeaState.CLOSED}),
    IdeaState.CLOSED: frozenset({IdeaState.INITIATIVE}),
}
"""What was closed comes back only as the initiative it was, when its lead takes it up again."""
LIVES: dict[LifeState, frozenset[LifeState]] = {
    LifeState.LIVING: frozenset({LifeState.PAUSED, LifeState.ENDED}),
    LifeState.PAUSED: frozenset({LifeState.LIVING, LifeState.ENDED}),
    LifeState.ENDED: frozenset({LifeState.LIVING}),
}
JOINS: dict[HelperState, frozenset[HelperState]] = {
    HelperState.UNPROVEN: frozenset({HelperState.WITH, HelperState.NOT_NOW, HelperState.LEFT}),
    HelperState.WITH: frozenset({HelperState.NOT_NOW, HelperState.LEFT}),
    HelperState.NOT_NOW: frozenset({HelperState.WITH, HelperState.LEFT}),
    HelperState.LEFT: frozenset({HelperState.WITH}),
}


def answers(viewer: Viewer, idea: Idea) -> bool:
    """Tell whether somebody answers an idea, names its contact, and writes down the lead's word."""
    return viewer.is_system or (viewer.may(Permission.HANDLE_REQUESTS) and idea.owner_id in viewer.owners)


def supports(viewer: Viewer, idea: Idea, initiative: Initiative | None) -> bool:
    """Tell whether somebody promises and keeps promises: at the desk of who answers, or of the contact."""
    owners = {idea.owner_id}
    if initiative and initiative.contact:
        owners.add(initiative.contact.organisation.owner_id)
    return viewer.is_system or (viewer.may(Permission.SEE_DESK) and not owners.isdisjoint(viewer.owners))


def writes_down_for(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether somebody writes down ideas that come in to an owner."""
    return viewer.is_system or (viewer.may(Permission.HANDLE_REQUESTS) and owner in viewer.owners)


def speaks_for(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether somebody puts an idea forward for an owner."""
    speaks = viewer.may(Permission.MANAGE_ORGANISATION) or viewer.may(Permission.SEE_DESK)
    return owner in viewer.owners and speaks


def lead_token(idea_id: uuid.UUID, turn: int) -> str:
    """Return what the lead's own address ends with; another one when another leads."""
    return keyed_hash(f"{idea_id}:{turn}", purpose="idea_lead")[:22]


def helper_token(helper_id: uuid.UUID) -> str:
    """Return what a helper's own address ends with."""
    return keyed_hash(str(helper_id), purpose="idea_helper")[:22]


def hash_of(token: str) -> str:
    """Return what an own address is looked up by."""
    return keyed_hash(token, purpose="idea_row")


def sent_hash(sent_key: str) -> str:
    """Return what tells that the same page has been sent before."""
    return keyed_hash(sent_key, purpose="idea_sent")


def proof_code(code_id: uuid.UUID) -> str:
    """Return the six digits of a code, made from its key: nothing is stored."""
    return f"{int.from_bytes(keyed_hash(str(code_id), purpose='idea-code').encode()) % 1_000_000:06d}"


def proof_fits(code_id: uuid.UUID, typed: str, *, at: dt.datetime) -> bool:
    """Tell whether these are the digits, within ten minutes: the key is a UUIDv7 and says when it was made."""
    made = dt.datetime.fromtimestamp((code_id.int >> 80) / 1000, tz=dt.UTC)
    return made <= at + dt.timedelta(seconds=5) and at - made <= CODE_LASTS and typed.strip() == proof_code(code_id)
