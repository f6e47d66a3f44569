"""What is written down about a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import DateField, Form, PhoneField, ShortText
from samtun.foundation.models import Owner
from samtun.kernel.phones import spoken, tidy
from samtun.people.persons.models import Away, Person
from samtun.people.persons.web.tables import AWAY_WORDS
from samtun.people.places.queries import villages

FACTS = (
    "given_name", "family_name", "phone", "phone_kind", "other_phone", "email", "village", "address", "birth_year",
    "language",
)  # fmt: skip
WHERE = ("village", "address")
YEAR = _("Write the year of birth with four digits, for example 1938.")


class PersonForm(Form):
    """Name, how to reach the person, where they live."""

    given_name = ShortText(label=_("First name"), max_length=60)
    family_name = ShortText(label=_("Family name"), max_length=60, required=False)
    phone = PhoneField(label=_("Telephone"), required=False, autocomplete="off")
    phone_kind = forms.ChoiceField(
        label=_("What sort of telephone?"), widget=forms.RadioSelect, required=False, initial=Person.Reached.MOBILE,
        choices=[(Person.Reached.MOBILE, _("Mobile")), (Person.Reached.LANDLINE, _("Landline, no texts"))],
    )  # fmt: skip
    other_phone = PhoneField(
        label=_("Another telephone"), required=False, autocomplete="off",
        help_text=_("Only to be rung. Texts go to the first."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=200,
        error_messages={"invalid": _("Write the whole e-mail address, for example kari@example.no.")},
    )  # fmt: skip
    village: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Which part of the municipality?"), required=False, queryset=None, empty_label=_("Choose")
    )
    address = ShortText(label=_("Address"), max_length=120, required=False)
    birth_year = forms.IntegerField(
        label=_("Year of birth"), required=False, min_value=1900,
        error_messages={"invalid": YEAR, "min_value": YEAR, "max_value": YEAR},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short", "autocomplete": "off"}),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("What shall we write in?"), widget=forms.RadioSelect, required=False,
        choices=[("", _("As the municipality writes")), *Person.Language.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = this_year
        self.part("village", forms.ModelChoiceField).queryset = villages()
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_birth_year(self) -> int | None:
        """Nobody is born next year."""
        year = self.cleaned_data["birth_year"]
        if year is not None and year > self.this_year:
            raise forms.ValidationError(YEAR)
        return year

    def facts(self) -> dict[str, Any]:
        """Return the facts as the action takes them."""
        found = {name: self.cleaned_data[name] for name in FACTS if name in self.fields}
        if found["other_phone"] == found["phone"]:
            found["other_phone"] = ""
        if found["other_phone"] and not found["phone"]:
            found["phone"], found["other_phone"] = found["other_phone"], ""
        return found | {"phone_kind": found["phone_kind"] or Person.Reached.MOBILE}


class NewPersonForm(PersonForm):
    """A person who is new to us; asks for whom only when the hat acts for several."""

    owner: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Who is to know the person?"), queryset=None, empty_label=_("Choose")
    )
    field_order = ("owner", *FACTS)

    def __init__(self, *args: Any, owners: list[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = owners[0] if len(owners) == 1 else None
        if self.only:
            del self.fields["owner"]
        else:
            rows = Owner.objects.filter(id__in=[o.id for o in owners]).order_by("name")
            self.part("owner", forms.ModelChoiceField).queryset = rows

    def clean(self) -> dict[str, Any]:
        """See that the person can be reached in some way."""
        data = super().clean() or self.cleaned_data
        if not {"phone", "other_phone", "email", "address"} & set(self.errors) and not any(
            data.get(way) for way in ("phone", "other_phone", "email", "address")
        ):
            self.add_error("phone", _("Write a telephone number, an e-mail or an address, so that we can reach them."))
        return data

    @property
    def chosen_owner(self) -> Owner:
        """The owner who answers for the row."""
        return self.only or self.cleaned_data["owner"]


class ChangeForm(PersonForm):
    """What stands, to be changed; without the address when the viewer may not see it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, sees_where: bool, **kwargs: Any) -> None:
        stands = {name: getattr(person, name) for name in FACTS} | {"version": person.version}
        super().__init__(*args, initial=stands | {"village": person.village_id}, **kwargs)
        self.person = person
        if not sees_where:
            for name in WHERE:
                del self.fields[name]

    def differences(self) -> list[tuple[str, str, str]]:
        """Return where what stands now differs from what is written here: (label, stands now, written)."""
        rows = []
        for name in FACTS:
            if name in self.fields and (now := getattr(self.person, name)) != self.cleaned_data[name]:
                label = str(self.fields[name].label)
                rows.append((label, self._spoken(name, now), self._spoken(name, self.cleaned_data[name])))
        return rows

    def _spoken(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.fields[name], "choices", [])) if name in {"phone_kind", "language"} else {}
        return str(choices.get(value, value) or "–")

    def take_version(self) -> None:
        """Let what is written here stand against what stands now: saving again is a choice."""
        typed: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict: lists must stay lists
        self.data = typed
        typed["version"] = str(self.person.version)


