"""The same note sent twice at once, and dots put from two windows: real transactions."""

import uuid

import pytest
from django.db import IntegrityError

from samtun.codesign.workshops import actions
from samtun.codesign.workshops.models import Dot, Note
from samtun.foundation.scope import open_scope, retrying
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from tests.factories.journey import make_tun
from tests.factories.workshops import make_workshop
from tests.reliability.test_messages_races import in_parallel

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


@pytest.fixture
def day(municipality):
    """A workshop that goes on, committed."""
    with open_scope(municipality.id):
        made = make_workshop(make_tun(municipality, clock.now()))
        made.starts(1)
        return made


def in_scope(day, work):
    def run():
        def once():
            with open_scope(day.tun.municipality.id):
                work()

        retrying(once)

    return run


def test_the_same_note_sent_by_two_connections_is_one(day):
    with open_scope(day.tun.municipality.id):
        kari = day.comes()
    for n in range(ROUNDS):
        key = uuid.uuid4()
        in_parallel(*[in_scope(day, lambda k=key: day.writes(kari, key=k)) for _ in range(2)])
        with open_scope(day.tun.municipality.id):
            assert Note.objects.filter(participant=kari).count() == n + 1


def test_of_many_notes_at_once_each_gives_a_version(day):
    with open_scope(day.tun.municipality.id):
        people = [day.comes(f"k{n}") for n in range(6)]
        before = day.fresh().version
    in_parallel(*[in_scope(day, lambda w=who: day.writes(w)) for who in people])
    with open_scope(day.tun.municipality.id):
        assert (Note.objects.count(), day.fresh().version) == (6, before + 6)


def test_two_windows_of_one_do_not_get_more_dots(day):
    with open_scope(day.tun.municipality.id):
        kari = day.comes()
        notes = [day.writes(kari, f"Note {n}") for n in range(6)]

    def dots(note):
        try:
            actions.put_dot(participant=kari, note=note, by=day.nobody, at=day.now)
        except (Refused, IntegrityError):
            return

    in_parallel(*[in_scope(day, lambda m=note: dots(m)) for note in notes])
    with open_scope(day.tun.municipality.id):
        assert Dot.objects.count() == 3
