"""Every address × every role × GET and POST, from the tables in `access/` (reliability rows 1, 2, 59 and 60).

In `make test` each address is asked by its own methods as all whom its table names, as nobody and as one of those
closed out; `make journeys` asks all the rest, and everything by htmx too.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtun.foundation.access import access_of
from samtun.foundation.models import AccessEntry, Municipality
from samtun.foundation.scope import open_scope
from samtun.foundation.urlwalk import own_views
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from tests.architecture import matrix
from tests.architecture.matrix import Page
from tests.conftest import DALGREND, NOW
from tests.factories.world import ROLES, WITHOUT_SOURCE, World, make_world

PAGES = matrix.pages()
EVERYTHING = [(role, method) for role in ROLES for method in matrix.METHODS]
TOGETHER = pytest.mark.parametrize(
    "pages", matrix.together(PAGES, 6), ids=lambda pages: "-".join(page.name for page in pages)
)
# Shown to machines that carry a token of their own instead of a form's.
WITHOUT_FORM_TOKEN = {"sms_hook", "sms_receipt_hook"}
# What a GET may write: who looked and when last, that the session lives, how often something was tried.
WRITTEN_BY_READING = ("foundation_accessentry", "foundation_session", "foundation_counter", "foundation_visit")
WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for the whole module, in a transaction that is taken back: each test takes its own effects back."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert connection.settings_dict["NAME"].startswith("test_")
        municipality = Municipality.objects.create(**DALGREND)
        with open_scope(municipality.id):
            world = make_world(municipality, NOW)
        world.log_in(clock.now())
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: World, db: None) -> World:
    return _world


def addresses(pages: list[Page], world: World) -> dict[str, str]:
    with open_scope(world.municipality.id):
        return matrix.addresses(pages, world)


def ask(client: Client, method: str, address: str, page: Page, **headers: str) -> Any:
    """One request whose effects are taken back."""
    with transaction.atomic():
        data = page.post if method == "POST" else None
        response = getattr(client, method.lower())(address, data=data, headers=headers)
        transaction.set_rollback(True)
    return response


def test_every_address_stands_in_a_table_and_no_table_names_another():
    views = list(own_views())
    named = {view for name, view in views if re.fullmatch(r"[a-z_]+", name)}
    assert [name for name, view in views if view not in named] == [], "an address without a name"
    there = {name for name, view in views if re.fullmatch(r"[a-z_]+", name)}
    listed = [page.name for page in PAGES]
    assert sorted(there - set(listed)) == [], (
        "write who may open them in tests/architecture/access/<storey>_<room>.toml"
    )
    assert sorted(set(listed) - there) == []
    assert len(listed) == len(set(listed))


def test_every_view_declares_who_may_open_it():
    assert [name for name, view in own_views() if access_of(view) is None] == []


def test_every_role_is_asked_as():
    assert set(ROLES) | WITHOUT_SOURCE == set(Role)


def test_the_table_says_the_same_as_the_views():
    """A page open to everyone in the table is declared public, and the other way round."""
    declared = {name: access_of(view).public for name, view in own_views() if access_of(view)}
    assert [p.name for p in PAGES if declared.get(p.name) != (Role.ANONYMOUS in p.who)] == []


@TOGETHER
def test_each_role_gets_what_the_table_says(world: World, pages: list[Page]):
    """And a GET writes only who looked; whose name stands on a page stands in the access log; no form from elsewhere.

    One test for all that is asked of addresses that point at the same: making that costs as much as asking.
    """
    where = addresses(pages, world)
    for page in pages:
        assert differing(world, page, where[page.name], soon_asked(page)) == {}
        if "POST" in page.methods and page.name not in WITHOUT_FORM_TOKEN:
            elsewhere = world.client(min(page.who & set(ROLES)))
            elsewhere.handler.enforce_csrf_checks = True
            assert elsewhere.post(where[page.name], data=page.post).status_code == 403, page.name


@pytest.mark.journey
@TOGETHER
def test_so_do_all_others_and_htmx_opens_nothing_more(world: World, pages: list[Page]):
    where = addresses(pages, world)
    for page in pages:
        soon = soon_asked(page)
        assert differing(world, page, where[page.name], [one for one in EVERYTHING if one not in soon]) == {}
        for role, method in EVERYTHING:
            response = ask(world.client(role), method, where[page.name], page, **{"HX-Request": "true"})
            got, expected = matrix.answer(response), page.expected(role, method)
            sent_on = "302" in expected and got == "200"  # htmx is told where to go in a header
            assert sent_on or matrix.agrees(expected, got), (page.name, role, method, got)


def test_what_is_left_for_the_journeys_is_closed():
    """Whoever a table names is asked in `make test`, and of those closed out one, not the same one everywhere."""
    closed_out = set()
    for page in PAGES:
        soon = {role for role, _ in soon_asked(page)}
        assert (page.who | page.hidden | page.moved) & set(ROLES) <= soon, page.name
        closed_out |= {role for role in soon if page.expected(role, "GET") == "403"}
    assert len(closed_out) > len(ROLES) // 2


def soon_asked(page: Page) -> list[tuple[Role, str]]:
    """Return as whom and by which methods `make test` asks."""
    named = page.who | page.hidden | page.moved | {Role.ANONYMOUS}
    others = [role for role in ROLES if role not in named]
    roles = named & set(ROLES) | set(others[PAGES.index(page) % len(others) :][:1] if others else [])
    return [(role, method) for role, method in EVERYTHING if role in roles and method in page.methods]


def differing(world: World, page: Page, address: str, asked: list[tuple[Role, str]]) -> dict[Any, Any]:
    """Return where the site answers otherwise than the table says: what it answered, and what it should."""
    found = {}
    for role, method in asked:
        got = matrix.answer(answered(world.client(role), method, address, page, role, world))
        if not matrix.agrees(expected := page.expected(role, method), got):
            found[page.name, role.value, method] = (got, expected)
    return found


def answered(client: Client, method: str, address: str, page: Page, role: Role, world: World) -> Any:
    """Ask, and take back what it did."""
    with transaction.atomic():
        if method == "POST":
            response = client.post(address, data=page.post)
        elif "GET" in page.methods and role in page.who:
            response = read(client, address, page, role, world)
        else:
            response = client.get(address)
        transaction.set_rollback(True)
    return response


def read(client: Client, address: str, page: Page, role: Role, world: World) -> Any:
    """One reading by who may: nothing is written but that they looked."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    written = {m.group(1) for q in queries.captured_queries if (m := WRITE.match(q["sql"]))}
    assert written <= set(WRITTEN_BY_READING), (role, written)
    if response.status_code == 200 and not page.names:
        assert shown(world, role, response) <= logged(world), (role, "shown, but not in the access log")
    return response


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_other_methods_are_not_taken(world: World, method: str):
    plain = [page for page in PAGES if not page.things]
    for name, address in addresses(plain, world).items():
        assert Client().generic(method, address).status_code == 405, name


