"""What follows when somebody logs in with another address: the person is reached there too."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.people.accounts.events import AddressChanged
from samtun.people.accounts.models import Account
from samtun.people.persons.actions import change_person
from samtun.people.persons.models import AccountLink


@receives(AddressChanged)
def follow_address(payload: dict[str, str], at: dt.datetime) -> None:
    """Write the account's address on the person."""
    account = Account.objects.filter(id=uuid.UUID(payload["account"])).first()
    link = AccountLink.objects.filter(account=account).select_related("person").first() if account else None
    if account is None or link is None:
        return
    person = link.person
    change_person(
        person=person, version=person.version, by=Viewer.system(current_tenant()), at=at,
        phone=account.phone or person.phone, email=account.email or person.email,
    )  # fmt: skip
