"""Feedback about what several have agreed on or make together: what it is called, who answers, and who sees it."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Q

from samtun.anchoring.agreements.models import Agreement
from samtun.anchoring.agreements.models import Party as AgreementParty
from samtun.anchoring.agreements.queries import reach
from samtun.anchoring.forums.rules import acts_for
from samtun.codesign.designs.models import Design
from samtun.codesign.designs.models import Party as DesignParty
from samtun.foundation import refs
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Membership
from samtun.partners.organisations.queries import answering_owner, who_answers_for
from samtun.people.roles.queries import standing_on
from samtun.people.roles.rules import CLASSES

TOGETHER = frozenset({"agreement", "design"})
"""The kinds of thing that several are parties to."""
ANSWERING = [role for role, row in CLASSES.items() if Permission.HANDLE_REQUESTS in row.permissions]


def may_tell_about(viewer: Viewer, kind: str, key: uuid.UUID) -> bool:
    """Tell whether somebody logged in may say something about it: all who see it, and it may be open to everyone."""
    if refs.describe(viewer, Ref(kind, key)):
        return True
    return kind == "design" and Design.objects.filter(id=key, public_at__isnull=False).exists()


def title_and_owner(viewer: Viewer, kind: str, key: uuid.UUID) -> tuple[str, Owner] | None:
    """Return what it is called, and which party answers; None when there is no such thing.

    Who began it answers first, and before a party the viewer acts for comes another: nobody answers themselves when
    somebody else can. Where none of them has anybody who answers here, whoever answers in public does.
    """
    if kind == "agreement":
        found = Agreement.objects.select_related("started_by").filter(id=key).first()
        name, first = (found.name, found.started_by) if found else ("", None)
    else:
        design = Design.objects.select_related("owner").filter(id=key).first()
        name, first = (design.title, design.owner) if design else ("", None)
    if first is None:
        return None
    there = with_a_desk(_parties(kind, key))
    there.sort(key=lambda owner: (acts_for(viewer, owner.id), owner.id != first.id))
    return name[:120], there[0] if there else answering_owner()


def _parties(kind: str, key: uuid.UUID) -> list[Owner]:
    """Return who takes part now, in the order they came in."""
    if kind == "agreement":
        rows = AgreementParty.objects.filter(agreement=key, left_at=None).select_related("owner").order_by("id")
        return [party.owner for party in rows]
    made = DesignParty.objects.filter(design=key, left_at=None, joined_at__isnull=False).select_related("owner")
    return [party.owner for party in made.order_by("asked_at", "id")]


def hear_of(kind: str, key: uuid.UUID, *, but: Collection[uuid.UUID], on: dt.date) -> list[tuple[Owner, uuid.UUID]]:
    """Return who hears that something is said about what several share: at each party whom it has named, or its heads.

    `but` are owners that know it already: who is to answer, and who raised it.
    """
    if kind == "agreement":
        rows = AgreementParty.objects.filter(agreement=key, left_at=None).exclude(owner__in=but).select_related("owner")
        named = [(party.owner, reach(party, on=on)) for party in rows.filter(owner__left_on=None).order_by("id")]
        return [(owner, person) for owner, person in named if person]
    there = [owner for owner in _parties(kind, key) if owner.id not in but and owner.left_on is None]
    return [(owner, person) for owner in there for person in who_answers_for(owner.id, on=on)]


def with_a_desk(owners: Collection[Owner]) -> list[Owner]:
    """Keep those where somebody answers feedback in Samtun: an organisation with a contact alone has no such desk."""
    rows = Membership.objects.filter(
        standing_on(clock.today()), organisation__owner__in=owners, role__in=ANSWERING, person__death_known_at=None
    )
    there = set(rows.values_list("organisation__owner", flat=True))
    return [owner for owner in owners if owner.id in there and owner.left_on is None]


def parties_to(viewer: Viewer, things: Collection[Ref]) -> set[uuid.UUID]:
    """Return which of some agreements and designs the viewer is in: acts for a party, or is named to talk with."""
    agreements = [ref.id for ref in things if ref.kind == "agreement"]
    designs = [ref.id for ref in things if ref.kind == "design"]
    own = [owner for owner in viewer.owners if acts_for(viewer, owner)]
    found: set[uuid.UUID] = set()
    if agreements:
        which = Q(owner__in=own)
        if viewer.person:
            which |= Q(contact=viewer.person) | Q(deputy=viewer.person)
        rows = AgreementParty.objects.filter(which, agreement__in=agreements, left_at=None)
        found |= set(rows.values_list("agreement", flat=True))
    if designs:
        made = DesignParty.objects.filter(design__in=designs, owner__in=own, left_at=None, joined_at__isnull=False)
        found |= set(made.values_list("design", flat=True))
    return found


def is_party(viewer: Viewer, kind: str, key: uuid.UUID | None) -> bool:
    """Tell whether the viewer is in what a feedback is about, and so reads what is said about it."""
    return key is not None and kind in TOGETHER and key in parties_to(viewer, [Ref(kind, key)])
