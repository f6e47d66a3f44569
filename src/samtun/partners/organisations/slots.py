"""What this room's acts are called in a timeline."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.timeline import on_own

acts.register(
    {
        "organisations.add_membership": _("A role was given"),
        "organisations.back_from_leave": _("Somebody is back again"),
        "organisations.close_dates": _("Days were closed"),
        "organisations.create": _("Takes part from now on"),
        "organisations.end_membership": _("A role was taken away"),
        "organisations.end_share": _("Sharing was ended"),
        "organisations.go_on_leave": _("Days away were written down"),
        "organisations.leave": _("Left Samtun"),
        "organisations.open_dates_again": _("Closed days were opened again"),
        "organisations.set_contact": _("Contact details were changed"),
        "organisations.set_opening_hours": _("Opening hours were changed"),
        "organisations.set_up_municipality": _("The set-up was changed"),
        "organisations.choose": _("Choices of the municipality were changed"),
        "organisations.share": _("Something was shared"),
        "organisations.take_out": _("All was taken out in one file"),
    }
)

slots.register("organisation", on_own, order=90)
