"""What acts of this room are called, its doors, and the timelines of those who publish and what is on offer."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.timeline import on_own

slots.register("publisher", on_own, order=90)
slots.register("offer", on_own, order=90)
acts.register(
    {
        "catalogue.ask_check": _("Asked to be checked, to publish"),
        "catalogue.check": _("Checked: it is who it says it is"),
        "catalogue.not_who_they_say": _("It could not be seen who it is"),
        "catalogue.offer": _("Put on offer"),
        "catalogue.change_offer": _("What is told was changed"),
        "catalogue.confirm_offer": _("Said to be still right"),
        "catalogue.ask_still_right": _("Asked whether it is still right"),
        "catalogue.still_right": _("Answered whether it is still right"),
        "catalogue.end_offer": _("No longer on offer"),
        "catalogue.forget_reports": _("What was said to be wrong was erased after thirty days"),
        "catalogue.hand_on_offer": _("Another organisation answers for it from now on"),
        "catalogue.open_offer": _("Opened to everyone"),
        "catalogue.close_offer": _("Waits again until it is known who publishes"),
        "catalogue.report": _("Somebody said that something is wrong"),
        "catalogue.keep_offer": _("Looked at, and left to stand"),
        "catalogue.take_down": _("Taken down"),
        "catalogue.put_back": _("Put back"),
        "catalogue.forget": _("Names in what was on offer long ago were erased"),
    }
)
