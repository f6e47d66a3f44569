"""What each role gets at each address, read from `access/<storey>_<room>.toml`, and asked of the site.

A table for each URL name:

    [organisation_contact]
    who = ["organisation_representative", "leader"]   # roles, or groups below; the others are closed out (403)
    hidden = ["coordinator"]                          # may do such things, but not see this one: 404
    methods = ["POST"]                                # default ["GET"]; other methods: 405 for those who may
    with = { organisation = "organisation" }          # what the address points at: a thing of tests/factories
    post = { phone = "57001122" }                     # what is posted; default nothing
    get = 302                                         # what GET answers those who may; default 200
    moved = ["desk"]                                  # are sent on by GET (302) where others see the page
    answer = 403                                      # what POST answers those who may; default: it gets through
    names = "own"                                     # shows persons who are not in the access log because …: a reason

Who is not logged in is sent to the login page unless `who` has "everyone". A POST from one who may must get through:
anything but 401, 403, 404, 405, 5xx and the login page. A page without POST answers one with 405, or as it answers
GET. PUT and DELETE are 405 for all, everywhere.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from samtun.foundation.viewer import Role
from tests.factories.world import ROLES, World, things

FOLDER = Path(__file__).parent / "access"
OUTSIDE = {Role.ANONYMOUS, Role.DISABLED}
GROUPS = {
    "everyone": set(ROLES),
    "logged_in": set(ROLES) - OUTSIDE,
    "desk": {Role.COORDINATOR, Role.LEADER, Role.ASSESSOR},
    "handlers": {Role.COORDINATOR, Role.LEADER},
    "organisation_heads": {Role.LEADER, Role.ORGANISATION_REPRESENTATIVE, Role.MUNICIPAL_ADMINISTRATOR},
    "own_page": set(ROLES) - OUTSIDE - {Role.MUNICIPAL_ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.SUPPLIER_SUPPORT},
}
GROUPS["others_with_own_page"] = GROUPS["own_page"] - GROUPS["handlers"] - {Role.VOLUNTEER}
METHODS = ("GET", "POST")
KEYS = {"who", "hidden", "moved", "methods", "with", "post", "get", "answer", "names"}


@dataclass(frozen=True)
class Page:
    """One address and what each role gets."""

    room: str
    name: str
    who: frozenset[Role]
    hidden: frozenset[Role]
    moved: frozenset[Role]
    methods: frozenset[str]
    get: int = 200
    answer: int = 0
    names: str = ""
    things: dict[str, str] = field(default_factory=dict, hash=False)
    post: dict[str, Any] = field(default_factory=dict, hash=False)

    def expected(self, role: Role, method: str) -> str:
        """Return the answer in one word: a code, `login`, or `passes`."""
        if role in OUTSIDE and role not in self.who:
            return "login"
        if role in self.hidden:
            return "404" if method in self.methods else "405 or 404"
        if role not in self.who:
            return "403"
        if method not in self.methods:
            return f"405 or {302 if role in self.moved else self.get}" if method == "POST" else "405"
        if method == "GET" and role in self.moved:
            return "302"
        return str(self.get) if method == "GET" else str(self.answer or "passes")

    def address(self, made: dict[str, object]) -> str:
        """Return where it is, with what it points at."""
        return reverse(self.name, kwargs={key: made[what] for key, what in self.things.items()})


def roles(words: list[str]) -> frozenset[Role]:
    """Return the roles that words or groups name; ValueError for a word that is neither."""
    return frozenset(role for word in words for role in (GROUPS.get(word) or {Role(word)}))


def parse(room: str, tables: dict[str, dict[str, Any]]) -> Iterator[Page]:
    """Yield the pages of one room's file."""
    for name, table in tables.items():
        if strange := set(table) - KEYS:
            raise ValueError(f"{room}: {name} has {', '.join(sorted(strange))}")
        yield Page(
            room, name, roles(table["who"]), roles(table.get("hidden", [])), roles(table.get("moved", [])),
            frozenset(table.get("methods", ["GET"])), table.get("get", 200), table.get("answer", 0),
            table.get("names", ""), table.get("with", {}), table.get("post", {}),
        )  # fmt: skip


def pages() -> list[Page]:
    """Return all pages of all rooms."""
    return [
        page for path in sorted(FOLDER.glob("*.toml")) for page in parse(path.stem, tomllib.loads(path.read_text()))
    ]


def addresses(some: list[Page], world: World) -> dict[str, str]:
    """Return where pages are that point at the same things, which are made once for all of them."""
    make = things()
    made = {what: make[what](world) for what in sorted(set(some[0].things.values()))}
    return {page.name: page.address(made) for page in some}


def together(every: list[Page], most: int) -> list[list[Page]]:
    """Return the pages in groups that point at the same things, of at most so many."""
    groups: dict[tuple[str, ...], list[Page]] = {}
    for page in every:
        groups.setdefault(tuple(sorted(set(page.things.values()))), []).append(page)
    return [group[first : first + most] for group in groups.values() for first in range(0, len(group), most)]


def answer(response: Any) -> str:
    """Return what came back, in the words of `expected`."""
    login = reverse("login")
    target = response.headers.get("HX-Redirect") or response.headers.get("Location", "")
    if urlsplit(target).path == login and response.request["PATH_INFO"] != login:
        return "login"
    return str(response.status_code)


def agrees(expected: str, got: str) -> bool:
    """Tell whether an answer is the expected one; `passes` is any answer of one who may."""
    if expected == "passes":
        return got.isdecimal() and int(got) < 500 and int(got) not in {401, 403, 404, 405}
    return got in expected.split(" or ")
