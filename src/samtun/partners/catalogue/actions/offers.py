"""Verbs on standing offers: published, changed, confirmed, handed on, ended; opened and closed with who publishes."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import reverse

from samtun.foundation import search
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.catalogue.actions import right
from samtun.partners.catalogue.actions.checking import ask_check
from samtun.partners.catalogue.enums import (
    LIVE_OFFERS,
    Category,
    Competence,
    Group,
    Known,
    OfferState,
    PublisherState,
    Shelf,
    StillRight,
    Transport,
)
from samtun.partners.catalogue.models import Offer, Publisher
from samtun.partners.catalogue.notices import HandedOn
from samtun.partners.catalogue.queries import contacts_of, to_ask
from samtun.partners.catalogue.rules import MUNICIPAL, NAMES_KEPT, ask_on, publishes_for
from samtun.partners.organisations.queries import answering_owner, opening_hours_of, organisation_of, receiving_owner
from samtun.people.places.models import Village

REF = "offer"


class SayWhat(Refused):
    """Write what it is called, and what it is, in a few sentences."""


class SayHow(Refused):
    """Write whom to ring, where to come, or a page with more: nobody can come to what cannot be found."""


class NotAnAddress(Refused):
    """A page with more begins with https:// or http://. Copy its whole address, or leave it empty."""


class SpecialCompetence(Refused):
    """What takes a physiotherapist, an occupational therapist or a nurse is run by the municipality. Talk with it."""


class ChangedMeanwhile(Refused):
    """Somebody has changed it while you wrote. Look at what stands now, and write again."""


class NotStanding(Refused):
    """This is not on offer any more."""


class WaitsForCheck(Refused):
    """This waits until your centre has looked at who you are. It can be handed on when it is open to everyone."""


class NobodyThere(Refused):
    """They do not take part here any more. Choose another."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told about an offer."""

    title: str
    about: str
    shelf: Shelf
    category: Category
    transport: Transport
    groups: Collection[Group] = ()
    villages: Collection[Village] = ()
    easy: str = ""
    place: str = ""
    phone: str = ""
    hours: str = ""
    answers: str = ""
    url: str = ""
    languages: str = ""
    is_free: bool = False
    price: str = ""
    competence: Competence = Competence.NONE
    months: Collection[int] = ()
    sponsor: str = ""
    access: dict[str, Known] = field(default_factory=dict)


def put_on_offer(*, owner: Owner, told: Told, sent_key: uuid.UUID, by: Viewer, at: dt.datetime) -> Offer:
    """Put something on offer: open at once for one that is checked, else when it has been. Sent twice is one."""
    if not publishes_for(by, owner.id):
        raise NotYours
    facts = _facts(told, owner.id)
    today = wall(at).date()
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        if before := Offer.objects.filter(owner=owner, sent_key=sent_key).first():
            return before
        made = Offer.objects.create(
            owner=owner, sent_key=sent_key, made_at=at, written_by=by.who, confirmed_on=today, ask_from=ask_on(today),
            state=state_for(owner, by, at), **facts,
        )  # fmt: skip
        record("catalogue.offer", Ref(REF, made.id), by=by, at=at)
        find_by_words(made)
    return made


def change(*, offer: Offer, told: Told, version: int, by: Viewer, at: dt.datetime) -> Offer:
    """Change what is told; that is also to say that it is still right. What was taken down stays so."""
    with transaction.atomic():
        found = own(offer, by)
        if found.version != version:
            raise ChangedMeanwhile
        if found.state == OfferState.ENDED:
            raise NotStanding
        save(found, **_facts(told, found.owner_id), **_confirmed(at))
        record("catalogue.change_offer", Ref(REF, found.id), by=by, at=at)
        right.settle_without_asking(ref=Ref(REF, found.id), answer=StillRight.YES, by=by, at=at)
        find_by_words(found)
    return found


