"""Every address of the site, read from the resolver: nothing can be left out."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def own_views() -> Iterator[tuple[str, Any]]:
    """Yield (name, view) for each of our own addresses."""
    for pattern in _patterns(get_resolver().url_patterns):
        view = pattern.callback
        if view.__module__.startswith("samtun."):
            yield pattern.name or str(pattern.pattern), view


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern
