"""What is wrong with something on offer: anyone says so; a person at the centre looks, and takes down or keeps."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.jobs import defer
from samtun.foundation.refs import describe
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.catalogue.actions.offers import REF, NotStanding, find_by_words, locked, save, state_for
from samtun.partners.catalogue.enums import LIVE_OFFERS, OfferState, Why
from samtun.partners.catalogue.events import SeenTo, SomebodyNeeded
from samtun.partners.catalogue.models import Offer, Report
from samtun.partners.catalogue.notices import TakenDown
from samtun.partners.catalogue.queries import checks, contacts_of, look_by
from samtun.partners.catalogue.rules import MOST_WHY, REPORT_KEPT
from samtun.partners.organisations.queries import answering_owner


class SayWhatIsWrong(Refused):
    """Write what is wrong, in a sentence or two. There is room for 400 characters."""


class SayWhyDown(Refused):
    """Write why, in a sentence or two: those who published it are told. There is room for 400 characters."""


def report(*, ref: Ref, words: str, phone: str, sent_key: uuid.UUID, by: Viewer, at: dt.datetime) -> Report:
    """Take in that something is wrong with what is before everyone, in any room; from anyone. Sent twice is once.

    It stands with the centre until `seen` is called for it.
    """
    said = " ".join(words.split())
    if not said or len(said) > MOST_WHY:
        raise SayWhatIsWrong
    shown, centre = describe(Viewer.anonymous(by.tenant), ref), answering_owner()
    if shown is None:
        raise NotStanding
    _title, path = describe(Viewer.system(by.tenant), ref) or shown
    with transaction.atomic():
        made, is_new = Report.objects.get_or_create(
            ref_kind=ref.kind, ref_id=ref.id, sent_key=sent_key,
            defaults={"title": shown[0][:120], "path": path, "words": said, "phone": phone, "made_at": at},
        )  # fmt: skip
        if is_new:
            record("catalogue.report", ref, by=by, at=at)
            due = look_by(centre.id, at).isoformat()
            publish(SomebodyNeeded(ref_kind=ref.kind, ref_id=ref.id, why=Why.REPORTED, owner=centre.id, due=due), at=at)
    return made


def seen(*, ref: Ref, words: str, by: Viewer, at: dt.datetime) -> int:
    """Note that a person has looked at what was said of a thing, and what came of it; return how many had said it."""
    if not checks(by):
        raise NotYours
    with transaction.atomic():
        rows = Report.objects.filter(ref_kind=ref.kind, ref_id=ref.id, seen_at=None)
        number = rows.update(seen_at=at, seen_by=by.who, became=" ".join(words.split())[:MOST_WHY])
        if number:
            wait = int(REPORT_KEPT.total_seconds()) + 1
            defer("catalogue.forget_reports", ref_kind=ref.kind, ref_id=ref.id, schedule_in=wait)
            publish(SeenTo(ref_kind=ref.kind, ref_id=ref.id, why=Why.REPORTED), at=at)
    return number


def keep(*, offer: Offer, words: str, by: Viewer, at: dt.datetime) -> Offer:
    """Let it stand after a look; the words are for those who look next."""
    with transaction.atomic():
        found = _looked_at(offer, by)
        seen(ref=Ref(REF, found.id), words=words, by=by, at=at)
        record("catalogue.keep_offer", Ref(REF, found.id), by=by, at=at)
    return found


def take_down(*, offer: Offer, why: str, by: Viewer, at: dt.datetime) -> Offer:
    """Take it off the open pages, with words that those who published it are told."""
    words = " ".join(why.split())
    if not words or len(words) > MOST_WHY:
        raise SayWhyDown
    with transaction.atomic():
        found = _looked_at(offer, by)
        if found.state not in LIVE_OFFERS:
            raise NotStanding
        save(found, state=OfferState.TAKEN_DOWN, why=words, closed_at=at)
        seen(ref=Ref(REF, found.id), words=words, by=by, at=at)
        record("catalogue.take_down", Ref(REF, found.id), by=by, at=at, why=words)
        find_by_words(found)
        centre = answering_owner()
        for person in contacts_of(found.owner_id, on=wall(at).date()):
            queue(notice=TakenDown, ref_kind=REF, ref_id=found.id, to=person, owner=centre.id, by=by, at=at)
    return found


def put_back(*, offer: Offer, by: Viewer, at: dt.datetime) -> Offer:
    """Let what was taken down stand again."""
    with transaction.atomic():
        found = _looked_at(offer, by)
        if found.state != OfferState.TAKEN_DOWN or found.owner.left_on:
            raise NotStanding
        state = state_for(found.owner, Viewer.system(by.tenant, frozenset({found.owner_id})), at)
        save(found, state=state, why="", closed_at=None)
        record("catalogue.put_back", Ref(REF, found.id), by=by, at=at)
        find_by_words(found)
    return found


def forget_reports(*, ref: Ref, by: Viewer, at: dt.datetime) -> int:
    """Forget what was said of a thing and whom to ring, thirty days after it was seen to; return how many."""
    if not by.is_system:
        raise NotYours
    rows = Report.objects.filter(ref_kind=ref.kind, ref_id=ref.id, seen_at__lte=at - REPORT_KEPT)
    with transaction.atomic():
        number = rows.exclude(words="", phone="", seen_by="").update(words="", phone="", seen_by="")
        if number:
            record("catalogue.forget_reports", ref, by=by, at=at, number=number)
    return number


def _looked_at(offer: Offer, by: Viewer) -> Offer:
    if not checks(by):
        raise NotYours
    return locked(offer)
