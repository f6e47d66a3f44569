"""What this room's acts are called in a timeline."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts

acts.register(
    {
        "places.add_place": _("A place was added"),
        "places.add_village": _("A part of the municipality was added"),
        "places.measure": _("Distances were measured"),
    }
)
