"""What changes is told live: only what, never words; and only to those who may."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.urls import reverse

from samtun.foundation import live, sessions
from samtun.foundation.models.runtime import Session, Visit
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import OutsideScope
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from tests.bench.measure import listening
from tests.factories.journey import log_in, make_tun
from tests.live_trial import HOLDER, KEY, KIND, holder, look

ORIGIN = "http://testserver"
STREAM = "https://live.eksempel.test"


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setitem(live._kinds, KIND, live.LiveKind(KIND, look, holder))


@pytest.fixture
def thing(in_municipality):
    """Something that is at version 4."""
    return Ref(KIND, Visit.objects.create(id=uuid7(), account=uuid7(), place="4", last_at=clock.now()).id)


@pytest.fixture
def board(municipality):
    """The same, with no scope left open: for pages and for the live process's own question."""
    with open_scope(municipality.id):
        row = Visit.objects.create(id=uuid7(), account=uuid7(), place="4", last_at=clock.now())
    return Ref(KIND, row.id)


def test_what_is_told_is_whose_what_and_how_new(thing, municipality):
    with listening() as asked:
        live.changed(thing, 5)
    assert asked.queries == [
        ("SELECT pg_notify(%s, %s)", ["samtun_live", f"{municipality.id} trial:{thing.id} 5"]),
    ]  # fmt: skip
    assert live.Whisper.parse(asked.queries[0][1][1]) == (municipality.id, thing, 5)


def test_nothing_is_told_outside_a_scope():
    with pytest.raises(OutsideScope):
        live.changed(Ref(KIND, uuid7()), 1)


@pytest.mark.parametrize("text", ["", "a b", "a b c", "x trial:1 2", "1 2 3 4"])
def test_nonsense_is_no_whisper(text):
    with pytest.raises(ValueError, match=r".*"):
        live.Whisper.parse(text)


def test_a_kind_is_registered_once():
    assert KIND in live.known_kinds()
    with pytest.raises(ValueError, match="twice"):
        live.register(KIND, look)


# ---------------------------------------------------------------- tickets
def given(municipality, ref, now, **also):
    return live.ticket(Viewer.anonymous(municipality.id), ref, origin=ORIGIN, at=now, **also)


def test_a_ticket_says_who_what_where_and_until_when(municipality, now):
    ref = Ref(KIND, uuid7())
    found = live.read_ticket(given(municipality, ref, now, holder=HOLDER), now)
    assert (found.tenant, found.ref, found.origin, found.holder) == (municipality.id, ref, ORIGIN, HOLDER)
    assert (found.account, found.hat, found.login) == (None, "anonymous", "")
    assert found.until == int((now + dt.timedelta(seconds=60)).timestamp())


def test_a_ticket_is_good_for_a_minute(municipality, now):
    text = given(municipality, Ref(KIND, uuid7()), now)
    assert live.read_ticket(text, now + dt.timedelta(seconds=60))
    with pytest.raises(live.NoTicket):
        live.read_ticket(text, now + dt.timedelta(seconds=61))


def test_a_changed_ticket_is_none(municipality, now, monkeypatch):
    text = given(municipality, Ref(KIND, uuid7()), now)
    body, _, signature = text.rpartition(":")
    for forged in ("", "abc", body, f"{body}:x{signature[1:]}", f"x{text}", f"{body[:-4]}abcd:{signature}"):
        with pytest.raises(live.NoTicket):
            live.read_ticket(forged, now)
    monkeypatch.setattr(live, "keyed_hash", lambda *_args, **_also: "another link key")
    with pytest.raises(live.NoTicket):
        live.read_ticket(text, now)


def test_the_live_process_asks_again_in_the_tickets_own_municipality(board, municipality, neighbour, now):
    ours = live.read_ticket(given(municipality, board, now, holder=HOLDER), now)
    assert live.look_again(ours, now) == 4
    theirs = live.read_ticket(given(neighbour, board, now, holder=HOLDER), now)
    assert live.look_again(theirs, now) is None
    keyless = live.read_ticket(given(municipality, board, now), now)
    assert live.look_again(keyless, now) is None
    unknown = live.read_ticket(given(municipality, Ref("no_such", board.id), now, holder=HOLDER), now)
    assert live.look_again(unknown, now) is None


def test_no_municipality_no_answer(board, municipality, now):
    found = live.read_ticket(given(municipality, board, now, holder=HOLDER), now)
    municipality.id = uuid7()
    assert live.look_again(live.read_ticket(given(municipality, board, now, holder=HOLDER), now), now) is None
    assert live.look_again(found, now) == 4


