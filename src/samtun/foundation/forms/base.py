"""Forms as Samtun draws them: Designsystemet's markup, an error summary, sentences that say what to write."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.forms.dates import DayWidget
from samtun.kernel.clinical import clinical_words
from samtun.kernel.phones import spoken

type Words = str | Promise

OWN_TEMPLATES = {
    "django/forms/widgets/radio.html": "ui/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/choices.html",
}
TICK_WIDGETS = (forms.CheckboxInput,)
NAME: Callable[[Any], str] = attrgetter("name")


class Renderer(TemplatesSetting):
    """Finds our templates for forms, fields and groups of choices, Django's own for single inputs."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Return our template where we have one."""
        return super().get_template(OWN_TEMPLATES.get(template_name, template_name))


class FieldOnPage(BoundField):
    """A field bound to its form, with what our field template asks for."""

    @property
    def is_tick(self) -> bool:
        """True for one box to tick, whose label stands after it."""
        return isinstance(self.field.widget, TICK_WIDGETS)

    @property
    def says_optional(self) -> bool:
        """True when the label must say that it may stay empty; a box to tick never needs it."""
        return not self.field.required and not self.is_tick and getattr(self.form, "marks_optional", True)

    @property
    def target(self) -> str:
        """The id of the first control that a person can mend."""
        if isinstance(self.field.widget, DayWidget):
            return f"{self.auto_id}_0_0"
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    @property
    def limit(self) -> int | None:
        """The number of characters to tell about, for long text."""
        return getattr(self.field, "told_limit", None)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add Designsystemet's class, and the line about length to what describes the control."""
        built = super().build_widget_attrs(attrs, widget)
        chosen = widget or self.field.widget
        if not chosen.is_hidden and not self.use_fieldset:
            own = f"{chosen.attrs.get('class', '')} {built.get('class', '')}".strip()
            built["class"] = f"ds-input {own}".strip()
        if self.limit and self.auto_id:
            built["aria-describedby"] = f"{built.get('aria-describedby', '')} {self.auto_id}_limit".strip()
        return built


class Look(forms.BaseForm):
    """Mix into any Django form to give it Samtun's look and speech."""

    default_renderer: BaseRenderer | type[BaseRenderer] | None = Renderer
    bound_field_class: type[BoundField] | None = FieldOnPage
    use_required_attribute = False  # the browser's own bubble is short-lived and speaks the browser's language
    marks_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = missing(field)

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """All that must be mended: (id of the control or "", sentence), in reading order."""
        found = [("", str(e)) for e in self.non_field_errors()]
        for name in self.fields:
            if name in self.errors:
                bound = self[name]
                assert isinstance(bound, FieldOnPage)
                found += [(bound.target, str(e)) for e in bound.errors]
        return found


class Form(Look, forms.Form):
    """The form to inherit from."""

    def part[F: forms.Field](self, name: str, kind: type[F]) -> F:
        """Return a field by name as the kind it was declared as. TypeError when it is another kind."""
        field = self.fields[name]
        if not isinstance(field, kind):
            raise TypeError(f"{name} is a {type(field).__name__}, not a {kind.__name__}.")
        return field


def missing(field: forms.Field) -> str:
    """The sentence for an empty field, with its own label."""
    label = field.label or ""
    if isinstance(field.widget, forms.CheckboxInput):
        return gettext("Tick “%(label)s” to go on.") % {"label": label}
    if isinstance(field.widget, forms.RadioSelect | forms.Select | DayWidget):
        return gettext("Choose something under “%(label)s”.") % {"label": label}
    return gettext("Fill in “%(label)s”.") % {"label": label}


