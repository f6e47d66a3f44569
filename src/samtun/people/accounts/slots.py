"""What this room's acts are called in a timeline."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts

acts.register(
    {
        "accounts.ask_new_address": _("Asked to log in with another address"),
        "accounts.change_address": _("Logs in with another address"),
        "accounts.create": _("Got a login"),
        "accounts.disable": _("The login was closed"),
        "accounts.enable": _("The login was opened again"),
        "accounts.end_sessions": _("Logins were ended"),
        "accounts.login": _("Logged in"),
        "accounts.logout": _("Logged out"),
        "accounts.reset_second_factor": _("The second step of the login was reset"),
        "accounts.set_up_second_factor": _("Set up the second step of the login"),
    }
)
