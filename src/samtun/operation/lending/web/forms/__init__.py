"""What is written about what is lent out, about a time of it, and about fixed times."""

from samtun.operation.lending.web.forms.borrowing import (
    ACCESS,
    AcceptForm,
    BackForm,
    BookForm,
    CancelForm,
    DeclineForm,
    FilterForm,
    ThingForm,
    WriteDownForm,
    number_field,
)
from samtun.operation.lending.web.forms.seasons import (
    CallOffForm,
    DecideForm,
    GiveForm,
    SeasonForm,
    WishForm,
    WishForOtherForm,
)

__all__ = [
    "ACCESS", "AcceptForm", "BackForm", "BookForm", "CallOffForm", "CancelForm", "DecideForm", "DeclineForm",
    "FilterForm", "GiveForm", "SeasonForm", "ThingForm", "WishForOtherForm", "WishForm", "WriteDownForm",
    "number_field",
]  # fmt: skip
