"""Jobs of the login."""

import uuid
from typing import Any

from samtun.foundation.jobs import job
from samtun.kernel import clock
from samtun.people.accounts.actions.codes import send_code


@job("people_accounts.send_code")
def send(*, code_id: str, **_later: Any) -> None:
    """Find whose address it is, and send the code if it is anybody's."""
    send_code(code=uuid.UUID(code_id), at=clock.now())
