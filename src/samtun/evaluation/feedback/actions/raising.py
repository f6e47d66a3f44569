"""Feedback comes in: by anyone about anything, with a name or without, or as an organisation's own matter."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from samtun.evaluation.feedback.actions.telling import note, said, tell_parties, wait_for_answer
from samtun.evaluation.feedback.enums import Hears, StepKind, Via
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.queries.about import Thing
from samtun.evaluation.feedback.rules import (
    WRITTEN_DOWN,
    follow_hash,
    follow_token,
    may_answer,
    may_raise_for,
    sent_hash,
)
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import finish_inbound
from samtun.notifications.messages.models import Inbound
from samtun.people.persons.queries import everyone_of


class HowToReach(Refused):
    """Write the number or the e-mail address where the answer is to go, or choose to read it on the page."""


class OwnMatter(Refused):
    """Your own organisation answers for this. Then it is no matter to raise with others: talk about it at home."""


class WhoSaidIt(Refused):
    """Write who said it for the organisation."""


class OnlyOrganisations(Refused):
    """Only a matter that an organisation raises as its own can be open to everyone."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says. `sender` is a person here; `name`, `phone` and `email` one who is not; empty is no name."""

    words: str
    sender: uuid.UUID | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    hears: Hears = Hears.PAGE
    from_owner: uuid.UUID | None = None
    is_public: bool = False


def raise_feedback(
    *, thing: Thing, told: Said, sent_key: str, via: Via, by: Viewer, at: dt.datetime, inbound: uuid.UUID | None = None
) -> Feedback:
    """Take feedback in, tell the sender that it is received, and put it on the desk of who is to answer.

    The same page sent twice is one. `inbound` is the text it came in by: that is seen to, and its words forgotten.
    """
    words = said(told.words)
    _may(thing, told, via, by)
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=thing.owner.id)
        if before := Feedback.objects.filter(sent_hash=sent_hash(sent_key)).first():
            return before
        key = uuid7()
        made = Feedback(
            id=key, owner=thing.owner, ref_kind=thing.kind, ref_id=thing.id, title=thing.title, words=words,
            sender_id=told.sender, sender_name=told.name.strip()[:120], phone=told.phone, email=told.email,
            hears=Hears.OWN if told.sender else told.hears, via=via, from_owner_id=told.from_owner,
            is_public=told.is_public, made_at=at, sent_hash=sent_hash(sent_key),
            follow_hash=follow_hash(follow_token(key)),
        )  # fmt: skip
        made.save(force_insert=True)
        wait_for_answer(made, "feedback_waits", at=at)
        record("feedback.give", Ref("feedback", made.id), by=by, at=at, via=via)
        note(made, StepKind.RECEIVED, by=Viewer.system(by.tenant), at=at)
        tell_parties(made, by=by, at=at)
        if text := Inbound.objects.filter(id=inbound, state=Inbound.State.FOR_A_PERSON).first() if inbound else None:
            finish_inbound(inbound=text, by=by, at=at)
    return made


def _may(thing: Thing, told: Said, via: Via, by: Viewer) -> None:
    """See that the one who writes may say it for the one it is from, and that the answer has somewhere to go."""
    for_others = may_answer(by, thing.owner.id)
    if via in WRITTEN_DOWN and not for_others:
        raise NotYours
    mine = by.person is not None and told.sender in everyone_of(by.person)
    if told.sender and not mine and not (for_others and via in WRITTEN_DOWN):
        raise NotYours
    if told.from_owner == thing.owner.id:
        raise OwnMatter
    _may_for_organisation(told, via, by)
    address = {Hears.TEXT: told.phone, Hears.CALL: told.phone, Hears.EMAIL: told.email}.get(told.hears, "none")
    if not told.sender and (not address or told.hears == Hears.OWN):
        raise HowToReach


def _may_for_organisation(told: Said, via: Via, by: Viewer) -> None:
    """See that an organisation's own matter is raised by who speaks for it, or written down with who said it (R104)."""
    if told.is_public and not told.from_owner:
        raise OnlyOrganisations
    if told.from_owner is None or may_raise_for(by, told.from_owner):
        return
    if via not in WRITTEN_DOWN:
        raise NotYours
    if not told.sender and not told.name.strip():
        raise WhoSaidIt
