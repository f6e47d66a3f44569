"""Referrals in the menu and on the desk."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, sessions
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Permission
from samtun.operation.referrals.rules import POCKET_MARK
from samtun.work.todos.queries import Wording, register_wording


def _address(referral_id: uuid.UUID) -> str:
    return reverse("referral", args=[referral_id])


sessions.register_mark(POCKET_MARK, "pocket")
register_nav(NavItem("pass_on", _("Pass on a wish"), "hands", Permission.REFER, order=13))
register_nav(NavItem("pocket", _("Pocket note"), "book", Permission.HANDLE_REQUESTS, order=14))
register_wording(
    "referral",
    Wording(
        sentences={
            "passed_on": (_("Passed on with a yes: ring"), _("Ring")),
            "worry": (_("Someone worries about another: ring"), _("Ring")),
            "words_gone": (_("Was let go by mistake, and the words are gone: ring and hear"), _("Ring")),
            "offer": (_("Would like to give a hand: ring"), _("Ring")),
            "asker": (_("Has asked for another, and may want a hand too: ring"), _("Ring")),
        },
        address=_address,
        parts=dict.fromkeys(("passed_on", "worry", "offer"), "said"),
    ),
)
acts.register(
    {
        "referrals.enter": _("Came in"),
        "referrals.not_reached": _("Was rung, and not reached"),
        "referrals.stands_again": _("Stands again"),
        "referrals.settle": _("Was rung, and settled"),
        "referrals.forget": _("That it was passed on was forgotten"),
        "referrals.keep_note": _("A pocket note was kept"),
        "referrals.forget_note": _("A pocket note was forgotten"),
    }
)
