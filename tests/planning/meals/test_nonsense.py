"""Meals refuse nonsense when they are built, in words that say what is wrong."""

from dataclasses import replace

import pytest

from planning.vocabulary.meal import Box, MealWeights, Wave
from tests.planning.meals.days import DAY, EVA, KITCHEN, day, door

BAD = {
    "kitchen closes first": (lambda: replace(KITCHEN, last=KITCHEN.ready), "opens before it closes"),
    "loading": (lambda: replace(KITCHEN, loading_s=-1), "Loading"),
    "diet": (lambda: Box(""), "has a diet"),
    "portions": (lambda: Box(portions=0), "1 to 50 portions"),
    "door closes first": (lambda: door("anna", closes=0), "opens before it closes"),
    "after two days": (lambda: door("anna", closes=3 * 24 * 3600), "two days"),
    "no box": (lambda: door("anna", boxes=()), "at least one box"),
    "stairs": (lambda: door("anna", extra_s=-1), "3600 seconds more"),
    "wave": (lambda: Wave(10, 10), "opens before it closes"),
    "room": (lambda: replace(EVA, room=0), "1 to 500"),
    "people": (lambda: replace(EVA, people=3), "One or two"),
    "talk": (lambda: replace(EVA, talk_s=-1), "Talk"),
    "no wave": (lambda: replace(EVA, waves=()), "at least once"),
    "waves overlap": (lambda: replace(EVA, waves=(Wave(0, 100), Wave(50, 150))), "do not overlap"),
    "ends elsewhere": (
        lambda: replace(EVA, waves=(Wave(0, 100), Wave(100, 150)), start="home", end="bo"), "where the next begins"),
    "weights": (lambda: MealWeights(open_m=0), "0 metres or more"),
    "no kitchen": (lambda: day(kitchens=(), doors=(), drivers=()), "at least one kitchen"),
    "twice": (lambda: day(doors=(door("anna"), door("anna"))), "stands twice"),
    "longest": (lambda: day(longest_s=5), "60 seconds to 6 hours"),
    "drift": (lambda: day(drift_s=-1), "0 to 7200"),
    "other kitchen": (lambda: day(drivers=(replace(EVA, kitchens=frozenset({"town"})),)), "no kitchen 'town'"),
    "door's kitchen": (lambda: day(doors=(door("anna", kitchen="town"),)), "no kitchen 'town'"),
    "locked": (lambda: day(locked=frozenset({"nobody"})), "not among the doors"),
    "off the map": (lambda: day(doors=(door("anna", place="moon"),)), "does not know the place"),
    "home off the map": (lambda: day(drivers=(replace(EVA, start="moon"),)), "does not know the place"),
}  # fmt: skip


@pytest.mark.parametrize(("build", "words"), BAD.values(), ids=BAD.keys())
def test_nonsense_is_refused_in_plain_words(build, words):
    with pytest.raises(ValueError, match=words):
        build()


def test_what_is_not_nonsense_is_let_through():
    assert DAY.doors[0].portions == 1
