"""Whom to thank this week: three names, longest since last thanked among those who did something lately."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from samtun.anchoring.responsibilities.queries import names_of
from samtun.foundation import exports, refs
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.recognition.models import Thanks
from samtun.operation.volunteers.models import Contribution, Volunteer
from samtun.work.todos.queries import is_due

NAMES_A_WEEK = 3
LATELY = dt.timedelta(days=60)
WEEK = dt.timedelta(days=7)


def week_of(day: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def whose_turn(owner_id: uuid.UUID, *, on: dt.date, most: int = NAMES_A_WEEK) -> list[uuid.UUID]:
    """Return the persons whose turn it is to be thanked: did something lately, longest since last thanked first.

    Nobody is thanked for how much: one snowy step counts like ten (R60, R111).
    """
    recent = Contribution.objects.filter(owner=owner_id, on__range=(on - LATELY, on), person__death_known_at=None)
    lately = recent.values_list("person", flat=True)
    thanked = dict(Thanks.objects.filter(person__in=lately).values_list("person").annotate(last=Max("week_of")))
    this_week = {p for p, last in thanked.items() if last >= week_of(on)}
    people = sorted(set(lately) - this_week, key=lambda p: (thanked.get(p, dt.date.min), p))
    return people[:most]


def someone_left(owner_id: uuid.UUID, week: dt.date) -> bool:
    """Tell whether anyone among a week's names has still to be thanked."""
    rows = Thanks.objects.filter(owner=owner_id, week_of=week, person__death_known_at=None)
    return rows.filter(rung_at=None, card_made_at=None).exists()


def waits_for_thanks(owner_id: uuid.UUID) -> bool:
    """Tell whether anyone of any week's names has still to be thanked: a line may stand over a Sunday."""
    return Thanks.objects.filter(owner=owner_id, rung_at=None, card_made_at=None, person__death_known_at=None).exists()


def thanks_of_week(viewer: Viewer, *, on: dt.date) -> list[Thanks]:
    """Return this week's names for the owners the viewer acts for, with telephone numbers to ring."""
    rows = list(
        Thanks.objects.filter(owner__in=viewer.owners, week_of=week_of(on), person__death_known_at=None)
        .select_related("person", "owner")
        .order_by("id")
    )
    saw(*(t.person_id for t in rows))
    return rows


def done_lately(rows: Collection[Thanks]) -> dict[uuid.UUID, list[str]]:
    """Return what each was thanked for: names of kinds of help, never how many (R60, R111). Key: the thanks' id.

    Counts the sixty days before the end of the week of thanks.
    """
    people, owners = {t.person_id for t in rows}, {t.owner_id for t in rows}
    kinds: dict[tuple[uuid.UUID, uuid.UUID], set[tuple[dt.date, str]]] = defaultdict(set)
    found = Contribution.objects.filter(person__in=people, owner__in=owners)
    for person, owner, on, kind in found.values_list("person", "owner", "on", "kind"):
        kinds[person, owner].add((on, kind))
    names = names_of(kind for each in kinds.values() for _on, kind in each)
    told = {}
    for row in rows:
        last = row.week_of + dt.timedelta(days=6)
        done = {k for on, k in kinds[row.person_id, row.owner_id] if last - LATELY - WEEK <= on <= last}
        told[row.id] = sorted(names.get(k, k) for k in done)
    return told


def someone_to_thank(viewer: Viewer, *, on: dt.date) -> bool:
    """Tell whether anyone of own owners' has done something lately and has not been thanked this week."""
    return any(whose_turn(owner, on=on, most=1) for owner in viewer.owners)


def thanks_for(viewer: Viewer, thanks_id: uuid.UUID) -> Thanks:
    """Return one of this owner's thanks; NotYours when out of sight."""
    rows = Thanks.objects.filter(id=thanks_id, owner__in=viewer.owners, person__death_known_at=None)
    row = rows.select_related("person", "owner").first()
    if row is None or not viewer.may(Permission.THANK_VOLUNTEERS):
        raise NotYours
    saw(row.person_id)
    return row


@dataclass(frozen=True, slots=True)
class Done:
    """What a volunteer did with one host in a period: kinds by name with minutes, longest first, and minutes in all."""

    kinds: list[tuple[str, int]]
    minutes: int


def done_with(volunteer: Volunteer, *, starts: dt.date, ends: dt.date) -> Done:
    """Return what a certificate tells: unpaid work with this host only, both days included."""
    rows = Contribution.objects.filter(
        person=volunteer.person_id, owner=volunteer.host_id, paid=False, on__range=(starts, ends)
    )
    found = dict(rows.values_list("kind").annotate(minutes=Sum("minutes")))
    names = names_of(found)
    kinds = sorted(((names.get(k) or k, minutes) for k, minutes in found.items()), key=lambda k: (-k[1], k[0]))
    return Done(kinds, sum(found.values()))


def wishes_certificate(volunteer: Volunteer) -> bool:
    """Tell whether a volunteer waits for a certificate."""
    return is_due(Ref("volunteer", volunteer.id), "certificate_wished")


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    rows = list(Thanks.objects.filter(owner=owner).select_related("person").order_by("week_of", "id"))
    columns = ("person", "person_id", "week_of", "for_words", "words", "rung_at", "rung_by", "card_made_at")
    values = [
        (t.person.full_name, t.person_id, t.week_of, t.for_words, t.words, t.rung_at, t.rung_by, t.card_made_at)
        for t in rows
    ]
    return [exports.Table("thanks", columns, values, frozenset(t.person_id for t in rows))]


def _find(viewer: Viewer, owner_id: uuid.UUID) -> tuple[str, str] | None:
    """The thanks of the week are an owner's: the reference names the owner."""
    if owner_id not in viewer.owners or not viewer.may(Permission.THANK_VOLUNTEERS):
        return None
    return _("Thanks this week"), reverse("thanks")


exports.register("recognition", _tables)
refs.register(refs.RefKind("thanks", _find))
