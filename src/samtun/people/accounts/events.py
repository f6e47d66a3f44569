"""Facts about logins."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged(Event):
    """An account has another telephone number or e-mail address, proved by its owner."""

    name: ClassVar[str] = "people_accounts.address_changed"
    account: uuid.UUID
