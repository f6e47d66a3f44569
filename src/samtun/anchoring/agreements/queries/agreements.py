"""Agreements and their parties."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from samtun.anchoring.agreements.enums import LIVE, OPEN, Form, State
from samtun.anchoring.agreements.models import Agreement, Party, Version
from samtun.anchoring.agreements.queries.contacts import Who, contacts_of, shown
from samtun.anchoring.agreements.queries.taking_out import tables
from samtun.anchoring.agreements.rules import in_it, is_overdue, standing
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation import exports, refs, sight
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.queries import organisations_visible_to


@dataclass(frozen=True, slots=True)
class Whole:
    """An agreement with its parties, and whom to talk with at each."""

    row: Agreement
    parties: list[Party]
    contacts: dict[uuid.UUID, Who]

    @property
    def standing(self) -> list[Party]:
        """The parties that have not left."""
        return standing(self.parties)


def _parties() -> QuerySet[Party]:
    return Party.objects.select_related("owner", "contact", "deputy").order_by("id")


def parties_of(agreement: Agreement) -> list[Party]:
    """Return the parties in the order they came in, those that have left too."""
    return list(_parties().filter(agreement=agreement))


def agreements_visible_to(viewer: Viewer) -> list[Agreement]:
    """Return the agreements the viewer acts for a party in, or is named in: the live first, then by name."""
    waits = Version.objects.filter(state__in=OPEN).prefetch_related("answers").order_by("id")
    rows = Agreement.objects.filter(id__in=_mine(viewer).values("agreement")).prefetch_related(
        Prefetch("parties", _parties()), Prefetch("versions", waits, to_attr="waiting")
    )
    return sorted(rows, key=lambda a: (a.state not in LIVE, a.name.lower(), a.id))


def _mine(viewer: Viewer) -> QuerySet[Party]:
    own = [owner for owner in viewer.owners if acts_for(viewer, owner)]
    which = Q(owner__in=own)
    if viewer.person:
        which |= Q(contact=viewer.person) | Q(deputy=viewer.person)
    return Party.objects.filter(which)


def agreement_for(viewer: Viewer, agreement_id: uuid.UUID, *, on: dt.date) -> Whole:
    """Return an agreement with its parties and whom to talk with, logged; NotYours when out of sight."""
    found = Agreement.objects.filter(id=agreement_id).select_related("started_by", "taken_by").first()
    parties = parties_of(found) if found else []
    if found is None or not in_it(viewer, parties):
        raise NotYours
    return Whole(found, parties, shown(contacts_of(parties, on=on)))


def party_for(viewer: Viewer, party_id: uuid.UUID) -> Party:
    """Return a party of an agreement in sight; NotYours otherwise."""
    found = _parties().select_related("agreement").filter(id=party_id).first()
    if found is None or not in_it(viewer, parties_of(found.agreement)):
        raise NotYours
    return found


def spoken_for(viewer: Viewer, parties: Collection[Party]) -> list[Party]:
    """Return the standing parties that the viewer acts for."""
    return [party for party in standing(parties) if acts_for(viewer, party.owner_id)]


def to_agree_with(viewer: Viewer) -> list[Owner]:
    """Return with whom an agreement may be made: all that take part, the viewer's own last."""
    found = [body.owner for body in organisations_visible_to(viewer)]
    return sorted(found, key=lambda owner: owner.id in viewer.owners)


def those_to_ask(viewer: Viewer) -> list[Owner]:
    """Return on whose behalf the viewer may start an agreement."""
    rows = Organisation.objects.filter(owner__in=viewer.owners, owner__left_on=None).select_related("owner")
    return [body.owner for body in rows.order_by("name") if acts_for(viewer, body.owner_id)]


def in_writing(agreement_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return the owners that are parties in any of these agreements, as far as they are on one page and stand (R10)."""
    rows = Party.objects.filter(
        agreement__in=agreement_ids, agreement__form=Form.ONE_PAGE, agreement__state=State.STANDS, left_at=None
    )
    return set(rows.values_list("owner", flat=True))


def state_words(agreement: Agreement, *, on: dt.date) -> str:
    """Return in plain words where an agreement is."""
    if agreement.state == State.BEING_MADE:
        return gettext("Being made")
    if agreement.state == State.TAKEN_OVER:
        return gettext("Taken over")
    if agreement.state == State.ENDED:
        return gettext("Ended")
    if is_overdue(agreement, on=on):
        return gettext("Stands, but the evaluation is late")
    return gettext("Noted") if agreement.form == Form.NOTED else gettext("Stands")


def _seen(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[sight.Seen]:
    rows = Agreement.objects.filter(id__in=_mine(viewer).filter(agreement__in=ids).values("agreement"))
    on = clock.today()
    return [
        sight.Seen(Ref("agreement", a.id), a.name, reverse("agreement", args=[a.id]), state_words(a, on=on))
        for a in rows
    ]


def _moving(viewer: Viewer, at: dt.datetime) -> list[sight.Traffic]:
    """Tell what waits for a yes in the viewer's agreements, and how many stand."""
    mine = _mine(viewer).filter(left_at=None).values("agreement")
    waits = Version.objects.filter(agreement__in=mine, state__in=OPEN).values("agreement").distinct().count()
    stand = Agreement.objects.filter(id__in=mine, state=State.STANDS).count()
    told = (
        (waits, ngettext("agreement waits for everyone's yes", "agreements wait for everyone's yes", waits)),
        (stand, ngettext("agreement stands", "agreements stand", stand)),
    )
    return [sight.Traffic(1, "here", name, number, reverse("agreements")) for number, name in told]


def _find(viewer: Viewer, agreement_id: uuid.UUID) -> tuple[str, str] | None:
    found = Agreement.objects.filter(id=agreement_id).first()
    if found is None or not in_it(viewer, parties_of(found)):
        return None
    return found.name, reverse("agreement", args=[found.id])


def _concerns(agreement_id: uuid.UUID) -> list[uuid.UUID]:
    return list(Party.objects.filter(agreement=agreement_id, left_at=None).values_list("owner", flat=True))


exports.register("agreements", tables)
refs.register(refs.RefKind("agreement", _find, concerns=_concerns))
sight.register(sight.Kind("agreement", floor=1, order=20, rows=_seen))
sight.register_traffic(_moving)
