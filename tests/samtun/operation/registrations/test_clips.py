"""A clip is taken once: not again for what is long over, and not for what has come in another way."""

import datetime as dt

import pytest

from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import clips, till
from samtun.operation.registrations.enums import Pays
from samtun.operation.registrations.models import Clip
from tests.factories import programme
from tests.factories.programme import weekly
from tests.factories.registrations import card, cashier, comes, pays, signs_up, walk

DAY = dt.timedelta(days=1)


def left(tun, row):
    return queries.left_on(row.contact_id, tun.centre.id)


@pytest.fixture
def course(tun):
    """Somebody who pays with a clip for what is held each week, and its times."""
    it, time = walk(tun, sign_up="period", when_=weekly(), is_free=False, price="40 kroner", fee=4000)
    row = signs_up(tun, time)[0]
    pays(row, Pays.CLIP, tun)
    card(tun, row)
    return row, programme.times(it)


def test_what_was_used_long_ago_is_not_used_again_when_the_same_way_is_chosen(tun, course):
    row, times = course
    for time in times[:7]:
        comes(row, time, tun)
    assert left(tun, row) == 3
    late = times[6].ends_at + DAY
    clips.forget_clips(by=tun.system(), at=late)
    assert Clip.objects.filter(change=-1, registration=None).count() == 4
    pays(row, Pays.CLIP, tun, at=late)
    assert left(tun, row) == 3
    pays(row, Pays.ENVELOPE, tun, at=late)
    assert left(tun, row) == 6, "what is remembered is given back"
    pays(row, Pays.CLIP, tun, at=late)
    assert left(tun, row) == 3


def test_a_tick_that_is_put_right_long_after_takes_no_clip(tun, course):
    row, times = course
    comes(row, times[0], tun)
    late = times[0].ends_at + 29 * DAY
    clips.forget_clips(by=tun.system(), at=late)
    comes(row, times[0], tun, at=late)
    assert left(tun, row) == 9


def test_who_has_paid_in_another_way_pays_no_clip_for_that_time(tun, course):
    row, times = course
    pays(row, Pays.ENVELOPE, tun)
    for time in times[:2]:
        comes(row, time, tun)
    till.note_settled(
        occurrence=times[0], registration=row.id, is_settled=True, by=cashier(tun), at=times[0].ends_at
    )  # fmt: skip
    pays(row, Pays.CLIP, tun, at=times[1].ends_at)
    assert left(tun, row) == 9, "one was in the envelope, the other was not"
