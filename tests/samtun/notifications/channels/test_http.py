"""The HTTP gateway against a real server that misbehaves."""

import pytest

from samtun.notifications.channels.adapters.http import HttpGateway
from samtun.notifications.channels.adapters.protocol import Accepted, Fate, Parcel, TurnedDown, Unclear
from tests.samtun.notifications import gateway_server

TOKEN = "a token of twenty-four signs"


@pytest.fixture
def server():
    with gateway_server.GatewayServer(late=0.6) as running:
        yield running


@pytest.fixture
def gateway(server):
    return HttpGateway(url=server.url, token=TOKEN, answer_seconds=0.3)


def parcel(reference="0192-1"):
    return Parcel(None, reference, "sms", "+4790000001", "Hei", "nn", sender="+4700002000")


@pytest.mark.parametrize(
    ("mode", "reference", "outcome", "fate"),
    [
        ("ok", "r1", Accepted("r1"), Fate.FOUND),
        ("twice", "r1", Accepted("twice"), Fate.FOUND),
        ("lost", "r1", Unclear("no_answer"), Fate.FOUND),
        ("late", "r1", Unclear("no_answer"), Fate.FOUND),
        ("broken", "r1", Unclear("status_503"), Fate.FOUND),
        ("broken", "r2", Unclear("status_503"), Fate.NOT_FOUND),
        ("reset", "r1", Unclear("no_answer"), Fate.FOUND),
        ("reset", "r2", Unclear("no_answer"), Fate.NOT_FOUND),
        ("busy", "r1", TurnedDown("busy", again=True, wait=1), Fate.NOT_FOUND),
    ],
)
def test_only_what_surely_never_arrived_is_turned_down(server, gateway, mode, reference, outcome, fate):
    server.mode = mode
    assert gateway.send(parcel(reference)) == outcome
    assert gateway.look_up(reference) == fate


def test_a_gateway_that_is_not_there_has_surely_not_sent(server):
    server.__exit__()
    gateway = HttpGateway(url=server.url, token=TOKEN)
    assert gateway.send(parcel()) == TurnedDown("not_reached", again=True)
    assert gateway.look_up("r1") == Fate.CANNOT_TELL
    server.__exit__ = lambda *_: None


def test_a_wrong_token_is_said_to_be_one(server):
    gateway = HttpGateway(url=server.url, token="some other token of ours")
    assert gateway.send(parcel()) == TurnedDown("token_refused", again=True, wait=600)


def test_a_404_that_does_not_name_our_reference_is_no_answer(server):
    gateway = HttpGateway(url=server.url, token=TOKEN)
    server.look_up = lambda handler: server.answer(handler, 404, {"detail": "Not found"})
    assert gateway.look_up("r1") == Fate.CANNOT_TELL


def test_redirects_are_not_followed(server):
    gateway = HttpGateway(url=server.url, token=TOKEN)
    server._ok = lambda handler, _told: server.answer(handler, 302, {}, {"Location": f"{server.url}/elsewhere"})
    assert gateway.send(parcel()) == Unclear("status_302")


@pytest.mark.parametrize(
    ("url", "token", "faults"),
    [("https://sms.eksempel.test", "x" * 16, 0), ("http://sms.eksempel.test", "x" * 16, 1), ("", "short", 2)],
)
def test_what_is_wrong_with_the_settings_is_said(url, token, faults, settings):
    settings.SAMTUN_SMS_URL = ""
    assert len(HttpGateway(url=url, token=token).check_config()) == faults


def test_a_missing_token_file_is_said_and_turns_down(settings, tmp_path, server):
    settings.SAMTUN_SMS_TOKEN_FILE = str(tmp_path / "none")
    gateway = HttpGateway(url=server.url)
    assert len(gateway.check_config()) == 1
    assert gateway.send(parcel()) == TurnedDown("no_token", again=True, wait=600)
