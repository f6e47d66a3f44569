"""Who need not be checked, who checks, and who publishes for an owner."""

import uuid

from samtun.foundation.viewer import Permission, Viewer
from samtun.partners.organisations.models import Organisation

KNOWN_KINDS = frozenset({Organisation.Kind.MUNICIPALITY, Organisation.Kind.UNIT, Organisation.Kind.CENTRE})
"""Bodies that the municipality itself has set up to answer in public."""
CHECKED_WITHIN = 1
"""Opening days within which a centre has looked at who publishes."""
MOST_WHY = 400


def publishes_for(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether somebody puts what an owner has on offer before everyone."""
    return viewer.is_system or (owner in viewer.owners and viewer.may(Permission.PUBLISH))


def needs_check(organisation: Organisation) -> bool:
    """Tell whether an organisation is to be looked at before what it publishes is open."""
    return organisation.kind not in KNOWN_KINDS