def shown(world: World, role: Role, response: Any) -> set[str]:
    """Names of others on a page."""
    body = b"".join(response) if response.streaming else response.content
    text = body.decode(errors="replace")
    return {
        someone.person.full_name
        for someone in world.people.values()
        if someone.person and someone.role is not role and someone.person.full_name in text
    }


def logged(world: World) -> set[str]:
    """Names of those whom the access log says were shown."""
    with open_scope(world.municipality.id):
        seen = {p for row in AccessEntry.objects.filter(tenant_id=world.municipality.id) for p in row.persons}
    return {s.person.full_name for s in world.people.values() if s.person and s.person.id in seen}


def test_a_wrong_table_is_seen(world: World):
    """The checks can fail: tables that say otherwise than the site does."""
    open_page = next(p for p in PAGES if p.name == "language")
    closed = next(matrix.parse("x", {"language": {"who": ["coordinator"], "methods": ["POST"]}}))
    address = addresses([open_page], world)[open_page.name]
    got = matrix.answer(ask(world.client(Role.ANONYMOUS), "POST", address, open_page))
    assert not matrix.agrees(closed.expected(Role.ANONYMOUS, "POST"), got)
    assert not matrix.agrees("passes", "404")
    assert not matrix.agrees("passes", "login")
    with pytest.raises(ValueError, match="strange"):
        list(matrix.parse("x", {"y": {"who": ["everyone"], "strange": 1}}))
    with pytest.raises(ValueError, match="nobody_we_know"):
        matrix.roles(["nobody_we_know"])
