"""What the demo's templates say."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext

from samtun.demo.queries import Bubble
from samtun.kernel import clock

register = template.Library()


@register.filter
def shown(bubbles: Iterable[Bubble]) -> list[dict[str, Any]]:
    """Turn what a telephone holds into bubbles; a call that has not been made stands apart."""
    return [
        {"text": _words(one), "when": _when(one), "own": one.own} for one in bubbles if not one.waits
    ]  # fmt: skip


def _words(bubble: Bubble) -> str:
    return gettext("It rang: %(words)s") % {"words": bubble.text} if bubble.call else bubble.text


def _when(bubble: Bubble) -> str:
    """Today's by the clock alone, the others with their day."""
    wall = clock.wall(bubble.at)
    time = f"{wall:%H.%M}"
    return time if wall.date() == clock.today() else f"{date_format(wall, 'D j.n.').lower()} {time}"
