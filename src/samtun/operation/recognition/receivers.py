"""When help is done: the receipt, and names for the week. Nobody is reminded to thank the dead."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.help_requests.events import HelpDone
from samtun.operation.help_requests.models import Match
from samtun.operation.recognition import actions
from samtun.people.persons.events import PersonDied
from samtun.people.persons.models import Passing


@receives(HelpDone)
def thank(payload: dict[str, str], at: dt.datetime) -> None:
    """Send the receipt and see that the week has names."""
    match = Match.objects.select_related("volunteer", "volunteer__host").get(id=uuid.UUID(payload["match_id"]))
    by = current_scope().viewer
    actions.send_receipt(match=match, by=by, at=at)
    actions.draw_names(owner=match.volunteer.host, by=by, at=at)


@receives(PersonDied, same_transaction=True)
def thank_no_more(payload: dict[str, str], at: dt.datetime) -> None:
    """Take a dead person off the week's names, in the transaction of the act (ADR 20). They come back with the rest."""
    passing = Passing.objects.get(id=uuid.UUID(payload["passing_id"]))
    actions.person_died(passing=passing, by=Viewer.system(current_tenant()), at=at)
