"""What is sent. Of words about persons nothing says what it is about, nor about whom (R83); feedback has its answer."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.evaluation.feedback.enums import ConcernState, HeadsUpState, StepKind
from samtun.evaluation.feedback.models import Concern, Feedback, FeedbackStep, HeadsUp
from samtun.evaluation.feedback.queries import answering, concerning
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.notifications.messages.queries import address_of
from samtun.partners.organisations.queries import organisation_of, speaks_for
from samtun.people.consents.queries import consent_stands
from samtun.people.persons.queries import everyone_of

BRIEF = 110
WORDLESS = frozenset({StepKind.RECEIVED, StepKind.BACK})
"""Steps that say enough without words of their own."""


@register
class ToYou(Notice):
    """Something waits to be read, behind a login or a code. One text for both, so that nobody sees which it is."""

    key = "feedback.to_you"
    folder = "feedback/mail/to_you"
    title = _("Something to read")
    channels = ("sms", "email")
    question = "to_you"
    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return nothing but that it waits; None when it waits no longer, or not for this one."""
        heads_up = HeadsUp.objects.filter(id=ref_id, state=HeadsUpState.WAITS).select_related("contact", "told").first()
        if heads_up is not None:
            assert heads_up.contact is not None  # a constraint: nothing waits without
            mine = to.person in everyone_of(heads_up.told_id) if heads_up.told_id else False
            return {} if mine and consent_stands(heads_up.contact.consent_id) else None
        concern = Concern.objects.select_related("owner").filter(id=ref_id, erased_at=None).first()
        if concern is None or concern.state == ConcernState.CLOSED:
            return None
        readers = concerning.readers_of(concern, on=clock.wall(concern.made_at).date())
        return {} if to.person in {n.person.id for n in readers} else None


@register
class Received(Notice):
    """To the volunteer: who has received it. Not what, not about whom."""

    key = "feedback.received"
    folder = "feedback/mail/received"
    title = _("Received, told to the volunteer")

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return who received it, while it stands as received."""
        found = HeadsUp.objects.select_related("owner").filter(id=ref_id, state=HeadsUpState.RECEIVED).first()
        if found is None or to.person not in everyone_of(found.sender_id):
            return None
        organisation = organisation_of(speaks_for(found.owner))
        return {
            "owner": organisation.name, "owner_phone": spoken(organisation.phone), "who": found.received_by,
            "will": found.will,
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "who": "Hanne, Heimetenesta i Dalgrend",
            "will": "look_in",
        }  # fmt: skip


@register
class StepTold(Notice):
    """To the one who gave feedback: how far it has come. The answer, and nothing of what they said themselves."""

    key = "feedback.step"
    folder = "feedback/mail/step"
    title = _("How far feedback has come")
    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the step; None when the words are erased, or it is no longer theirs to hear."""
        step = FeedbackStep.objects.select_related("feedback__owner").filter(id=ref_id).first()
        if step is None or step.feedback.erased_at:
            return None
        if step.kind not in WORDLESS and not (step.words or step.to):
            return None
        found = step.feedback
        if found.sender_id and to.person not in everyone_of(found.sender_id):
            return None
        organisation = organisation_of(speaks_for(found.owner))
        return {
            "owner": organisation.name, "owner_phone": spoken(organisation.phone), "step": step.kind,
            "words": step.words, "brief": _brief(step.words), "to": step.to, "on": step.on,
            "due": clock.wall(found.due).date() if found.due else None, "follow_url": answering.own_address(found),
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        words = (
            "Nøkkelen heng no i boksen ved inngangen, og koden er den same som på biblioteket. Takk for at du sa det!"
        )
        return {
            "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "step": "answered", "words": words,
            "brief": _brief(words), "to": "", "on": None, "due": None,
            "follow_url": "https://dalgrend.samtun.example/si/svar/abcdefghijklmnopqrstuv/",
        }  # fmt: skip


@register
class SaidOfShared(Notice):
    """To the other parties: something is said about what they share. Who says it and what stands behind a login."""

    key = "feedback.shared"
    folder = "feedback/mail/shared"
    title = _("Feedback about what several share")
    lasts = dt.timedelta(days=5)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return who answers it; None when it is erased."""
        found = Feedback.objects.select_related("owner").filter(id=ref_id, erased_at=None).first()
        if found is None:
            return None
        organisation = organisation_of(speaks_for(found.owner))
        return {
            "owner": organisation.name, "owner_phone": spoken(organisation.phone), "about": found.title,
            "page": address_of(reverse("feedback", args=[found.id])),
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "about": "Fredagskaffe med skyss",
            "page": "https://dalgrend.eksempel.test/si/mottak/0192f0a4-7d31-7000-8000-000000000000/",
        }  # fmt: skip


def _brief(words: str) -> str:
    """Return what there is room for in a text: the whole answer stands on the sender's own page."""
    line = " ".join(words.split())
    return line if len(line) <= BRIEF else f"{line[:BRIEF].rsplit(' ', 1)[0]} ..."
