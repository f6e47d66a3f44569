"""Forms for roles."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import Form, ShortText
from samtun.people.accounts.models import Account
from samtun.people.accounts.queries import account_by
from samtun.people.accounts.rules import address_of


class ResetForm(Form):
    """Whose password and app are to be set up anew."""

    account = ShortText(label=_("E-mail or mobile number the person logs in with"), max_length=200)

    def clean_account(self) -> Account:
        """Find the account."""
        way, address = address_of(self.cleaned_data["account"])
        found = account_by(way, address) if way else None
        if found is None:
            raise ValidationError(gettext("Nobody logs in with this. Check how it is spelt."))
        return found
