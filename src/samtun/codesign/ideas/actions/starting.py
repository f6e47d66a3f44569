"""An idea becomes an initiative by its lead's own act; who answers names a contact, who owes the invisible tasks."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from samtun.codesign.ideas.actions.telling import (
    ChangedMeanwhile,
    NotThatStepNow,
    Word,
    change,
    due_now,
    go_to,
    lead_only,
    life_of,
    locked,
    note,
    off_the_desk,
    said,
)
from samtun.codesign.ideas.enums import IdeaState, LifeState, StepKind
from samtun.codesign.ideas.models import Idea, Initiative
from samtun.codesign.ideas.notices import YouAreContact
from samtun.codesign.ideas.queries import could_be_contact
from samtun.codesign.ideas.rules import ANSWERED_WITHIN, answers
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.organisations.models import Membership


class NotAtADesk(Refused):
    """Choose somebody who works here now and has a desk: what is promised stands there until it is done."""


class TwoPersons(Refused):
    """Choose two different persons: the deputy is there when the contact is not."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an initiative's own page, as its lead writes them."""

    title: str
    words: str
    wants: str = ""
    meets: str = ""
    shown_as: str = ""
    is_public: bool = False

    def facts(self) -> dict[str, str]:
        """Return what stands on the initiative, tidied; WriteIt or TooLong when it cannot."""
        return {
            "title": said(self.title, 80), "words": said(self.words, 1500),
            "wants": said(self.wants, 400, may_be_empty=True), "meets": said(self.meets, 200, may_be_empty=True),
        }  # fmt: skip


def start(*, idea: Idea, words: Words, by: Viewer, at: dt.datetime, word: Word) -> Initiative:
    """Make an initiative of an idea, as the one who leads it. Nobody else is asked for leave.

    Whoever answers is to name a contact within the days an answer is promised.
    """
    facts = words.facts()
    with transaction.atomic():
        found = locked(idea)
        lead_only(by, found, word)
        if found.state == IdeaState.CLOSED:
            raise NotThatStepNow
        go_to(found, IdeaState.INITIATIVE)
        change(found, shown_as=words.shown_as.strip()[:60], **_open(found, is_public=words.is_public))
        made = Initiative.objects.create(idea=found, started_at=at, **facts)
        days = ANSWERED_WITHIN.read(wall(at).date())
        due = due_now(found, "name_contact", at=at, days=days)
        if found.answered_at is None:
            change(found, due=due)
        note(found, StepKind.STARTED, by=by, at=at, word=word)
        record("ideas.start", Ref("idea", found.id), by=by, at=at)
        defer("ideas.no_contact", idea_id=found.id, schedule_in=max(int((due - at).total_seconds()) + 1, 1))
    return made


def change_words(
    *, initiative: Initiative, words: Words, version: int, by: Viewer, at: dt.datetime, word: Word
) -> Initiative:  # fmt: skip
    """Change the words of the initiative's page, and whether everyone may read it: the lead's alone to do."""
    facts = words.facts()
    with transaction.atomic():
        found = locked(initiative.idea)
        lead_only(by, found, word)
        row = life_of(found)
        if row.version != version:
            raise ChangedMeanwhile
        change(row, **facts)
        change(found, shown_as=words.shown_as.strip()[:60], **_open(found, is_public=words.is_public))
        note(found, StepKind.CHANGED, by=by, at=at, word=word)
        record("ideas.change_words", Ref("idea", found.id), by=by, at=at)
    return row


def _open(idea: Idea, *, is_public: bool) -> dict[str, bool | dt.datetime | None]:
    """Return whether it is open. Whoever leads may open a page again that was taken down, with other words."""
    return {"is_public": is_public, "taken_down_at": None if is_public else idea.taken_down_at}


def name_contact(
    *, initiative: Initiative, contact: Membership, deputy: Membership | None, by: Viewer, at: dt.datetime
) -> Initiative:  # fmt: skip
    """Name who owes the invisible tasks, and who does when they are away. The lead and both named hear it."""
    with transaction.atomic():
        found = locked(initiative.idea)
        if not answers(by, found):
            raise NotYours
        row = life_of(found)
        may = {m.id for m in could_be_contact(on=wall(at).date())}
        if contact.id not in may or (deputy and deputy.id not in may):
            raise NotAtADesk
        if deputy and deputy.person_id == contact.person_id:
            raise TwoPersons
        if row.state == LifeState.ENDED:
            raise NotThatStepNow
        change(row, contact=contact, deputy=deputy)
        change(found, named=contact.person, answered_at=found.answered_at or at, due=None)
        off_the_desk(found.id, "name_contact", "contact_late", "idea_waits", "idea_late", "contact_gone", by=by, at=at)
        step = note(found, StepKind.CONTACT, by=by, at=at, words=contact.person.full_name)
        for one in (contact, deputy):
            if one and one.person_id != by.person:
                queue(
                    notice=YouAreContact, ref_kind="idea_step", ref_id=step.id, to=one.person_id,
                    owner=found.owner_id, by=by, at=at,
                )  # fmt: skip
        record("ideas.name_contact", Ref("idea", found.id), by=by, at=at)
    return row
