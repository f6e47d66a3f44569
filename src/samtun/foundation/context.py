"""What every page's template is given: the municipality, who is looking, and the menu."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.phones import spoken


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the menu: shown to hats that may do `needs`, and not `unless`; to all when it needs nothing.

    `floor` 1 (anchoring) or 2 (co-design): the entry stands on the page of the house of three floors instead, so that
    the menu stays short, and the house is what is marked in the menu (ADR 27).
    """

    url_name: str
    label: str | Promise
    icon: str
    needs: Permission | None = None
    order: int = 50
    unless: Permission | None = None
    floor: int = 0


_nav: list[NavItem] = []
_bars: list[Callable[[Any], dict[str, Any] | None]] = []


def register_nav(*items: NavItem) -> None:
    """Put entries into the menu."""
    _nav.extend(items)
    _nav.sort(key=lambda i: i.order)


def register_bar(bar: Callable[[Any], dict[str, Any] | None]) -> None:
    """Set what fills the demo bar."""
    _bars[:] = [bar]


def nav_for(viewer: Viewer, path: str) -> list[dict[str, Any]]:
    """Return the viewer's menu: what the hat worn may open, else the public pages."""
    own = _own(viewer)
    shown = {reverse(i.url_name): i for i in own or [i for i in _nav if i.needs is None] if not i.floor}
    here = max((url for url in shown if path.startswith(url)), key=len, default="")
    if any(i.floor and path.startswith(reverse(i.url_name)) for i in own):
        here = reverse("house")
    return [
        {"url": url, "label": i.label, "icon": i.icon, "current": url == here, "count": None}
        for url, i in shown.items()
    ]


def _own(viewer: Viewer) -> list[NavItem]:
    return [i for i in _nav if i.needs and viewer.may(i.needs) and not (i.unless and viewer.may(i.unless))]


def doors_for(viewer: Viewer) -> dict[int, list[dict[str, Any]]]:
    """Return the entries that stand on the floors of the house for a viewer, by floor."""
    doors: dict[int, dict[str, NavItem]] = {1: {}, 2: {}}
    for item in _own(viewer):
        if item.floor:
            doors[item.floor][reverse(item.url_name)] = item
    return {n: [{"url": url, "label": i.label, "icon": i.icon} for url, i in d.items()] for n, d in doors.items()}


def first_of(permissions: Collection[Permission]) -> str:
    """Return the name of the first page in the menu that these permissions open; empty when there is none."""
    return next((i.url_name for i in _nav if i.needs in permissions), "")


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context; safe on pages without municipality or viewer."""
    municipality = getattr(request, "municipality", None)
    viewer: Viewer | None = getattr(request, "viewer", None)
    found: dict[str, Any] = {
        "municipality": municipality,
        "telephone": municipality.phone if municipality else "",
        "telephone_spoken": spoken(municipality.phone) if municipality else "",
        "viewer": viewer,
        "hides_screen": bool(viewer and viewer.account and viewer.hat.permissions - {Permission.OWN_PAGE}),
        "viewer_name": viewer.name if viewer else "",
        "viewer_hat_label": viewer.hat.label if viewer else "",
        "nav": nav_for(viewer, request.path) if viewer else [],
        "demo": settings.DEMO,
        "demo_bar": None,
    }
    if settings.DEMO and _bars and municipality:
        found["demo_bar"] = _bars[0](request)
    return found
