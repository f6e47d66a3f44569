"""Concerns, for those who receive them and for the one who told, and for nobody else (R84, decisions 35)."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from samtun.evaluation.feedback.enums import ConcernState
from samtun.evaluation.feedback.models import Concern, Reading, Receiver, Remark, ShutOut
from samtun.evaluation.feedback.queries.sealed import unsealed
from samtun.evaluation.feedback.rules import code_hash, names
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.clock import at_wall
from samtun.kernel.errors import NotYours
from samtun.partners.organisations.models import Membership, Organisation
from samtun.partners.organisations.queries import deputies_of
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of
from samtun.people.roles.queries import standing_on
from samtun.people.roles.rules import title

OPEN_FOR = dt.timedelta(hours=8)
"""How long words stay open to a receiver who has opened them: then they are opened, and noted as opened, anew."""
HEADS = (Role.LEADER, Role.ORGANISATION_REPRESENTATIVE)


@dataclass(frozen=True, slots=True)
class Named:
    """One who receives: name, title, since when, and how to reach one who is outside."""

    person: Person
    title: str
    outside: bool
    since: dt.datetime
    address: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a concern, as they were told."""

    text: str
    about: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Said:
    """One remark, ready to show."""

    at: dt.datetime
    author: str
    text: str
    from_teller: bool
    shown: bool


def inside_receivers(owner: Owner, *, on: dt.date) -> list[Named]:
    """Return who receives within an organisation: those chosen who still have a role there, else who leads it."""
    rows = Receiver.objects.filter(owner=owner, outside=False, ended_at=None).select_related("person")
    posts = Membership.objects.filter(standing_on(on), organisation__owner=owner).select_related("person")
    standing = set(posts.values_list("person_id", flat=True))
    found = [
        Named(r.person, r.title, outside=False, since=r.made_at) for r in rows.order_by("made_at")
        if not r.person.is_dead and standing & set(everyone_of(r.person_id))
    ]  # fmt: skip
    return found or _in_office(posts.filter(role__in=HEADS, is_deputy=False).order_by("starts", "id"))


def _in_office(posts: Iterable[Membership]) -> list[Named]:
    return [
        Named(m.person, title(m.role), outside=False, since=at_wall(m.starts, dt.time.min))
        for m in posts if not m.person.is_dead
    ]  # fmt: skip


def outside_receivers(owner: Owner) -> list[Named]:
    """Return who receives outside: the organisation's own, else those the municipality has chosen for all."""
    return _outside(Q(owner=owner)) or _outside(Q(owner__kind=Owner.Kind.MUNICIPALITY))


def _outside(whose: Q) -> list[Named]:
    rows = Receiver.objects.filter(whose, outside=True, ended_at=None, person__death_known_at=None)
    found = rows.select_related("person").order_by("made_at")
    return [Named(r.person, r.title, outside=True, since=r.made_at, address=r.address) for r in found]


def readers_of(concern: Concern, *, on: dt.date) -> list[Named]:
    """Return who may read a concern: never one whom it is about, and nobody who was let in after it was told.

    When nobody within is left, it goes to the leader's deputy; when that is not possible, to the one outside: the
    organisation's own, else the municipality's.
    """
    within: list[Named] = []
    if concern.to_inside:
        within = _fit(concern, inside_receivers(concern.owner, on=on))
        within = within or _fit(concern, _in_office(deputies_of(concern.owner_id, on=on)))
    if within and not concern.to_outside:
        return within
    own = _fit(concern, outside_receivers(concern.owner))
    return within + (own or _not_concerned(concern, _outside(Q(owner__kind=Owner.Kind.MUNICIPALITY))))


def _fit(concern: Concern, people: list[Named]) -> list[Named]:
    """Leave out whom it is about, and whoever came after it: one it is about may not let a friend in."""
    return [n for n in _not_concerned(concern, people) if n.since <= concern.made_at]


def _not_concerned(concern: Concern, people: list[Named]) -> list[Named]:
    shut = set(ShutOut.objects.filter(concern=concern).values_list("person_id", flat=True))
    about = unsealed(concern).get("about", "")

    def is_concerned(person: Person) -> bool:
        return bool(shut & set(everyone_of(person.id)) or (about and names(about, person.full_name)))

    return [n for n in people if not is_concerned(n.person)]


