"""What this room's acts are called in a timeline."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts

acts.register(
    {
        "places.add_place": _("A place was added"),
        "places.add_village": _("A part of the municipality was added"),
        "places.draw_roads": _("The roads were drawn on the map"),
        "places.find_on_map": _("Places were found on the map"),
        "places.measure": _("Distances were measured"),
        "places.put_on_map": _("It was put on the map"),
    }
)
