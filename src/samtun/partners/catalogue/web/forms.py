"""What is written about those who publish."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import Form, LongText
from samtun.partners.catalogue.rules import MOST_WHY


class RefuseForm(Form):
    """Why it cannot be seen who an organisation is."""

    why = LongText(
        label=_("Why can it not be seen who they are?"), max_length=MOST_WHY, rows=3,
        help_text=_("The organisation is told these words."),
    )  # fmt: skip
