"""A picture: what it shows, who can be recognised in it, and why it is taken down."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import AsksAboutIllness, Form, LongText, ShortText
from samtun.foundation.imports.tables import MOST_BYTES
from samtun.operation.activities.actions.pictures import FILE_NAME, GuardianSaysYes, SayWhatItShows, TheirsToSay, Yes
from samtun.operation.activities.adapters.pictures import TooLarge
from samtun.operation.activities.enums import SaidYes


class PictureForm(AsksAboutIllness, Form):
    """A picture, whether somebody can be recognised in it, and what it shows for one who cannot see it."""

    asked_about = ("shows",)
    recognisable = forms.ChoiceField(
        label=_("Can anybody be recognised in the picture?"), widget=forms.RadioSelect, initial="no",
        choices=[("no", _("No, nobody")), ("yes", _("Yes, somebody can"))],
        help_text=_(
            "The best pictures have no faces: hands, backs, the table, the hall, the path. Somebody can be recognised"
            " by their back or their dog too."
        ),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The picture"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("A photo (.jpg, .png or .webp) of at most 10 MB. Where and when it was taken is not kept."),
        error_messages={name: _("Choose the picture.") for name in ("required", "missing", "empty")},
    )  # fmt: skip
    shows = LongText(
        label=_("What does the picture show?"), max_length=200, rows=2,
        help_text=_("For those who cannot see it, in a few words: Waffles and coffee on a long table. Nobody's name."),
    )  # fmt: skip

    def __init__(self, *args: Any, has_one: bool, answers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        self.marks_optional = False
        self.fields["file"].required = not has_one

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(gettext(TooLarge().message))
        return file

    def clean_recognisable(self) -> str:
        """Only those who answer for it can say that somebody has said yes."""
        value: str = self.cleaned_data["recognisable"]
        if value == "yes" and not self.answers:
            raise forms.ValidationError(gettext(TheirsToSay().message))
        return value

    def clean_shows(self) -> str:
        """Take no file's name for what it shows."""
        value: str = self.cleaned_data["shows"]
        if FILE_NAME.fullmatch(value):
            raise forms.ValidationError(gettext(SayWhatItShows().message))
        return value


class YesForm(Form):
    """One who can be recognised, and how they said yes to this very picture."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = ShortText(label=_("Who can be recognised?"), max_length=80, help_text=_("The name is never public."))
    how = forms.ChoiceField(label=_("How did they say yes?"), widget=forms.RadioSelect, choices=SaidYes.choices)
    heard_by = ShortText(label=_("Who heard it, or where is the paper?"), max_length=80)
    is_child = forms.BooleanField(label=_("Under 18 years"), required=False)
    guardian = ShortText(
        label=_("Which guardian said yes?"), required=False, max_length=80,
        help_text=_("Only for those under 18: a child cannot say yes alone."),
    )  # fmt: skip
    this_one = forms.BooleanField(label=_("They have seen this very picture, and know that everyone can see it"))

    def clean(self) -> Any:
        """Ask for the guardian of a child."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("is_child") and not data.get("guardian"):
            self.add_error("guardian", gettext(GuardianSaysYes().message))
        return data

    def told(self) -> Yes:
        """Return what was written, for the action."""
        data = self.cleaned_data
        return Yes(data["name"], SaidYes(data["how"]), data["heard_by"], data["is_child"], data["guardian"])


class PublishForm(Form):
    """That nobody is left out."""

    all_said = forms.BooleanField(label=_("Everyone who can be recognised is written down, and has said yes"))
