"""What this room's acts are called in a timeline."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts

acts.register(
    {
        "consents.record": _("A consent was written down"),
        "consents.withdraw": _("A consent was taken back"),
    }
)
