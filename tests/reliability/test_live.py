"""The live process as it is run: told within a second, after every break, and only to those who still may know."""

import asyncio
import time
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from samtun.foundation import live
from samtun.foundation.models.runtime import Visit
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from tests.live_process import PAGE, Listener, live_process, status
from tests.live_trial import HOLDER, KIND

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def process(django_db_setup, django_db_blocker):
    """One for all: its paces are quick."""
    with django_db_blocker.unblock(), live_process(check=0.6, ping=0.5, heartbeat=0.5, most=230, most_each=205) as one:
        yield one


class Board:
    """A thing that several look at."""

    def __init__(self, municipality):
        self.municipality = municipality
        self.ref = Ref(KIND, uuid7())
        with open_scope(municipality.id):
            Visit.objects.create(id=self.ref.id, account=uuid7(), place="1", last_at=clock.now())

    def change(self, version, ref=None):
        with open_scope(self.municipality.id):
            Visit.objects.filter(id=self.ref.id).update(place=str(version))
            live.changed(ref or self.ref, version)

    def withdraw(self):
        with open_scope(self.municipality.id):
            Visit.objects.filter(id=self.ref.id).delete()

    def path(self, at=None, origin=PAGE):
        viewer = Viewer.anonymous(self.municipality.id)
        return "/live/" + live.ticket(viewer, self.ref, origin=origin, at=at or clock.now(), holder=HOLDER)


@pytest.fixture
def board(municipality):
    return Board(municipality)


@asynccontextmanager
async def following(process, board, number=1):
    """So many listen to the board, and have heard how new it is."""
    path = board.path()
    listeners = await asyncio.gather(*(Listener.open(process.port, path) for _ in range(number)))
    assert {one.status for one in listeners} == {200}
    tasks = [asyncio.create_task(one.listen()) for one in listeners]
    try:
        for one in listeners:
            await one.until(lambda one: one.heard, 20)
        yield listeners
    finally:
        for one in listeners:
            await one.close()
        await asyncio.gather(*tasks)


def scene(story):
    """Play it: the story is async, what it does with the database is not."""
    asyncio.run(story())
    connection.close()


def apart(work):
    """Run work with the database in a thread of its own."""

    def and_close(*arguments):
        try:
            return work(*arguments)
        finally:
            connection.close()

    return sync_to_async(and_close, thread_sensitive=False)


def test_told_within_a_second_and_only_those_who_follow_it(process, board, municipality, neighbour):
    other, away = Board(municipality), Board(neighbour)
    away_ref = Ref(KIND, board.ref.id)

    async def story():
        async with following(process, board, 3) as here, following(process, other) as beside:
            assert [one.last for one in here] == ["1"] * 3
            await apart(away.change)(7, away_ref)  # the same key in another municipality is another thing
            began = time.perf_counter()
            await apart(board.change)(2)
            for one in here:
                await one.until(lambda one: one.last == "2", 1)
            assert max(one.heard[-1][1] for one in here) - began < 1
            assert "7" not in {what for one in here for what, _ in one.heard}
            assert [what for what, _ in beside[0].heard] == ["1"]
            assert "x-accel-buffering: no" in here[0].head
            assert f"access-control-allow-origin: {PAGE}\r\n" in here[0].head

    scene(story)


def test_those_who_may_not_are_refused(process, board, municipality, neighbour, now):
    port = process.port
    strange = Board(neighbour)
    strange.municipality = municipality  # a ticket of one municipality for a thing of the other
    viewer = Viewer.anonymous(municipality.id)
    unknown = live.ticket(viewer, Ref("no_such_kind", board.ref.id), origin=PAGE, at=clock.now())
    keyless = live.ticket(viewer, board.ref, origin=PAGE, at=clock.now())
    stale = clock.now() - live.GOOD_FOR * 1.1
    assert status(port, board.path(at=stale)) == 403
    assert status(port, board.path()[:-3] + "abc") == 403
    assert status(port, board.path(), Origin="http://elsewhere.test") == 403
    assert status(port, strange.path()) == 404
    assert status(port, f"/live/{unknown}") == 404
    assert status(port, f"/live/{keyless}") == 404
    assert status(port, "/elsewhere") == 404
    assert status(port, "/-/alive") == 200
    assert status(port, "/-/ready") == 200


