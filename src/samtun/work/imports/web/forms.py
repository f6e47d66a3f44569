"""A file, and what its columns hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samtun.foundation.forms import Form, ShortText
from samtun.foundation.imports.reading import too_big
from samtun.foundation.imports.registry import SOURCE_ID, Importer
from samtun.foundation.imports.tables import MOST_BYTES
from samtun.foundation.models import Owner

LEAVE_OUT = ""


class FileForm(Form):
    """The file, and for whom when the hat acts for several."""

    owner: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Whose list is it?"), queryset=None, empty_label=_("Choose")
    )
    file = forms.FileField(
        label=_("The file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,.tsv"}),
        help_text=_("A spreadsheet (.xlsx or .ods) or a .csv file, at most 10 MB. The first row holds the headings."),
        error_messages={
            "required": _("Choose the file with the list."), "missing": _("Choose the file with the list."),
            "empty": _("The file is empty. Choose the file with the list itself."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = owners[0] if len(owners) == 1 else None
        if self.only:
            del self.fields["owner"]
        else:
            rows = Owner.objects.filter(id__in=[o.id for o in owners]).order_by("name")
            self.part("owner", forms.ModelChoiceField).queryset = rows

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(too_big())
        return file

    @property
    def chosen_owner(self) -> Owner:
        """The owner who answers for what the list brings."""
        return self.only or self.cleaned_data["owner"]


class SheetForm(Form):
    """Which sheet of a workbook."""

    sheet = forms.ChoiceField(
        label=_("The sheet with the list"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the sheets."), "invalid_choice": _("Choose one of the sheets.")},
    )  # fmt: skip

    def __init__(self, *args: Any, sheets: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("sheet", forms.ChoiceField).choices = [
            (s["name"], f"{s['name']} · " + ngettext("%(n)d row", "%(n)d rows", s["rows"]) % {"n": s["rows"]})
            for s in sheets
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """One column of the file: its heading, what stands in it, and the choice of what it holds."""

    heading: str
    examples: str
    field: BoundField


class MapForm(Form):
    """What each column of the file holds."""

    source = ShortText(
        label=_("What do you call this list?"), max_length=80, required=False,
        help_text=_("Only matters when a column holds the list's own numbers: they are known again under this name."),
    )  # fmt: skip
    marks_optional = False

    def __init__(
        self, *args: Any, importer: Importer, headings: Sequence[str], examples: Sequence[Sequence[str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (LEAVE_OUT, _("Leave out")), *((c.key, c.title) for c in importer.columns),
            (SOURCE_ID, _("The list's own number for each")),
        ]  # fmt: skip
        self._told = list(zip(headings, examples, strict=True))
        for n, heading in enumerate(headings):
            self.fields[f"col_{n}"] = forms.ChoiceField(
                label=heading or _("Column %(n)d") % {"n": n + 1}, choices=choices, required=False,
                error_messages={"invalid_choice": _("Choose something from the list.")},
            )  # fmt: skip

    @property
    def lines(self) -> list[Line]:
        """The columns for the template."""
        return [
            Line(str(self.fields[f"col_{n}"].label), ", ".join(own), self[f"col_{n}"])
            for n, (_heading, own) in enumerate(self._told)
        ]

    @property
    def mapping(self) -> dict[int, str]:
        """Column number → what it holds."""
        return {n: self.cleaned_data[f"col_{n}"] for n in range(len(self._told)) if self.cleaned_data[f"col_{n}"]}
