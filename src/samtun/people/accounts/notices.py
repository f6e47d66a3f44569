"""Messages of the login."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from samtun.foundation.models import Municipality
from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.foundation.scope import current_tenant
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.people.accounts.queries import code_row, link_of
from samtun.people.accounts.rules import LASTS, code_of


@register
class Code(Notice):
    """The one-time code, and in e-mail the link. Made when it is sent; it goes at once, also at night."""

    key: ClassVar[str] = "accounts.code"
    folder: ClassVar[str] = "accounts/mail/code"
    title: ClassVar[Any] = _("One-time code")
    channels: ClassVar[tuple[str, ...]] = ("sms", "email")
    lasts: ClassVar[dt.timedelta] = LASTS
    answers_own_act: ClassVar[bool] = True

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the code; None once it is used or too old, since it would only confuse."""
        row = code_row(ref_id)
        if row is None or row.used_at or clock.now() - row.made_at > LASTS:
            return None
        municipality = Municipality.objects.get(id=current_tenant())
        return {
            "digits": code_of(row.id), "login_link": link_of(row.id), "minutes": LASTS.seconds // 60,
            "where": municipality.shared_name, "host": municipality.host,
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return long facts."""
        return {
            "digits": "123456", "minutes": 10, "where": "Samtun i Nore og Uvdal",
            "host": "samtun.noreoguvdal.kommune.no", "login_link": f"https://samtun.kommune.no/inn/lenke/{'x' * 80}/",
        }  # fmt: skip


@register
class NewAddress(Code):
    """The code that shows that a new address for logging in is one's own. No link: it is written where it was asked."""

    key: ClassVar[str] = "accounts.new_address"
    folder: ClassVar[str] = "accounts/mail/new_address"
    title: ClassVar[Any] = _("Code for a new login address")


@register
class AddressChanged(Notice):
    """Told to the old address when the one for logging in was changed, in case it was somebody else."""

    key: ClassVar[str] = "accounts.address_changed"
    folder: ClassVar[str] = "accounts/mail/address_changed"
    title: ClassVar[Any] = _("Login changed")
    answers_own_act: ClassVar[bool] = True

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return where to ring."""
        municipality = Municipality.objects.get(id=current_tenant())
        return {"where": municipality.shared_name, "ring": spoken(municipality.phone)}

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return long facts."""
        return {"where": "Samtun i Nore og Uvdal", "ring": "57 00 11 22"}
