"""The line of sight: ties up and down, within one municipality, with no end in a ring."""

import pytest

from samtun.foundation import sight
from samtun.foundation.models import Tie
from samtun.foundation.sight import Kind, Seen
from samtun.foundation.viewer import Viewer
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref


def ref(kind="design"):
    return Ref(kind, uuid7())


def test_all_that_is_above_and_below_is_found_and_nothing_beside(in_municipality, now):
    goal, agreement, design, need, help_kind, other = (
        ref(k) for k in ("goal", "agreement", "design", "need", "task_type", "design")
    )
    for lower, upper in (
        (agreement, goal), (design, agreement), (design, need), (help_kind, design), (other, agreement),
    ):  # fmt: skip
        sight.tie(lower=lower, upper=upper, at=now)
    assert sight.line_of(design) == ({agreement, goal, need}, {help_kind})
    assert sight.line_of(goal) == (set(), {agreement, design, other, help_kind})
    assert sight.uppers(design, "need") == [need.id]
    assert sight.lowers(agreement, "design") == [design.id, other.id]


def test_tied_twice_is_one_and_untied_is_kept_as_what_has_been(in_municipality, now):
    design, need = ref(), ref("need")
    sight.tie(lower=design, upper=need, at=now)
    sight.tie(lower=design, upper=need, at=now)
    assert Tie.objects.count() == 1
    sight.untie(lower=design, upper=need, at=now)
    assert sight.line_of(design) == (set(), set())
    sight.tie(lower=design, upper=need, at=now)
    assert (Tie.objects.count(), Tie.objects.filter(ended_at=None).count()) == (2, 1)


def test_a_ring_ends(in_municipality, now):
    one, two, three = ref(), ref(), ref()
    for lower, upper in ((one, two), (two, three), (three, one)):
        sight.tie(lower=lower, upper=upper, at=now)
    above, below = sight.line_of(one)
    assert above | below == {two, three}
    with pytest.raises(ValueError, match="itself"):
        sight.tie(lower=one, upper=one, at=now)


def test_a_line_ends_at_the_border(municipality, neighbour, scope_of, now):
    design, need, theirs = ref(), ref("need"), ref("need")
    with scope_of(municipality):
        sight.tie(lower=design, upper=need, at=now)
    with scope_of(neighbour):
        sight.tie(lower=design, upper=theirs, at=now)
        assert sight.line_of(design) == ({theirs}, set())


def test_things_are_told_from_the_top_floor_and_out_of_sight_is_left_out(in_municipality, now, monkeypatch):
    monkeypatch.setattr(sight, "_kinds", {})
    hidden = ref("goal")

    def rows(kind):
        return lambda _viewer, ids: [Seen(Ref(kind, i), kind) for i in sorted(ids) if i != hidden.id]

    sight.register(Kind("design", 2, 10, rows("design")))
    sight.register(Kind("goal", 1, 10, rows("goal")))
    with pytest.raises(ValueError, match="twice"):
        sight.register(Kind("goal", 1, 10, rows("goal")))
    told = sight.describe(Viewer.system(in_municipality.id), {ref("goal"), hidden, ref(), ref("unknown")})
    assert [one.title for one in told] == ["goal", "design"]
    assert (sight.floor_of("goal"), sight.floor_of("help_request")) == (1, 3)
