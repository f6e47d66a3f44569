"""Organisations that are checked, or leave; and what the answer to the half-yearly question does."""

import datetime as dt
import uuid

from samtun.foundation import replies
from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.replies import QuestionKind, Reply
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.partners.catalogue.actions import checking, offers, right
from samtun.partners.catalogue.enums import StillRight
from samtun.partners.catalogue.events import PublisherChecked, PublisherRefused, StillRightAnswered
from samtun.partners.catalogue.models import Offer, StillRightAsked
from samtun.partners.organisations.events import OrganisationLeft

WORDS = {"JA": "yes", "JA TAKK": "yes", "OK": "yes", "YES": "yes", "STEMMER": "yes", "SLUTT": "ended"}


def _system() -> Viewer:
    return Viewer.system(current_tenant())


@receives(OrganisationLeft)
def leave_with_it(payload: dict[str, str], at: dt.datetime) -> None:
    """End what it had on offer; let another centre look at who publishes, and nobody look at one that has left."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        offers.owner_left(owner=owner, by=_system(), at=at)
        checking.owner_left(owner=owner, by=_system(), at=at)


@receives(PublisherChecked)
def open_what_waited(payload: dict[str, str], at: dt.datetime) -> None:
    """Open what waited for the check."""
    offers.publisher_settled(owner=Owner.objects.get(id=uuid.UUID(payload["owner"])), by=_system(), at=at)


@receives(PublisherRefused)
def close_what_is_open(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what is open wait again."""
    offers.publisher_settled(owner=Owner.objects.get(id=uuid.UUID(payload["owner"])), by=_system(), at=at)


@receives(StillRightAnswered)
def take_the_answer(payload: dict[str, str], at: dt.datetime) -> None:
    """Confirm or end an offer; other rooms see to their own."""
    found = Offer.objects.filter(id=uuid.UUID(payload["ref_id"])).first() if payload["ref_kind"] == "offer" else None
    if found:
        offers.answered(offer=found, answer=StillRight(payload["answer"]), by=_system(), at=at)


def _still_right(reply: Reply) -> str:
    asked = StillRightAsked.objects.get(id=reply.ref_id)
    right.answer_still_right(asked=asked, answer=StillRight(reply.answer), by=reply.by, at=reply.at)
    return ""


replies.register(QuestionKind("still_right", WORDS, _still_right, page="still_right_link"))
