"""Messages of the login."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from samtun.foundation.models import Municipality
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.foundation.scope import current_tenant
from samtun.kernel import clock
from samtun.people.accounts.queries import code_row, link_of
from samtun.people.accounts.rules import LASTS, code_of


@register
class Code(Notice):
    """The one-time code, and in e-mail the link. Made when it is sent; it goes at once, also at night."""

    key: ClassVar[str] = "accounts.code"
    folder: ClassVar[str] = "accounts/mail/code"
    lasts: ClassVar[dt.timedelta] = LASTS
    answers_own_act: ClassVar[bool] = True

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the code; None once it is used or too old, since it would only confuse."""
        row = code_row(ref_id)
        if row is None or row.used_at or clock.now() - row.made_at > LASTS:
            return None
        municipality = Municipality.objects.get(id=current_tenant())
        return {
            "code": code_of(row.id), "link": link_of(row.id), "minutes": LASTS.seconds // 60,
            "where": municipality.shared_name, "host": municipality.host,
        }  # fmt: skip


@register
class AddressChanged(Notice):
    """Told to the person when the address for logging in was changed, in case it was somebody else."""

    key: ClassVar[str] = "accounts.address_changed"
    folder: ClassVar[str] = "accounts/mail/address_changed"
    answers_own_act: ClassVar[bool] = True

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return where to ring."""
        municipality = Municipality.objects.get(id=current_tenant())
        return {"where": municipality.shared_name, "phone": municipality.phone}
