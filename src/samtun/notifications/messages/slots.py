"""Messages in the menu."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Permission

register_nav(NavItem("messages", _("Messages"), "message", Permission.HANDLE_MESSAGES, order=40))

acts.register(
    {
        "messages.answered": _("An answer came in"),
        "messages.called": _("Someone was rung"),
        "messages.letter_posted": _("A letter was posted"),
        "messages.sent_again": _("A message was sent again"),
        "messages.given_up": _("A message was left as it is"),
        "messages.text_read": _("A text message was read"),
        "messages.stopped": _("Wants no more questions"),
        "messages.started": _("Wants questions again"),
    }
)