def may_read(viewer: Viewer, concern: Concern, *, on: dt.date) -> bool:
    """Tell whether the viewer receives a concern: one within only in a hat of that organisation."""
    if viewer.person is None or concern.erased_at:
        return False
    mine = set(everyone_of(viewer.person))
    return any(
        n.person.id in mine and (n.outside or concern.owner_id in viewer.owners) for n in readers_of(concern, on=on)
    )


def concern_for(viewer: Viewer, concern_id: uuid.UUID, *, on: dt.date) -> Concern:
    """Return one for those who receive it; NotYours for everyone else, also for one whom it is about."""
    found = Concern.objects.select_related("owner").filter(id=concern_id).first()
    if found is None or not may_read(viewer, found, on=on):
        raise NotYours
    return found


def concerns_of(viewer: Viewer, *, on: dt.date) -> list[Concern]:
    """Return what waits for the viewer and what they have closed lately: those due first come first."""
    if viewer.person is None or not receives(viewer):
        return []
    rows = Concern.objects.filter(erased_at=None).select_related("owner").order_by("-made_at")[:200]
    found = [c for c in rows if may_read(viewer, c, on=on)]
    return sorted(found, key=lambda c: (c.state == ConcernState.CLOSED, c.due is None, c.due or c.made_at))


def something_waits(viewer: Viewer, *, on: dt.date) -> bool:
    """Tell whether something open waits for the viewer to read."""
    if not receives(viewer):
        return False
    rows = Concern.objects.exclude(state=ConcernState.CLOSED).select_related("owner").order_by("-made_at")[:50]
    return any(may_read(viewer, c, on=on) for c in rows)


def receives(viewer: Viewer) -> bool:
    """Tell whether the viewer could receive anything: within, outside, as who leads, or as a deputy."""
    if viewer.person is None:
        return False
    mine = everyone_of(viewer.person)
    if Receiver.objects.filter(person__in=mine, ended_at=None).exists():
        return True
    posts = Membership.objects.filter(person__in=mine, organisation__owner__in=viewer.owners, ends=None)
    return posts.filter(role__in=HEADS).exists() or posts.filter(is_deputy=True).exists()


def is_open_to(viewer: Viewer, concern: Concern, *, at: dt.datetime) -> bool:
    """Tell whether the viewer has opened the words lately, and so may see them without opening them anew."""
    rows = Reading.objects.filter(concern=concern, person=viewer.person, at__gt=at - OPEN_FOR)
    return viewer.person is not None and rows.exists()


def readings_of(concern: Concern) -> list[Reading]:
    """Return who has opened it and when, the latest first."""
    return list(Reading.objects.filter(concern=concern).select_related("person").order_by("-at")[:20])


def told(concern: Concern) -> Told:
    """Return the words, for one who has opened them or who wrote them."""
    plain = unsealed(concern)
    return Told(plain.get("text", ""), plain.get("about", ""), plain.get("name", ""), plain.get("phone", ""))


def remarks_of(concern: Concern, *, shown_only: bool) -> list[Said]:
    """Return what has been said since, oldest first; to the one who told only what was meant for them."""
    rows = Remark.objects.filter(concern=concern)
    if shown_only:
        rows = rows.filter(shown=True)
    return [
        Said(r.at, r.author, unsealed(r).get("text", ""), r.from_teller, r.shown) for r in rows.order_by("at", "id")
    ]


def concern_by_code(code: str) -> Concern | None:
    """Return the concern a code opens, within the year its words stand; None for a wrong one."""
    return Concern.objects.select_related("owner").filter(code_hash=code_hash(code), erased_at=None).first()


def concern_remembered(concern_id: str) -> Concern | None:
    """Return the concern that this device has given the code of."""
    try:
        key = uuid.UUID(concern_id)
    except ValueError:
        return None
    return Concern.objects.select_related("owner").filter(id=key, erased_at=None).exclude(code_hash="").first()


def bodies_to_tell() -> list[Organisation]:
    """Return the organisations one can raise a concern about: all but businesses, the centre first."""
    rows = Organisation.objects.filter(owner__left_on=None).exclude(kind=Organisation.Kind.BUSINESS)
    order = {Organisation.Kind.CENTRE: 0, Organisation.Kind.MUNICIPALITY: 1}
    return sorted(
        rows.select_related("owner"), key=lambda o: (order.get(Organisation.Kind(o.kind), 2), o.name.casefold())
    )


def receivers_set(owner: Owner) -> list[Receiver]:
    """Return who has been chosen to receive, within and outside, for the page where it is set."""
    rows = Receiver.objects.filter(owner=owner, ended_at=None).select_related("person")
    return list(rows.order_by("outside", "made_at"))
