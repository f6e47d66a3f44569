"""Options, references, health, logs, language, the frame of a page: small parts that everything leans on."""

import json
import logging
import sys

import pytest
from django.db import DatabaseError

from samtun.foundation import options, refs
from samtun.foundation.logs import JsonLines
from samtun.foundation.models import Setting
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref


@pytest.fixture
def days():
    yield options.option("test.days", 3, "Days to wait", least=1, most=10)
    options._options.pop("test.days")


def test_an_option_holds_from_its_day_in_its_municipality(municipality, neighbour, days, now):
    today = now.date()
    with open_scope(municipality.id):
        assert days.read(today) == 3
        Setting.objects.create(key="test.days", value=5, valid_from=today)
        assert days.read(today) == 5
        assert days.read(today.replace(day=1)) == 3
    with open_scope(neighbour.id):
        assert days.read(today) == 3


@pytest.mark.parametrize(
    ("value", "refused"), [(1, False), (10, False), (0, True), (11, True), ("5", True), (True, True)]
)
def test_an_option_refuses_what_it_cannot_be(days, value, refused):
    assert bool(days.refuse(value)) is refused


def test_an_option_is_declared_once(days):
    with pytest.raises(ValueError, match="twice"):
        options.option("test.days", 1, "Again")


def test_a_reference_is_described_for_those_who_may_see_it(municipality):
    mine = uuid7()
    refs.register(refs.RefKind("test_thing", lambda _viewer, key: ("Snø", "/x/") if key == mine else None))
    try:
        viewer = Viewer.anonymous(municipality.id)
        assert refs.describe(viewer, Ref("test_thing", mine)) == ("Snø", "/x/")
        assert refs.describe(viewer, Ref("test_thing", uuid7())) is None
        assert refs.describe(viewer, Ref("unheard_of", mine)) is None
        with pytest.raises(ValueError, match="twice"):
            refs.register(refs.RefKind("test_thing", lambda _viewer, _key: None))
    finally:
        refs._kinds.pop("test_thing")


def test_the_one_who_watches_the_machine_is_answered(db, client):
    assert client.get("/-/alive").json() == {"alive": True}
    assert client.get("/-/ready").json() == {"ready": True}


def test_not_ready_is_said_when_the_database_is_away(db, client, monkeypatch):
    from samtun.foundation import health

    class Away:
        def cursor(self):
            raise DatabaseError("no connection")

    monkeypatch.setattr(health, "connection", Away())
    response = client.get("/-/ready")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert client.get("/-/alive").status_code == 200


def line(logger, message, *arguments, exc_info=None, **extra):
    record = logging.LogRecord(logger, logging.ERROR, __file__, 1, message, arguments, exc_info)
    record.__dict__.update(extra)
    return json.loads(JsonLines().format(record))


def test_a_log_line_says_what_happened_and_nothing_of_whom():
    canary = "Kari Myklebust +4790000001"
    try:
        raise ValueError(canary)
    except ValueError:
        text = json.dumps(line("samtun.web", "refused", path_name="desk", person=canary, exc_info=sys.exc_info()))
    assert json.loads(text)["path_name"] == "desk"
    assert json.loads(text)["exception"] == "ValueError"
    assert canary not in text
    assert canary not in json.dumps(line("django.request", "Not Found: %s", canary))


def test_an_unknown_host_is_told_so_and_sees_nothing(db, client):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 404
    assert b"elsewhere.example" in response.content


def test_the_language_is_remembered_and_sends_nobody_away(municipality, client):
    response = client.post("/sprak/", {"language": "en", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"
    assert response.cookies["samtun_language"].value == "en"
    response = client.post("/sprak/", {"language": "xx", "next": "/personvern/"})
    assert response.headers["Location"] == "/personvern/"
    assert "samtun_language" not in response.cookies


def test_a_page_says_which_form_of_norwegian_it_is_in(municipality, neighbour, client):
    assert client.get("/inn/").headers["Content-Language"] == "nn"
    assert client.get("/inn/", headers={"host": neighbour.host}).headers["Content-Language"] == "nb"


def test_roles_are_closed_by_default(municipality):
    assert not any(Viewer.anonymous(municipality.id).may(p) for p in Permission)
    assert Viewer.system(municipality.id).role is Role.SYSTEM
    assert Viewer.system(municipality.id).owners == frozenset()