def confirm(*, offer: Offer, by: Viewer, at: dt.datetime) -> Offer:
    """Say that it is still right, on its own page."""
    with transaction.atomic():
        found = own(offer, by)
        if found.state not in LIVE_OFFERS:
            raise NotStanding
        save(found, **_confirmed(at))
        record("catalogue.confirm_offer", Ref(REF, found.id), by=by, at=at)
        right.settle_without_asking(ref=Ref(REF, found.id), answer=StillRight.YES, by=by, at=at)
    return found


def end(*, offer: Offer, by: Viewer, at: dt.datetime) -> Offer:
    """Take it off offer for good. Its page says so to whoever has the address."""
    with transaction.atomic():
        found = own(offer, by)
        if found.state == OfferState.ENDED:
            raise NotStanding
        _end(found, by=by, at=at)
    return found


def hand_on(*, offer: Offer, to: Owner, by: Viewer, at: dt.datetime) -> Offer:
    """Let another organisation answer for it from now on, and tell it so; open at once if that one is checked.

    What waits for a check cannot be handed on: one whom nobody has looked at would publish in another's name.
    """
    with transaction.atomic():
        found = own(offer, by)
        if found.state == OfferState.WAITING:
            raise WaitsForCheck
        if found.state not in LIVE_OFFERS:
            raise NotStanding
        if to.left_on or to.id == found.owner_id:
            raise NobodyThere
        _refuse_competence(found.competence, to.id)
        state = state_for(to, Viewer.system(by.tenant, frozenset({to.id})), at)
        save(found, owner=to, state=state, **_confirmed(at))
        record("catalogue.hand_on_offer", Ref(REF, found.id), by=by, at=at, to=to.name)
        right.settle_without_asking(ref=Ref(REF, found.id), answer=StillRight.YES, by=by, at=at)
        find_by_words(found)
        centre = answering_owner()
        for person in contacts_of(to.id, on=wall(at).date()):
            queue(notice=HandedOn, ref_kind=REF, ref_id=found.id, to=person, owner=centre.id, by=by, at=at)
    return found


