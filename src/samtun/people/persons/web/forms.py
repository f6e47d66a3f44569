"""What is written down about a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms import Form, PhoneField, ShortText
from samtun.foundation.models import Owner
from samtun.kernel.phones import tidy
from samtun.people.persons.models import Person
from samtun.people.places.queries import villages

FACTS = (
    "given_name", "family_name", "phone", "phone_kind", "email", "village", "address", "birth_year", "language",
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
        self.fields["village"].queryset = villages()  # type: ignore[attr-defined]  # a ModelChoiceField
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
            self.fields["owner"].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """See that the person can be reached in some way."""
        data = super().clean() or self.cleaned_data
        if not {"phone", "email", "address"} & set(self.errors) and not any(
            data.get(way) for way in ("phone", "email", "address")
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
