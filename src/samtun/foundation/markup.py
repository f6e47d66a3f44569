"""Long lists written fast: hundreds of rows on a page that everyone asks for (decisions 32)."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe


def joined(shape: str, rows: Iterable[tuple[str, ...]]) -> SafeString:
    """Write each row into a constant `shape` (`<li>%s</li>`), as Django's `format_html_join`, in a fifth of the time.

    Every part is escaped unless it is markup already. `shape` is our own text, never what somebody wrote.
    """
    return mark_safe("".join([shape % tuple([_escaped(part) for part in row]) for row in rows]))  # noqa: S308 -- every part is escaped


def _escaped(part: str) -> str:
    return part if type(part) is SafeString else escape(part)
