"""Who may open which page: declared on each view, closed by default (convention 9)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import overload

from django.http import HttpRequest, HttpResponse

from samtun.foundation.models.tenancy import Municipality
from samtun.foundation.scope import Scope
from samtun.foundation.viewer import Permission, Viewer

type View = Callable[..., HttpResponse]


class PageRequest(HttpRequest):
    """What the middleware has made of a request by the time a view sees it. Views take this type."""

    municipality: Municipality
    viewer: Viewer
    scope: Scope
    chosen_language: str
    private: bool
    LANGUAGE_CODE: str


@dataclass(frozen=True, slots=True)
class Access:
    """What a page asks for. `needs` is any-of; empty with `public` open to all, else any logged-in hat."""

    public: bool = False
    needs: frozenset[Permission] = frozenset()
    scope: bool = True
    purpose: str = ""


@overload
def public(view: View) -> View: ...


@overload
def public(*, scope: bool = True) -> Callable[[View], View]: ...


def public(view: View | None = None, *, scope: bool = True) -> View | Callable[[View], View]:
    """Open a page to everyone. `scope=False` for those that read no municipality's data (health)."""

    def declare(function: View) -> View:
        return _marked(function, Access(public=True, scope=scope))

    return declare(view) if view else declare


def needs(*permissions: Permission, purpose: str) -> Callable[[View], View]:
    """Ask for one of these permissions. `purpose` is written in the access log, in words for the person concerned."""

    def declare(function: View) -> View:
        return _marked(function, Access(needs=frozenset(permissions), purpose=purpose))

    return declare


def logged_in(view: View) -> View:
    """Ask for a login with any hat, or none chosen yet."""
    return _marked(view, Access())


def _marked(view: View, access: Access) -> View:
    vars(view)["access"] = access
    return view


def access_of(view: View) -> Access | None:
    """Return what a view declared; None when it declared nothing, and then it is closed to all."""
    return getattr(view, "access", None)
