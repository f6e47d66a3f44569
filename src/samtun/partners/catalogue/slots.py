"""What acts of this room are called, its doors, and the timeline of one who publishes."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.timeline import on_own

slots.register("publisher", on_own, order=90)
acts.register(
    {
        "catalogue.ask_check": _("Asked to be checked, to publish"),
        "catalogue.check": _("Checked: it is who it says it is"),
        "catalogue.not_who_they_say": _("It could not be seen who it is"),
    }
)
