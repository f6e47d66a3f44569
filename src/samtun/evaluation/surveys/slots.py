"""What this room's acts are called in a timeline."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts

acts.register(
    {
        "surveys.went_well": _("Answered how it went"),
    }
)