def publisher_settled(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """Open what waited when its owner is checked, and let what is open wait when it is not; return how many."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        state = state_for(owner, Viewer.system(by.tenant, frozenset({owner.id})), at)
        rows = Offer.objects.select_for_update(of=("self",)).filter(owner=owner, state__in=LIVE_OFFERS)
        moved = [found for found in rows.order_by("id") if found.state != state]
        for found in moved:
            save(found, state=state)
            if state == OfferState.OPEN:
                record("catalogue.open_offer", Ref(REF, found.id), by=by, at=at)
            else:
                record("catalogue.close_offer", Ref(REF, found.id), by=by, at=at)
            find_by_words(found)
    return len(moved)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """End what an organisation that has left had on offer; return how many."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = Offer.objects.select_for_update(of=("self",)).filter(owner=owner, state__in=LIVE_OFFERS)
        gone = list(rows.order_by("id"))
        for found in gone:
            _end(found, by=by, at=at)
    return len(gone)


def answered(*, offer: Offer, answer: StillRight, by: Viewer, at: dt.datetime) -> None:
    """Do what the answer to the half-yearly question says."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = locked(offer)
        if found.state not in LIVE_OFFERS:
            return
        if answer == StillRight.ENDED:
            _end(found, by=by, at=at)
        else:
            save(found, **_confirmed(at))


def ask_about_due(*, by: Viewer, at: dt.datetime) -> int:
    """Ask about the offers whose day has come, while somebody is there to be rung back; return how many."""
    if not by.is_system:
        raise NotYours
    there = receiving_owner()
    if there is None or not opening_hours_of(there.id).is_open(wall(at)):
        return 0
    due = to_ask(wall(at).date())
    for found in due:
        path = reverse("own_offer", args=[found.id])
        right.ask_still_right(ref=Ref(REF, found.id), owner=found.owner, title=found.title, path=path, by=by, at=at)
    return len(due)


def find_by_words(found: Offer) -> None:
    """Write the words by which everyone finds it while it is open; none else."""
    is_open = found.state == OfferState.OPEN
    texts = [found.title, found.about, found.easy, found.place, organisation_of(found.owner_id).name]
    search.index(Ref(REF, found.id), owners=[found.owner_id] if is_open else [], texts=texts)


def locked(offer: Offer) -> Offer:
    """Return the row as it stands, locked."""
    return Offer.objects.select_for_update(of=("self",)).select_related("owner").get(id=offer.id)


def own(offer: Offer, by: Viewer) -> Offer:
    """Return it locked, for one who publishes for its owner; NotYours otherwise."""
    found = locked(offer)
    if not publishes_for(by, found.owner_id):
        raise NotYours
    return found


def save(found: Offer, **facts: Any) -> None:
    """Write what has changed."""
    found.version += 1
    for name, value in facts.items():
        setattr(found, name, value)
    found.save(update_fields=[*facts, "version"])


def state_for(owner: Owner, by: Viewer, at: dt.datetime) -> OfferState:
    """Return whether what an owner publishes is open now; one nobody has looked at is asked about."""
    checked = ask_check(owner=owner, by=by, at=at) == PublisherState.CHECKED
    return OfferState.OPEN if checked else OfferState.WAITING


def _confirmed(at: dt.datetime) -> dict[str, dt.date]:
    today = wall(at).date()
    return {"confirmed_on": today, "ask_from": ask_on(today)}


def _end(found: Offer, *, by: Viewer, at: dt.datetime) -> None:
    save(found, state=OfferState.ENDED, closed_at=at, why="")
    record("catalogue.end_offer", Ref(REF, found.id), by=by, at=at)
    right.settle_without_asking(ref=Ref(REF, found.id), answer=StillRight.ENDED, by=by, at=at)
    find_by_words(found)


def _refuse_competence(competence: str, owner: uuid.UUID) -> None:
    if competence and organisation_of(owner).kind not in MUNICIPAL:
        raise SpecialCompetence


def _facts(told: Told, owner: uuid.UUID) -> dict[str, Any]:
    lines = {
        name: " ".join(getattr(told, name).split())
        for name in ("title", "easy", "place", "hours", "answers", "languages", "price", "sponsor", "url")
    }
    about = told.about.strip()
    if not lines["title"] or not about:
        raise SayWhat
    if not (told.phone or lines["place"] or lines["url"]):
        raise SayHow
    if lines["url"] and (urlsplit(lines["url"]).scheme not in {"http", "https"} or not urlsplit(lines["url"]).netloc):
        raise NotAnAddress
    _refuse_competence(told.competence, owner)
    return lines | {
        "about": about, "shelf": told.shelf, "category": told.category, "transport": told.transport,
        "groups": [g for g in Group if g in told.groups], "villages": sorted(v.id for v in told.villages),
        "phone": told.phone, "is_free": told.is_free, "competence": told.competence,
        "months": sorted({m for m in told.months if 1 <= m <= 12}),
        "price": "" if told.is_free else lines["price"], **told.access,
    }  # fmt: skip


def forget_names(*, by: Viewer, at: dt.datetime) -> int:
    """Erase who wrote and answers for what has not been on offer for two years, and who checked whom so long ago.

    Return how many rows went without a name.
    """
    if not by.is_system:
        raise NotYours
    before = at - NAMES_KEPT
    closed = Offer.objects.filter(closed_at__lt=before).exclude(written_by="", answers="")
    checked = Publisher.objects.filter(settled_at__lt=before).exclude(checked_by="")
    with transaction.atomic():
        number = closed.update(written_by="", answers="") + checked.update(checked_by="")
        if number:
            record("catalogue.forget", Ref("municipality", by.tenant), by=by, at=at, number=number)
    return number
