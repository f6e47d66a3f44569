"""The hub: short queues, the newest wins, room for so many; and the origin that goes into the policy."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from samtun.config import live as process
from samtun.config.origin import live_origin
from samtun.foundation.live import Ticket, Whisper
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref

TENANT, REF = uuid7(), Ref("trial", uuid7())


def client(tenant=TENANT, ref=REF):
    return process.Client(Ticket(tenant, ref, "http://testserver", 0), checked=0.0)


def waiting(one):
    return [one.queue.get_nowait() for _ in range(one.queue.qsize())]


@pytest.fixture
def hub():
    return process.Hub(process.Pace(most=3, most_each=2))


def test_only_those_who_follow_it_hear(hub):
    here, other, elsewhere = client(), client(ref=Ref("trial", uuid7())), client(tenant=uuid7())
    for one in (here, other, elsewhere):
        hub.join(one)
    hub.hear(str(Whisper(TENANT, REF, 3)))
    hub.hear("nonsense")
    hub.hear(str(Whisper(TENANT, Ref("trial", uuid7()), 9)))
    assert [waiting(one) for one in (here, other, elsewhere)] == [[3], [], []]


def test_the_newest_pushes_out_the_oldest():
    one = client()
    for version in range(1, 100):
        one.offer(version)
    assert waiting(one) == [96, 97, 98, 99]
    assert one.told == 99


def test_the_end_is_not_pushed_out():
    one = client()
    for version in range(1, 10):
        one.offer(version)
    one.offer(process.OVER)
    one.offer(11)
    assert waiting(one)[-1] == process.OVER
    assert one.told == 9


def test_there_is_room_for_so_many_and_leaving_makes_room(hub):
    first, second, third = client(), client(), client()
    hub.join(first)
    hub.join(second)
    with pytest.raises(process.Full):
        hub.join(third)
    hub.join(client(ref=Ref("trial", uuid7())))
    with pytest.raises(process.Full):
        hub.join(client(ref=Ref("trial", uuid7())))
    hub.leave(first)
    hub.join(third)
    assert hub.number == len(hub.everyone()) == 3
    for one in hub.everyone():
        hub.leave(one)
    assert (hub.number, dict(hub.clients)) == (0, {})


@pytest.mark.parametrize("told", ["https://live.samtun.example.no", "http://localhost:9000", "https://a.no/", ""])
def test_an_origin_is_taken_as_it_is(told):
    assert live_origin({"SAMTUN_LIVE_ORIGIN": told}) == told.rstrip("/")


@pytest.mark.parametrize("told", ["*", "https://a.no/live", "https://a.no; script-src *", "a.no", "'unsafe-inline'"])
def test_nothing_else_comes_into_the_policy(told):
    with pytest.raises(ImproperlyConfigured, match="SAMTUN_LIVE_ORIGIN"):
        live_origin({"SAMTUN_LIVE_ORIGIN": told})