# ---------------------------------------------------------------- the address that gives them
@pytest.fixture
def coordinator(municipality, client, settings):
    """A browser where a coordinator is logged in."""
    settings.SAMTUN_LIVE_ORIGIN = STREAM
    with open_scope(municipality.id):
        log_in(client, make_tun(municipality, clock.now()))
    return client


def address(ref):
    return reverse("live_ticket", args=[ref.kind, ref.id])


def of(answer):
    """Return the ticket in an answer."""
    stream = answer.json()["stream"]
    assert stream.startswith(f"{STREAM}/live/")
    return live.read_ticket(stream.removeprefix(f"{STREAM}/live/"), clock.now())


def test_whoever_is_logged_in_gets_a_ticket_that_holds_as_long_as_the_login(coordinator, board):
    answer = coordinator.get(address(board))
    assert answer.json()["version"] == 4
    assert answer.headers["Cache-Control"] == "no-store"
    found = of(answer)
    assert found.origin == ORIGIN
    assert live.look_again(found, clock.now()) == 4
    assert live.look_again(found, clock.now() + sessions.IDLE * 1.1) is None
    Session.objects.all().delete()
    assert live.look_again(found, clock.now()) is None


def test_a_hidden_screen_hears_nothing(coordinator, board):
    found = of(coordinator.get(address(board)))
    session = coordinator.session
    sessions.cover(session, clock.now())
    session.save()
    assert live.look_again(found, clock.now()) is None
    assert coordinator.get(address(board)).status_code == 404


def test_a_hat_laid_off_hears_nothing(coordinator, board, monkeypatch):
    found = of(coordinator.get(address(board)))
    assert found.hat != "anonymous"
    monkeypatch.setattr(live.hats, "hat_of", lambda *_args: None)
    assert live.look_again(found, clock.now()) is None


def test_without_the_second_factor_the_hat_opens_nothing(coordinator, board, monkeypatch):
    found = of(coordinator.get(address(board)))
    seen = []
    monkeypatch.setitem(live._kinds, KIND, live.LiveKind(KIND, lambda viewer, _id, _holder: seen.append(viewer)))
    live.look_again(found, clock.now())
    session = coordinator.session
    session["second_factor"] = False
    session.save()
    live.look_again(found, clock.now())
    assert [bool(viewer.hat.permissions) for viewer in seen] == [True, False]
    assert [bool(viewer.owners) for viewer in seen] == [True, False]


def test_what_a_page_asks_by_itself_is_nobodys_presence(coordinator, board):
    session = coordinator.session
    session["seen"] = before = clock.now().timestamp() - 300
    session.save()
    coordinator.get(address(board), headers={live.QUIET: "1"})
    assert coordinator.session["seen"] == before
    coordinator.get(address(board))
    assert coordinator.session["seen"] > before


def test_who_may_not_see_it_gets_nothing(client, board, settings):
    settings.SAMTUN_LIVE_ORIGIN = STREAM
    assert client.get(address(board)).status_code == 404
    assert client.get(address(board), {"key": "another"}).status_code == 404
    assert client.get(address(Ref("no_such", board.id))).status_code == 404
    assert client.get(address(Ref(KIND, uuid7())), {"key": KEY}).status_code == 404


def test_a_key_opens_and_never_stands_in_the_ticket(client, board, settings):
    settings.SAMTUN_LIVE_ORIGIN = STREAM
    found = of(client.get(address(board), {"key": KEY}))
    assert (found.holder, found.account) == (HOLDER, None)
    assert KEY not in repr(found)
    assert live.look_again(found, clock.now()) == 4


def test_without_a_live_process_the_version_alone_is_told(client, board, settings):
    settings.SAMTUN_LIVE_ORIGIN = ""
    assert client.get(address(board), {"key": KEY}).json() == {"version": 4, "stream": ""}


def test_the_tag_says_what_the_script_needs(board):
    context = Context({"ref": board, "url": "/tavle/?a=1&b=2"})
    page = Template('{% load ui %}{% live ref 4 url "#board" key="a b" %}').render(context)
    assert page == (
        f'<span hidden data-live="/live/ticket/trial/{board.id}/?key=a+b" data-live-version="4"'
        ' data-live-url="/tavle/?a=1&amp;b=2" data-live-target="#board"></span>'
    )
