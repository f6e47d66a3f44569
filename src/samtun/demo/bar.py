"""The bar on every page of the demo: that it is one, who one is, and the ways out."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from samtun.foundation.access import PageRequest


def bar(request: PageRequest) -> dict[str, Any] | None:
    """Return what the bar says; `foundation.context` asks on every page."""
    viewer = getattr(request, "viewer", None)
    if viewer is not None and viewer.account:
        words = {"name": viewer.name, "hat": viewer.hat.label}
        you = (
            gettext("You are %(name)s (%(hat)s).") % words if viewer.hat.label else gettext("You are %(name)s.") % words
        )
        choose = gettext("Be someone else")
    else:
        you, choose = gettext("You are a visitor."), gettext("Choose who to be")
    return {
        "text": f"{gettext('Demo: invented people.')} {you}",
        "links": [
            {"url": reverse("demo"), "label": choose},
            {"url": reverse("demo_telephone"), "label": gettext("The telephones")},
        ],
    }
