"""Who need not be checked, who checks, and who publishes for an owner."""

import datetime as dt
import uuid

from samtun.foundation.viewer import Permission, Viewer
from samtun.partners.organisations.models import Organisation

KNOWN_KINDS = frozenset({Organisation.Kind.MUNICIPALITY, Organisation.Kind.UNIT, Organisation.Kind.CENTRE})
"""Bodies that the municipality itself has set up to answer in public."""
LOOKED_WITHIN = 1
"""Opening days within which a centre has looked at who publishes, and at what is reported."""
MOST_WHY = 400
ASKED_EVERY = dt.timedelta(days=182)
"""How often whoever answers for an offer is asked whether it is still right (R46)."""
GREY_AFTER = dt.timedelta(days=30)
"""How long after that an offer nobody has confirmed is shown as such."""
ANSWER_WITHIN = dt.timedelta(days=30)
REPORT_KEPT = dt.timedelta(days=30)
NAMES_KEPT = dt.timedelta(days=2 * 365)
MUNICIPAL = frozenset({Organisation.Kind.MUNICIPALITY, Organisation.Kind.UNIT})
"""Who may offer what rests on special competence (R35)."""


def publishes_for(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether somebody puts what an owner has on offer before everyone."""
    return viewer.is_system or (owner in viewer.owners and viewer.may(Permission.PUBLISH))


def needs_check(organisation: Organisation) -> bool:
    """Tell whether an organisation is to be looked at before what it publishes is open."""
    return organisation.kind not in KNOWN_KINDS


def ask_on(confirmed: dt.date) -> dt.date:
    """Return the day on which it is asked whether something is still right."""
    return confirmed + ASKED_EVERY


def is_grey(asked_from: dt.date, today: dt.date) -> bool:
    """Tell whether nobody has confirmed something for so long that everyone is to know it."""
    return today > asked_from + GREY_AFTER
