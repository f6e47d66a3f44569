"""What rooms below show of who comes; what the acts are called, and what is due."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts

acts.register(
    {
        "registrations.sign_up": _("Somebody signed up"),
        "registrations.cancel": _("Somebody cannot come"),
        "registrations.move_up": _("The first in line were offered a place"),
        "registrations.accept": _("A place was taken"),
        "registrations.line_up": _("Somebody is in line again"),
        "registrations.pass_on": _("A place nobody answered for went to the next in line"),
        "registrations.enough": _("Enough are coming"),
        "registrations.too_few": _("The list closed with too few"),
        "registrations.run_anyway": _("It is held with those who come"),
        "registrations.note": _("It was noted who comes or came"),
        "registrations.settle": _("It was chosen how to pay"),
        "registrations.allocator": _("It was named who gives out the places"),
        "registrations.forget": _("Names on old lists were erased"),
    }
)
