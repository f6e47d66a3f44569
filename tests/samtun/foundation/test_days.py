"""Every form reads days within our time: a slip of the hand is said beside the field, and nothing breaks."""

import datetime as dt
import importlib
import pkgutil

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

import samtun
from samtun.foundation.forms import DateField, DayField, Form
from samtun.kernel.clock import FIRST_DAY, LAST_DAY, at_wall

DAY = dt.timedelta(days=1)
FAR = st.one_of(st.dates(max_value=FIRST_DAY - DAY), st.dates(min_value=LAST_DAY + DAY))
NEAR = st.dates(min_value=FIRST_DAY, max_value=LAST_DAY)


def date_fields():
    """All fields of all forms that give a day, with where they stand."""
    for one in pkgutil.walk_packages(samtun.__path__, "samtun."):
        if ".web.forms" in one.name:
            importlib.import_module(one.name)
    waits, found = [forms.BaseForm], {}
    while waits:
        form = waits.pop()
        waits += form.__subclasses__()
        if not form.__module__.startswith("samtun."):
            continue
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field, forms.DateField | DayField):
                found[f"{form.__module__}.{form.__qualname__}.{name}"] = field
    return found


FIELDS = date_fields()


def typed(field, day):
    return ["other", day.isoformat()] if isinstance(field, DayField) else day.isoformat()


def test_every_day_is_read_by_the_one_reader():
    assert len(FIELDS) > 40
    assert [where for where, one in FIELDS.items() if not isinstance(one, DateField | DayField)] == []
    assert issubclass(DateField, forms.DateField)
    assert issubclass(Form, forms.Form)


@given(st.sampled_from(sorted(FIELDS)), FAR)
def test_no_field_takes_a_day_far_outside_our_time(where, day):
    field = FIELDS[where]
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed(field, day))
    assert [one.code for one in refused.value.error_list] == ["year"]
    if isinstance(field, DayField):
        with pytest.raises(forms.ValidationError, match="1900"):
            field.clean([day.isoformat(), ""])


@given(st.sampled_from(sorted(FIELDS)), NEAR)
def test_every_field_takes_the_days_between_and_they_can_be_counted_from(where, day):
    field = FIELDS[where]
    assert field.clean(typed(field, day)) == day
    assert at_wall(day, dt.time()) < at_wall(day + dt.timedelta(days=430), dt.time(23, 59))
