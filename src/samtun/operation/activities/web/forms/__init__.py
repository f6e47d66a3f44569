"""Forms of the programme: an activity and one time of it; its picture."""

from samtun.operation.activities.web.forms.activities import (
    ActivityForm,
    DownForm,
    HeldForm,
    MoveForm,
    Several,
    SpotForm,
    StaffForm,
    WeatherForm,
    WhyForm,
    initial_of,
)
from samtun.operation.activities.web.forms.pictures import PictureForm, PublishForm, YesForm

__all__ = [
    "ActivityForm", "DownForm", "HeldForm", "MoveForm", "PictureForm", "PublishForm", "Several", "SpotForm",
    "StaffForm", "WeatherForm", "WhyForm", "YesForm", "initial_of",
]  # fmt: skip