def test_who_may_no_longer_is_let_go(process, board):
    async def story():
        async with following(process, board) as (one,):
            await apart(board.withdraw)()
            await one.until(lambda one: one.closed, 3)

    scene(story)


def test_what_was_never_whispered_is_told_by_the_next_check(process, board):
    async def story():
        async with following(process, board) as (one,):
            await apart(lambda: _silently(board, 5))()
            await one.until(lambda one: one.last == "5", 3)

    scene(story)


def _silently(board, version):
    with open_scope(board.municipality.id):
        Visit.objects.filter(id=board.ref.id).update(place=str(version))


def test_a_cut_connection_is_made_anew_and_all_look_again(process, board):
    async def story():
        async with following(process, board, 2) as here:
            assert await apart(_cut_the_listening_ones)() == 1
            for one in here:
                await one.until(lambda one: one.last == "?", 10)
            await apart(board.change)(3)
            for one in here:
                await one.until(lambda one: one.last == "3", 1)
            assert not any(one.closed for one in here)

    scene(story)


def _cut_the_listening_ones():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE application_name = 'samtun-live' AND datname = current_database()"
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize("number", [60, 200])
def test_many_hear_all_of_it(process, board, number):
    async def story():
        async with following(process, board, number) as all_of_them:
            for version in range(2, 7):
                await apart(board.change)(version)
                for one in all_of_them:
                    await one.until(lambda one, wanted=str(version): one.last == wanted, 5)
            assert {tuple(what for what, _ in one.heard) for one in all_of_them} == {("1", "2", "3", "4", "5", "6")}

    scene(story)


def test_more_than_there_is_room_for_are_asked_to_come_back(process, board):
    async def story():
        async with following(process, board, 205):
            late = await Listener.open(process.port, board.path())
            assert late.status == 503
            await late.close()

    scene(story)


def test_one_who_does_not_read_holds_up_nobody(process, board):
    async def story():
        deaf = await Listener.open(process.port, board.path())
        async with following(process, board) as (one,):
            await apart(lambda: _burst(board, 3000))()
            await one.until(lambda one: one.last == "3000", 5)
            began = time.perf_counter()
            await apart(board.change)(3001)
            await one.until(lambda one: one.last == "3001", 1)
            assert time.perf_counter() - began < 1
        await deaf.close()

    scene(story)


def _burst(board, up_to):
    for version in range(2, up_to + 1, 100):
        with open_scope(board.municipality.id):
            for each in range(version, min(version + 100, up_to + 1)):
                live.changed(board.ref, each)


def test_stopping_takes_no_longer_than_a_moment(board, django_db_blocker):
    async def story():
        with live_process() as one:
            async with following(one, board, 20):
                began = time.monotonic()
                one.terminate()
                await asyncio.to_thread(one.wait, 8)
                assert time.monotonic() - began < 5
        with pytest.raises(ConnectionRefusedError):
            await Listener.open(one.port, board.path())

    scene(story)


def test_nonsense_on_the_channel_harms_nobody(process, board):
    async def story():
        async with following(process, board) as (one,):
            await apart(_shout)("nonsense")
            await apart(board.change)(2)
            await one.until(lambda one: one.last == "2", 2)

    scene(story)


def _shout(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [live.CHANNEL, words])


def test_what_was_taken_back_is_not_told(board):
    own = connection.copy()
    own.ensure_connection()
    with own.connection as raw:
        raw.execute(f"LISTEN {live.CHANNEL}")
        with pytest.raises(ZeroDivisionError), open_scope(board.municipality.id):
            live.changed(board.ref, 2)
            raise ZeroDivisionError
        with open_scope(board.municipality.id):
            live.changed(board.ref, 3)
            assert list(raw.notifies(timeout=0.2)) == [], "told before the commit"
        heard = [notice.payload for notice in raw.notifies(timeout=1, stop_after=1)]
    assert heard == [f"{board.municipality.id} trial:{board.ref.id} 3"]
