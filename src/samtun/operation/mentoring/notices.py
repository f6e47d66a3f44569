"""What is said to a mentor: names only where the text goes to one person who must know them."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.operation.mentoring.models import MentorPlan
from samtun.partners.organisations.queries import organisation_of, speaks_for


class _ToMentor(Notice):
    """A message to the mentor, with the first name of the one they stand beside."""

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the first name, while the plan stands and this is its mentor."""
        related = ("volunteer__person", "volunteer__host")
        plan = MentorPlan.objects.filter(id=ref_id, ended_at=None).select_related(*related).first()
        if plan is None or plan.mentor_id != to.person:
            return None
        host = organisation_of(speaks_for(plan.volunteer.host))
        return {
            "owner": host.name, "owner_phone": spoken(host.phone), "volunteer": plan.volunteer.person.given_name,
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {"owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "volunteer": "Abdirahman"}


@register
class BecameMentor(_ToMentor):
    """You are somebody's mentor now."""

    key = "mentoring.became"
    folder = "mentoring/mail/became"
    title = _("You are a mentor")


@register
class TalkIsDue(_ToMentor):
    """Have a word with each other."""

    key = "mentoring.talk"
    folder = "mentoring/mail/talk"
    title = _("A talk with the one you are mentor for")
