"""A party is written down as asked, and told: before the start by any party, afterwards with a yes from all."""

import datetime as dt

from django.db import IntegrityError, transaction

from samtun.codesign.designs.actions.holding import due_for_party, tell
from samtun.codesign.designs.models import Design, Party
from samtun.codesign.designs.notices import AskedToTakePart
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref


class AskedAlready(Refused):
    """They are a party already, or have been asked."""


def add_party(design: Design, owner: Owner, *, by: Viewer, at: dt.datetime) -> Party:
    """Write down that somebody is asked, and tell them."""
    try:
        with transaction.atomic():
            made = Party.objects.create(design=design, owner=owner, asked_at=at)
    except IntegrityError as fault:
        raise AskedAlready from fault
    due_for_party(made, design, "asked", at=at)
    tell(owner, AskedToTakePart, Ref("design_party", made.id), by=by, at=at)
    record("designs.ask_party", Ref("design", design.id), by=by, at=at, party=owner.name)
    return made
