"""What the acts have in common: the lock, whose act it is, the step written down, the lead told, the desk."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from samtun.codesign.ideas.enums import IdeaState, LifeState, StepKind, Via
from samtun.codesign.ideas.models import Idea, IdeaStep, Initiative
from samtun.codesign.ideas.notices import StepTold
from samtun.codesign.ideas.rules import GOES_ON, LIVES, WRITTEN_DOWN, answers, hash_of
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.queries import everyone_of
from samtun.work.todos.actions import close_todos, open_todo

TOLD = frozenset({
    StepKind.RECEIVED, StepKind.MOVED, StepKind.ADDED, StepKind.ANSWERED, StepKind.CONTACT, StepKind.JOINED,
    StepKind.PROMISED, StepKind.DONE, StepKind.LATE, StepKind.NEW_DAY, StepKind.DROPPED, StepKind.HANDED_ON,
    StepKind.TAKEN_DOWN, StepKind.TO_FORUM, StepKind.FORUM_DAY, StepKind.PUT_OFF, StepKind.FORUM_SAID,
    StepKind.WITHDRAWN,
})  # fmt: skip
"""What the lead hears on their own channel, unless they did it themselves."""
RELATED = ("owner", "from_owner", "initiator", "lead", "named", "village")


class NotThatStepNow(Refused):
    """That cannot be done now. Look at what stands, and take the step that comes next."""


class WriteIt(Refused):
    """Write a few words: they are what the other reads."""


class TooLong(Refused):
    """Make it a little shorter, so that there is room for it."""


class ChangedMeanwhile(Refused):
    """Somebody has changed it while you wrote. Look at what stands now, and write again."""


@dataclass(frozen=True, slots=True)
class Word:
    """Whose word an act of the lead is: their own, logged in or by `token`; or written down for them, `via` how."""

    token: str = ""
    via: Via | None = None


def locked(idea: Idea) -> Idea:
    """Return it as it stands now, kept from others until the act is done."""
    return Idea.objects.select_for_update(of=("self",)).select_related(*RELATED).get(id=idea.id)


def life_of(idea: Idea) -> Initiative:
    """Return the initiative of an idea that is kept; NotThatStepNow when it has not become one."""
    rows = Initiative.objects.select_for_update(of=("self",))
    found = rows.select_related("contact__organisation", "deputy", "offered_to").filter(idea=idea).first()
    if found is None:
        raise NotThatStepNow
    found.idea = idea
    return found


def is_lead(by: Viewer, idea: Idea, token: str = "") -> bool:
    """Tell whether somebody has the say over an idea: the lead logged in, or by the lead's own address."""
    if idea.lead_id is None or idea.erased_at:
        return False
    return (bool(token) and idea.own_hash == hash_of(token)) or (
        by.person is not None and idea.lead_id in everyone_of(by.person)
    )


def lead_only(by: Viewer, idea: Idea, word: Word) -> None:
    """See that it is the lead's own act, or their word written down by one who answers; NotYours otherwise."""
    written_down = word.via in WRITTEN_DOWN and answers(by, idea)
    if not written_down and not is_lead(by, idea, word.token):
        raise NotYours


def said(words: str, most: int, *, may_be_empty: bool = False) -> str:
    """Return words without space around; WriteIt when there are none, TooLong when there are too many."""
    text = words.strip()
    if not text and not may_be_empty:
        raise WriteIt
    if len(text) > most:
        raise TooLong
    return text


def go_to(idea: Idea, state: IdeaState, **facts: Any) -> None:
    """Take an idea on to a state; NotThatStepNow when it does not follow from where it is."""
    if state not in GOES_ON[IdeaState(idea.state)]:
        raise NotThatStepNow
    change(idea, state=state, **facts)


def live(initiative: Initiative, state: LifeState, **facts: Any) -> None:
    """Take an initiative on to a state; NotThatStepNow when it does not follow from where it is."""
    if state not in LIVES[LifeState(initiative.state)]:
        raise NotThatStepNow
    change(initiative, state=state, **facts)


def change(row: Idea | Initiative, **facts: Any) -> None:
    """Write facts, as a new version."""
    row.version += 1
    for field, value in facts.items():
        setattr(row, field, value)
    row.save(update_fields=[*facts, "version"])


def note(
    idea: Idea, kind: StepKind, *, by: Viewer, at: dt.datetime, word: Word | None = None, tell: bool = True,
    **facts: Any,
) -> IdeaStep:  # fmt: skip
    """Write down a step, and tell the lead on their own channel; never of what they did themselves."""
    who = "" if by.is_system or not by.name else by.who
    via = (word.via or "") if word else ""
    step = IdeaStep.objects.create(idea=idea, kind=kind, at=at, by_words=who[:160], via=via, **facts)
    own = word is not None or is_lead(by, idea)
    if kind in TOLD and tell and idea.lead_id and idea.state != IdeaState.UNPROVEN and not own:
        queue(
            notice=StepTold, ref_kind="idea_step", ref_id=step.id, to=idea.lead_id, owner=idea.owner_id, by=by, at=at
        )  # fmt: skip
    return step


def due_now(
    idea: Idea, reason: str, *, at: dt.datetime, days: int = 0, audience: Permission = Permission.HANDLE_REQUESTS,
    ref: Ref | None = None,
) -> dt.datetime:  # fmt: skip
    """Put something on the desk of who answers, due after so many of their opening days; return when."""
    due = opening_hours_of(idea.owner_id).after_days(wall(at), days)
    open_todo(
        ref=ref or Ref("idea", idea.id), reason=reason, about=idea.title[:120], due=due, owner=idea.owner_id,
        audience=audience, at=at,
    )  # fmt: skip
    return due


def off_the_desk(idea_id: uuid.UUID, *reasons: str, by: Viewer, at: dt.datetime) -> None:
    """Take what is due about an idea off every desk, all or by reason."""
    close_todos(ref=Ref("idea", idea_id), by=by, at=at, reasons=reasons)
