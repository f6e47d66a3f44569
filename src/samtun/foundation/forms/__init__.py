"""Forms as they look and speak everywhere: what is wrong stands beside the field, and nothing typed is lost."""

from samtun.foundation.forms.base import (
    OWN_TEMPLATES,
    AsksAboutIllness,
    Card,
    Cards,
    FieldOnPage,
    Form,
    LongText,
    OneOf,
    PhoneField,
    Renderer,
    ShortText,
    TakeUpForm,
)
from samtun.foundation.forms.dates import ClockField, DateField, DayField, DayWidget, day_words, days_from

__all__ = [
    "OWN_TEMPLATES", "AsksAboutIllness", "Card", "Cards", "ClockField", "DateField", "DayField", "DayWidget",
    "FieldOnPage", "Form", "LongText", "OneOf", "PhoneField", "Renderer", "ShortText", "TakeUpForm", "day_words",
    "days_from",
]  # fmt: skip
