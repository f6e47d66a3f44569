"""What is sent. A step says how far it has come; others' names and words stand on the page, never in a text."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from samtun.codesign.ideas.enums import HelperState, StepKind
from samtun.codesign.ideas.models import Addition, Helper, Idea, IdeaStep, Initiative
from samtun.codesign.ideas.queries import helper_path, own_path
from samtun.codesign.ideas.rules import proof_code
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.notifications.messages.queries import address_of
from samtun.partners.organisations.queries import organisation_of, speaks_for
from samtun.people.persons.queries import everyone_of

BRIEF = 90
UNTOLD = {StepKind.ADDED, StepKind.JOINED}
"""What others wrote is read on the page, not in a text."""
LONG = {
    "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "title": "Middag saman på torsdagane",
    "own_url": "https://dalgrend.samtun.example/ide/mi/abcdefghijklmnopqrstuv/",
}  # fmt: skip


def _brief(words: str, most: int = BRIEF) -> str:
    """Return what there is room for in a text: all of it stands on the lead's own page."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} ..."


def _owner(idea: Idea) -> dict[str, Any]:
    body = organisation_of(speaks_for(idea.owner))
    return {"owner": body.name, "owner_phone": spoken(body.phone)}


def _title(idea: Idea) -> str:
    title = Initiative.objects.filter(idea=idea).values_list("title", flat=True).first()
    return _brief(title or idea.title, 50)


@register
class StepTold(Notice):
    """To the lead: how far it has come."""

    key = "ideas.step"
    folder = "ideas/mail/step"
    title = _("How far an idea has come")
    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the step; None when it is erased, or another leads now."""
        step = IdeaStep.objects.select_related("idea__owner", "idea__named").filter(id=ref_id).first()
        if step is None or step.idea.erased_at or not step.idea.lead_id:
            return None
        idea = step.idea
        if to.person not in everyone_of(step.idea.lead_id):
            return None
        words = "" if step.kind in UNTOLD else step.words
        return _owner(idea) | {
            "step": step.kind, "title": _title(idea), "words": words, "brief": _brief(words), "on": step.on,
            "who": idea.named.full_name if idea.named else "",
            "due": clock.wall(idea.due).date() if idea.due else None, "own_url": address_of(own_path(idea)),
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        words = "Eg har snakka med brannvesenet, og det er greitt med førti personar i grendahuset om kvelden."
        return LONG | {
            "step": "new_day", "words": words, "brief": _brief(words), "on": dt.date(2026, 12, 18), "due": None,
            "who": "Torunn Kvamme",
        }  # fmt: skip


@register
class ProofCode(Notice):
    """Six digits to the number that was written, before an idea, an addition or a helper counts."""

    key = "ideas.code"
    folder = "ideas/mail/code"
    title = _("Code")
    channels = ("sms",)
    answers_own_act = True
    lasts = dt.timedelta(minutes=10)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the digits."""
        return {"digits": proof_code(ref_id)}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return digits."""
        return {"digits": "123456"}


class _ToHelper(Notice):
    """To one who is with an initiative: what it is called, and their own page."""

    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the initiative; None when they are not with it any more."""
        rows = Helper.objects.select_related("initiative__idea__owner")
        found = rows.filter(id=ref_id, state=HelperState.WITH).first()
        if found is None or to.person not in everyone_of(found.person_id) or not self.applies(found):
            return None
        idea = found.initiative.idea
        return _owner(idea) | {"title": _title(idea), "own_url": address_of(helper_path(found))}

    def applies(self, helper: Helper) -> bool:
        """Tell whether it is still to be said."""
        return True

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG | {"own_url": "https://dalgrend.samtun.example/ide/med/abcdefghijklmnopqrstuv/"}


@register
class Welcome(_ToHelper):
    """To one who says "I'm in"."""

    key = "ideas.welcome"
    folder = "ideas/mail/welcome"
    title = _("With an initiative")


@register
class LeadOffered(_ToHelper):
    """To one who is asked to take the lead."""

    key = "ideas.lead_offered"
    folder = "ideas/mail/lead_offered"
    title = _("Asked to take the lead")

    def applies(self, helper: Helper) -> bool:
        """Only while it is offered."""
        return Initiative.objects.filter(id=helper.initiative_id, offered_to=helper).exists()


@register
class LeadPassedOn(Notice):
    """To the one who led: another has said yes."""

    key = "ideas.lead_passed_on"
    folder = "ideas/mail/lead_passed_on"
    title = _("The lead is passed on")
    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the initiative."""
        step = IdeaStep.objects.select_related("idea__owner").filter(id=ref_id).first()
        if step is None or step.idea.erased_at:
            return None
        return _owner(step.idea) | {"title": _title(step.idea)}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG


@register
class YouAreContact(Notice):
    """To one who is named as contact or deputy."""

    key = "ideas.you_are_contact"
    folder = "ideas/mail/you_are_contact"
    title = _("Contact for an initiative")
    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the initiative; None when another is named now."""
        step = IdeaStep.objects.select_related("idea__owner").filter(id=ref_id).first()
        rows = Initiative.objects.select_related("contact", "deputy").filter(idea=step.idea if step else None)
        life = rows.first()
        if step is None or life is None or life.contact is None:
            return None
        mine = {key for m in (life.contact, life.deputy) if m for key in everyone_of(m.person_id)}
        return _owner(step.idea) | {"title": _title(step.idea)} if to.person in mine else None

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return LONG


@register
class QuestionAnswered(Notice):
    """To one who asked the named person about an idea."""

    key = "ideas.question_answered"
    folder = "ideas/mail/question_answered"
    title = _("Answer to a question about an idea")
    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the answer."""
        found = Addition.objects.select_related("idea__owner").filter(id=ref_id).first()
        if found is None or not found.answer or not found.person_id or to.person not in everyone_of(found.person_id):
            return None
        return _owner(found.idea) | {
            "title": _title(found.idea), "words": found.answer, "brief": _brief(found.answer, 200),
            "who": found.answered_by.partition(",")[0],
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        words = "Grendahuset har godkjent kjøken, og vi har snakka med brannvesenet om kor mange som kan vere der."
        return LONG | {"words": words, "brief": _brief(words, 200), "who": "Torunn Kvamme"}