class ShortText(forms.CharField):
    """One line. Too long gives a sentence; the browser cuts nothing off."""

    def __init__(self, *, max_length: int = 120, autocomplete: str = "off", inputmode: str = "", **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("autocomplete", autocomplete)
        if inputmode:
            self.widget.attrs["inputmode"] = inputmode

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out `maxlength`: pasted text would silently lose its end."""
        return {k: v for k, v in super().widget_attrs(widget).items() if k != "maxlength"}

    def run_validators(self, value: Any) -> None:
        """Say by how much a text is too long."""
        over = len(value) - (self.max_length or len(value))
        if over > 0:
            raise ValidationError(
                ngettext(
                    "The text is %(over)d character too long. Make it a little shorter.",
                    "The text is %(over)d characters too long. Make it a little shorter.",
                    over,
                )
                % {"over": over},
                code="max_length",
            )
        super().run_validators(value)


class LongText(ShortText):
    """Several lines, with a line under it that tells how much there is room for."""

    def __init__(self, *, max_length: int = 1000, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)
        self.told_limit = max_length


class AsksAboutIllness(forms.BaseForm):
    """Mix into a form with free text about a person: a word of illness is asked about before it is kept (R59).

    `asked_about` names the fields. The box to keep the text as it stands is on the page only when it is needed.
    """

    asked_about: ClassVar[tuple[str, ...]] = ("words",)
    keep_as_written = "keep_words"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.keep_as_written] = forms.BooleanField(
            label=_("Keep it as it is written: whoever helps must know"), required=False
        )

    @property
    def asks_about_illness(self) -> bool:
        """True when the box belongs on the page: something was found, or it has been ticked."""
        return any(e.code == "illness" for name in self.asked_about for e in self.errors.as_data().get(name, ())) or (
            self.is_bound and bool(self.data.get(self.add_prefix(self.keep_as_written)))
        )

    def get_context(self) -> dict[str, Any]:
        """Leave the box out when the whole form is drawn at once and nothing was found."""
        context: dict[str, Any] = super().get_context()
        if not self.asks_about_illness:
            context["fields"] = [part for part in context["fields"] if part[0].name != self.keep_as_written]
        return context

    @property
    def written(self) -> dict[str, Any]:
        """What was filled in, without the answer to the question about illness."""
        return {name: value for name, value in self.cleaned_data.items() if name != self.keep_as_written}

    def clean(self) -> Any:
        """Ask about words of illness, unless the writer has said that they are to stand."""
        cleaned = super().clean()
        data = cleaned if cleaned is not None else self.cleaned_data
        if not data.get(self.keep_as_written):
            for name in self.asked_about:
                if found := clinical_words(data.get(name) or ""):
                    sentence = gettext(
                        "You wrote “%(words)s”. Does whoever helps need to know? Take it out, or keep it."
                    )
                    self.add_error(name, ValidationError(sentence % {"words": ", ".join(found)}, code="illness"))
        return data


class OneOf(forms.ChoiceField):
    """One of some things, offered when the form is made; cleaned, it is the thing itself, None when none is chosen."""

    things: dict[str, Any]

    def offer(
        self, things: Iterable[Any], say: Callable[[Any], str] = NAME, *, none: Words | None = None,
        asks_of_one: bool = True,
    ) -> None:  # fmt: skip
        """Offer things that have an `id`, in this order, each by what `say` says; `none` stands first, for no thing.

        Where a single one is no question (`asks_of_one=False`), it is chosen without being shown.
        """
        self.things = {str(thing.id): thing for thing in things}
        first = [] if none is None else [("", none)]
        self.choices = [*first, *((key, say(thing)) for key, thing in self.things.items())]
        if len(self.things) == 1 and not asks_of_one:
            self.widget, self.initial = forms.HiddenInput(), next(iter(self.things))

    def clean(self, value: Any) -> Any:
        """Return the thing."""
        return self.things.get(super().clean(value))


class TakeUpForm(AsksAboutIllness, Form):
    """What one of some forums is asked to take up, from any room that has something to put before one."""

    asked_about = ("title", "words")
    forum = OneOf(label=_("Who should take it up?"), widget=forms.RadioSelect)
    title = ShortText(label=_("What should the forum take up?"), max_length=120)
    words = LongText(label=_("Tell more"), required=False, max_length=1000, rows=5, help_text=_("No names."))

    def __init__(self, *args: Any, forums: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("forum", OneOf).offer(forums, lambda one: f"{one.name}, {one.owner.name}")


class PhoneField(forms.CharField):
    """A telephone number as people write it; cleans to E.164, `+4757001122`, or empty text."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "letters": _("Write only the digits of the number, for example 57 00 11 22."),
        "short": _("A Norwegian number has eight digits. Check that none is missing."),
        "long": _("The number has too many digits. Write one number, for example 57 00 11 22."),
        "invalid": _("We cannot call this number. Write eight digits, or start with + and the country code."),
    }

    def __init__(self, *, autocomplete: str = "tel", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "data-width": "short"}))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", autocomplete)

    def to_python(self, value: Any) -> str:
        """Parse with Norway as the home country."""
        text = super().to_python(value) or ""
        if not text:
            return ""
        if any(c.isalpha() for c in text):
            raise ValidationError(self.error_messages["letters"], code="letters")
        try:
            number = phonenumbers.parse(text, "NO")
        except phonenumbers.NumberParseException as fault:
            code = {4: "long", 2: "short", 3: "short"}.get(fault.error_type, "invalid")
            raise ValidationError(self.error_messages[code], code=code) from fault
        digits = str(number.national_number)
        if number.country_code == 47 and digits != "0" and len(digits) != 8:
            code = "short" if len(digits) < 8 else "long"
            raise ValidationError(self.error_messages[code], code=code)
        if (number.country_code == 47 and digits[0] in "01") or not phonenumbers.is_possible_number(number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number in pairs; leave what somebody typed as it was typed."""
        return spoken(value).replace(" ", "\u00a0") if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Card:
    """The label of a big choice: a few words, perhaps a line under them and an icon."""

    words: Words
    hint: Words = ""
    icon: str = ""

    def __str__(self) -> str:
        return str(self.words)


class Cards(forms.RadioSelect):
    """Radio buttons as big cards; the choices' labels may be `Card`s."""

    template_name = "ui/forms/cards.html"
