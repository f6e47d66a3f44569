"""What this room's acts are called in a timeline."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts
from samtun.foundation.viewer import Permission

acts.register(
    {
        "roles.change_hat": _("Changed hat"),
        "roles.end_grant": _("A role was taken away"),
        "roles.grant": _("A role was given"),
    },
    needs=Permission.READ_ACCESS_LOG,
)