def guess(text: str) -> dict[str, str]:
    """Return a start for a new person from what was searched for: a number, or a name."""
    if number := tidy(text):
        return {"phone": number}
    given, _space, family = " ".join(text.split()).rpartition(" ")
    return {"given_name": (given or family).title(), "family_name": family.title() if given else ""}


class CompareForm(Form):
    """Which of two rows is right, field by field; only where they differ. What one lacks is filled from the other."""

    marks_optional = False

    def __init__(
        self, *args: Any, kept: Person, other: Person, sees_where: bool, owners: list[Owner], both_log_in: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.owners = owners
        for name, label in COMPARED.items():
            mine, theirs = _said(kept, name), _said(other, name)
            if mine and theirs and mine != theirs and (sees_where or name not in WHERE):
                self.fields[name] = forms.ChoiceField(
                    label=label, widget=forms.RadioSelect, choices=[("kept", mine), ("other", theirs)],
                    initial="kept",
                    error_messages={"invalid_choice": _("Choose one of the two.")},
                )  # fmt: skip
        if both_log_in:
            self.fields["both"] = forms.BooleanField(
                label=_("Both have a login. I know that both logins lead to the same person afterwards.")
            )

    @property
    def taken(self) -> list[str]:
        """The fields to take from the other row."""
        found = [name for name in COMPARED if self.cleaned_data.get(name) == "other"]
        return [*found, "phone_kind"] if "phone" in found else found

    @property
    def chosen_owner(self) -> Owner:
        """On whose behalf."""
        return self.owners[0]


COMPARED = {
    "given_name": _("First name"), "family_name": _("Family name"), "phone": _("Telephone"),
    "other_phone": _("Another telephone"), "email": _("E-mail"), "birth_year": _("Year of birth"),
    "village": _("Which part of the municipality?"), "address": _("Address"), "language": _("What shall we write in?"),
}  # fmt: skip


def _said(person: Person, name: str) -> str:
    value = getattr(person, name)
    if name in {"phone", "other_phone"}:
        return spoken(value)
    return str(person.get_language_display() if name == "language" and value else value or "")


class DeathForm(Form):
    """When, if it is known, and who rings those who were close."""

    died_on = DateField(label=_("Which day?"), required=False, help_text=_("It may stand empty."))
    rings = ShortText(
        label=_("Who rings those who were close?"), max_length=120, required=False,
        help_text=_("The name stands on the desk, so that everyone knows who does it."),
    )  # fmt: skip


def _day(label: Any, **kwargs: Any) -> DateField:
    return DateField(label=label, **kwargs)


class UntilForm(Form):
    """To the end of which day somebody is away."""

    ends = _day(_("Until which day?"), required=False, help_text=_("Leave it empty if nobody knows yet. We ask again."))


class AwayForm(UntilForm):
    """From when, until when, and in two or three words where. Never why."""

    starts = _day(_("From which day?"))
    where = forms.ChoiceField(
        label=_("What shall stand?"), widget=forms.RadioSelect, choices=AWAY_WORDS, initial=Away.Where.AWAY,
        help_text=_("Nothing about illness. Where they are is told by telephone."),
    )  # fmt: skip
    field_order = ("starts", "ends", "where")
