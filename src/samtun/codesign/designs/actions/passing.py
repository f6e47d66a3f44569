"""Time that passes, and an organisation that leaves."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext

from samtun.codesign.designs.actions.approving import look_again
from samtun.codesign.designs.actions.holding import due_for_party, not_due, written
from samtun.codesign.designs.actions.settling import settle_all
from samtun.codesign.designs.enums import STANDING, DesignState
from samtun.codesign.designs.models import Design, Party
from samtun.codesign.designs.queries import joined
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref

AFTERNOON = dt.time(15)


def trial_ends_soon(*, design_id: uuid.UUID, ends: dt.date, by: Viewer, at: dt.datetime) -> bool:
    """Put on each party's desk that a trial ends: go on, change or stop. False when it no longer ends that day."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = Design.objects.select_for_update(of=("self",)).filter(id=design_id).first()
        if found is None or found.state != DesignState.TRIAL or found.trial_ends != ends:
            return False
        for party in joined(found.id):
            due_for_party(party, found, "trial_ends", at=at, due=at_wall(ends, AFTERNOON))
    return True


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> None:
    """Take an owner that has left out of what it took part in; a design without parties ends."""
    if not by.is_system:
        raise NotYours
    rows = Party.objects.filter(owner=owner, left_at=None, design__state__in=STANDING).order_by("id")
    for party in rows.select_related("owner"):
        with transaction.atomic():
            design = Design.objects.select_for_update(of=("self",)).select_related("owner").get(id=party.design_id)
            was_in = party.joined_at is not None
            party.left_at = at
            party.save(update_fields=["left_at"])
            record("designs.leave", Ref("design", design.id), by=by, at=at, party=owner.name)
            if not joined(design.id):
                words = gettext("%(owner)s has left, and nobody else took part.") % {"owner": owner.name}
                design.state, design.ended_at, design.ended_words = DesignState.ENDED, at, words
                design.save(update_fields=["state", "ended_at", "ended_words"])
                settle_all(design, words=words, by=by, at=at)
                not_due(design, by=by, at=at)
                record("designs.end", Ref("design", design.id), by=by, at=at)
            elif was_in:
                written(design, "parties", why=owner.name, by=by, at=at)
                look_again(design, by=by, at=at)
