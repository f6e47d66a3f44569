"""How a person wants to be reached."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import Form
from samtun.people.preferences.models import Preference


class PreferenceForm(Form):
    """Four equal ways, and one yes for all times."""

    channel = forms.ChoiceField(
        label=_("How shall we be in touch?"), widget=forms.RadioSelect,
        choices=[
            (Preference.Channel.SMS, _("Text message")), (Preference.Channel.CALL, _("We ring")),
            (Preference.Channel.LETTER, _("A letter in the post")), (Preference.Channel.EMAIL, _("E-mail")),
        ],
    )  # fmt: skip
    large_print = forms.BooleanField(label=_("Letters in large print"), required=False)
    chooses_for_me = forms.BooleanField(
        label=_("Choose for me"), required=False,
        help_text=_("The person has said once for all: you need not ask me about the name of the one who comes."),
    )  # fmt: skip
