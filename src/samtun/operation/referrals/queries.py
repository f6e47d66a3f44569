"""Referrals, always for someone."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import QuerySet

from samtun.foundation import exports, recipients, refs
from samtun.foundation.acts import words_of
from samtun.foundation.audit import saw
from samtun.foundation.timeline import history
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.referrals.enums import State
from samtun.operation.referrals.models import PocketNote, Referral
from samtun.people.persons.models import Person
from samtun.people.persons.queries import (
    folded_name,
    has_number,
    persons_visible_to,
    same_name_wants_peace,
)

NOTE_LASTS = dt.timedelta(days=14)
SETTLED_LASTS = dt.timedelta(days=91)
REMEMBERED = dt.timedelta(days=90)


def referrals_visible_to(viewer: Viewer) -> QuerySet[Referral]:
    """Return what has come in to the owners the viewer rings for."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return Referral.objects.none()
    return Referral.objects.filter(owner__in=viewer.owners)


def referral_for(viewer: Viewer, referral_id: uuid.UUID) -> Referral:
    """Return one, opened and logged; NotYours when out of sight."""
    found = referrals_visible_to(viewer).filter(id=referral_id).select_related("person", "owner").first()
    if found is None:
        raise NotYours
    if found.person_id:
        saw(found.person_id)
    return found


def known_person(viewer: Viewer, referral: Referral) -> Person | None:
    """Return the person it is about, when they are known here already by that number and name."""
    if referral.person_id:
        return persons_visible_to(viewer).filter(id=referral.person_id).first()
    if not referral.phone:
        return None
    wanted = " ".join(referral.name.split()).casefold()
    rows = persons_visible_to(viewer).filter(has_number(referral.phone))
    found = next((p for p in rows if p.full_name.casefold() == wanted), None)
    if found:
        saw(found.id)
    return found


def what_happened(viewer: Viewer, referral: Referral) -> list[dict[str, Any]]:
    """Return the timeline. Who told us is not in it: that stands on the page as long as it is kept."""
    events = history(viewer, Ref("referral", referral.id), whole=True)
    came_in = words_of("referrals.enter")
    return [event | {"by": ""} if event["what"] == came_in else event for event in events]


def may_want_peace(viewer: Viewer, referral: Referral) -> bool:
    """Tell whether someone of that name has asked for no contact, and no number tells that it is the same."""
    name, phone, but = referral.name, referral.phone, referral.person_id
    return bool(name) and same_name_wants_peace(viewer, name=name, phone=phone, but=but)


def waits_twice(viewer: Viewer, referral: Referral) -> Referral | None:
    """Return another word that waits and seems to be about the same one. Told to the coordinator only."""
    if referral.state != State.WAITS:
        return None
    others = referrals_visible_to(viewer).filter(owner=referral.owner_id, state=State.WAITS).exclude(id=referral.id)
    wanted = folded_name(referral.name, "")
    for other in others.order_by("made_at", "id"):
        if referral.person_id and other.person_id == referral.person_id:
            return other
        told_apart = referral.phone and other.phone and referral.phone != other.phone
        if folded_name(other.name, "") == wanted and not told_apart:
            return other
    return None


def was_passed_on(wish: uuid.UUID) -> bool:
    """Tell whether an employee or a contact person passed this wish on: they hear what becomes of it that way."""
    return Referral.objects.filter(wish=wish, sender__isnull=False).exists()


def passed_on_by(viewer: Viewer, *, at: dt.datetime, most: int = 30) -> list[Referral]:
    """Return what the viewer has passed on lately as the hat they wear, newest first."""
    if viewer.person is None:
        return []
    rows = Referral.objects.filter(sender=viewer.person, sender_owner__in=viewer.owners, made_at__gte=at - REMEMBERED)
    found = list(rows.select_related("person").order_by("-made_at", "-id")[:most])
    saw(*(r.person_id for r in found if r.person_id), how="listed")
    return found


def notes_of(viewer: Viewer, *, at: dt.datetime) -> list[PocketNote]:
    """Return the viewer's own notes that have not had their time, newest first. Nobody else ever reads them."""
    if viewer.person is None:
        return []
    return list(PocketNote.objects.filter(author=viewer.person, made_at__gt=at - NOTE_LASTS).order_by("-made_at"))


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    columns = ("id", "kind", "state", "name", "phone", "place", "words", "person_id", "tries", "became", "made_at",
               "settled_at")  # fmt: skip
    rows = list(Referral.objects.filter(owner=owner).order_by("made_at", "id").values_list(*columns))
    persons = frozenset(row[7] for row in rows if row[7])
    return [exports.Table("referrals", columns, rows, persons)]


def _find(viewer: Viewer, referral_id: uuid.UUID) -> tuple[str, str] | None:
    found = referrals_visible_to(viewer).filter(id=referral_id).first()
    return (found.get_kind_display(), "") if found else None


def _about_gone(referral_id: uuid.UUID) -> bool:
    """Tell whether the one it is about has died: then nobody is told anything more of it."""
    return Referral.objects.filter(id=referral_id, person__death_known_at__isnull=False).exists()


recipients.register_about("referral", _about_gone)
exports.register("referrals", _tables)
refs.register(refs.RefKind("referral", _find))
