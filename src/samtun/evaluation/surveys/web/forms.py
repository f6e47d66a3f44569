"""A few words, if one likes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import Form, LongText


class WordsForm(Form):
    """One's own words, and leave to pass them on."""

    words = LongText(
        label=_("Is there something you would like to say?"), max_length=300, rows=3, required=False,
        help_text=_("You need not. A few words are enough."),
    )  # fmt: skip
    may_tell = forms.BooleanField(label=_("You may tell it to the one who helped"), required=False)
    marks_optional = False


class OwnWordsForm(Form):
    """One's own words about something one was at."""

    words = LongText(
        label=_("Is there something you would like to say?"), max_length=300, rows=3, required=False,
        help_text=_("Those who hold it read it, without your name, when five or more have answered."),
    )  # fmt: skip
    marks_optional = False
