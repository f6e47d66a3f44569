"""What this room's acts are called in a timeline."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts

acts.register({"timetables.take_in": _("A timetable was taken in")})
