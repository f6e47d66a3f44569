"""Each hard rule on its own: the reason it gives, and the neighbour who just escapes it."""

from datetime import date

import pytest

from planning.problems.matching import fits, outsider_reasons, public_reasons
from planning.vocabulary.availability import Absence, Season, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import Fact
from planning.vocabulary.point import Point
from planning.vocabulary.reason import Reason, Why
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer
from planning.vocabulary.window import Window
from tests.planning.instances import ANNA, MONDAY, STEPS, WEDNESDAY, WEDNESDAY_MORNING, like_anna, snow

TUESDAY = date(2026, 11, 24)
NO = frozenset({"no"})
KEYS = frozenset({"confidentiality", "course:dementia"})


def codes(volunteer: Volunteer, request: Request = STEPS, on: date = MONDAY) -> list[str]:
    return [reason.code.value for reason in fits(volunteer, request, on)]


def test_anna_can_shovel_the_steps() -> None:
    assert fits(ANNA, STEPS, MONDAY) == ()


@pytest.mark.parametrize(
    ("volunteer", "request_", "expected"),
    [
        (like_anna("a", willing=frozenset({"visit"})), STEPS, ["not_willing"]),
        (like_anna("a", host_allows=frozenset({"visit"})), STEPS, ["host_declines"]),
        (like_anna("a", host_allows=frozenset({"snow"})), STEPS, []),
        (ANNA, snow(hosts=frozenset({"redcross"})), ["other_host"]),
        (ANNA, snow(hosts=frozenset({"centre", "redcross"})), []),
        (like_anna("a", asks_stopped=True), STEPS, ["asks_stopped"]),
        (ANNA, snow(known_only=True), ["not_known"]),
        (ANNA, snow(known_only=True, known_to=frozenset({"p-anna"})), []),
        (ANNA, snow(known_only=True, known_to=frozenset({"anna"})), []),
        (like_anna("a", absences=(Absence(WEDNESDAY, WEDNESDAY),)), STEPS, ["absent"]),
        (like_anna("a", absences=(Absence(MONDAY, TUESDAY),)), STEPS, []),
        (like_anna("a", absences=(Absence(TUESDAY, TUESDAY),)), snow(day=MONDAY, start_minute=1430), ["absent"]),
        (like_anna("a", slots=(WEDNESDAY_MORNING,)), STEPS, []),
        (like_anna("a", slots=(WEDNESDAY_MORNING,)), snow(start_minute=690), ["not_free_then"]),
        (like_anna("a", slots=(WEDNESDAY_MORNING,)), snow(day=TUESDAY), ["not_free_then"]),
        (like_anna("a", slots=(WeeklySlot(2, 540, 630), WeeklySlot(2, 630, 720))), STEPS, []),
        (like_anna("a", slots=(WeeklySlot(2, 540, 630), WeeklySlot(2, 640, 720))), STEPS, ["not_free_then"]),
        (like_anna("a", slots=(WeeklySlot(2), WeeklySlot(3))), snow(start_minute=1430), []),
        (like_anna("a", slots=(WeeklySlot(2),)), snow(start_minute=1430), ["not_free_then"]),
        (like_anna("a", slots=(WEDNESDAY_MORNING,)), snow(start_minute=None, duration_min=180), []),
        (like_anna("a", slots=(WEDNESDAY_MORNING,)), snow(start_minute=None, duration_min=181), ["not_free_then"]),
        (like_anna("a", busy=(Window.of(WEDNESDAY, 655, 60),)), STEPS, ["busy"]),
        (like_anna("a", busy=(Window.of(WEDNESDAY, 660, 60),)), STEPS, []),
        (like_anna("a", busy=(Window.of(TUESDAY, 600, 1445),)), STEPS, ["busy"]),
        (
            like_anna("a", slots=(WEDNESDAY_MORNING,), busy=(Window.of(WEDNESDAY, 600, 60),)),
            snow(start_minute=None, duration_min=61),
            ["busy"],
        ),
        (
            like_anna("a", slots=(WEDNESDAY_MORNING,), busy=(Window.of(WEDNESDAY, 600, 60),)),
            snow(start_minute=None, duration_min=60),
            [],
        ),
        (ANNA, snow(languages=frozenset({"ti"})), ["no_common_language"]),
        (like_anna("a", languages=frozenset({"no", "ti"})), snow(languages=frozenset({"ti"})), []),
        (ANNA, snow(requires=frozenset({"own_car"})), ["no_car"]),
        (like_anna("a", has_car=True), snow(requires=frozenset({"own_car"})), []),
    ],
)
def test_one_thing_in_the_way(volunteer: Volunteer, request_: Request, expected: list[str]) -> None:
    assert codes(volunteer, request_) == expected


@pytest.mark.rule("R29")
def test_the_strictest_of_volunteer_and_host_decides() -> None:
    neither = like_anna("a", willing=frozenset(), host_allows=frozenset())
    assert codes(neither) == ["not_willing", "host_declines"]
    assert codes(like_anna("a", host_allows=frozenset({"snow", "visit"}))) == []


@pytest.mark.rule("R71")
def test_a_slot_counts_only_in_its_season() -> None:
    summer = WeeklySlot(2, 540, 720, Season((5, 1), (9, 30)))
    winter = WeeklySlot(2, 540, 720, Season((11, 1), (3, 31)))
    assert codes(like_anna("a", slots=(summer,))) == ["not_free_then"]
    assert codes(like_anna("a", slots=(summer, winter))) == []


@pytest.mark.rule("R60")
@pytest.mark.parametrize(
    ("most", "agreed", "expected"),
    [
        (Ceiling(1, "week"), (MONDAY,), ["ceiling"]),
        (Ceiling(1, "week"), (date(2026, 11, 29),), ["ceiling"]),
        (Ceiling(1, "week"), (date(2026, 11, 22), date(2026, 11, 30)), []),
        (Ceiling(2, "week"), (MONDAY,), []),
        (Ceiling(2, "month"), (date(2026, 11, 1), date(2026, 11, 30)), ["ceiling"]),
        (Ceiling(2, "month"), (date(2026, 11, 1), date(2025, 11, 2)), []),
        (None, (MONDAY, TUESDAY, WEDNESDAY), []),
    ],
)
def test_the_ceiling_counts_every_task_agreed_in_its_period(
    most: Ceiling | None, agreed: tuple[date, ...], expected: list[str]
) -> None:
    assert codes(like_anna("a", ceiling=most, agreed=agreed)) == expected


@pytest.mark.rule("R60")
def test_the_ceiling_holds_whichever_host_asks() -> None:
    """`agreed` holds the tasks of all hosts, so the same person is at the ceiling with each of them."""
    days = (MONDAY, TUESDAY)
    rows = [like_anna(host, person="p-anna", host=host, ceiling=Ceiling(2, "month"), agreed=days) for host in "ab"]
    assert [fits(row, STEPS, MONDAY) for row in rows] == [(Reason(Why.CEILING, (("times", 2), ("per", "month"))),)] * 2


@pytest.mark.rule("R60")
def test_a_no_gives_seven_quiet_days_and_a_pause_holds_to_its_last_day() -> None:
    said_no = like_anna("a", quiet_until=date(2026, 11, 23))
    assert fits(said_no, STEPS, date(2026, 11, 23)) == (Reason(Why.QUIET, (("until", "2026-11-23"),)),)
    assert fits(said_no, STEPS, date(2026, 11, 24)) == ()
    resting = like_anna("a", paused_until=date(2026, 11, 23))
    assert codes(resting) == ["paused"]
    assert codes(resting, on=date(2026, 11, 24)) == []


@pytest.mark.rule("R63")
def test_requirements_follow_the_task() -> None:
    shown = like_anna("a", facts=(Fact("confidentiality"), Fact("course:dementia", WEDNESDAY)))
    strict = snow(requires=KEYS)
    assert fits(ANNA, STEPS, MONDAY) == ()
    assert fits(ANNA, strict, MONDAY) == (
        Reason(Why.MISSING, (("what", "confidentiality"),)),
        Reason(Why.MISSING, (("what", "course:dementia"),)),
    )
    assert fits(shown, strict, MONDAY) == ()


@pytest.mark.rule("R63")
def test_a_requirement_must_hold_on_the_last_day_of_the_task() -> None:
    late = snow(requires=frozenset({"course:dementia"}), start_minute=1430)
    to_wednesday = like_anna("a", facts=(Fact("course:dementia", WEDNESDAY),))
    assert fits(to_wednesday, late, MONDAY) == (
        Reason(Why.EXPIRED, (("what", "course:dementia"), ("expired", "2026-11-25"))),
    )
    renewed = like_anna("a", facts=(Fact("course:dementia", WEDNESDAY), Fact("course:dementia", date(2028, 1, 1))))
    assert fits(renewed, late, MONDAY) == ()


@pytest.mark.rule("R72")
def test_nobody_under_age_is_alone_with_the_person() -> None:
    alone = snow(one_to_one=True)
    assert fits(like_anna("a", age=17), alone, MONDAY) == (Reason(Why.TOO_YOUNG, (("youngest", 18),)),)
    assert fits(like_anna("a", age=None), alone, MONDAY) == (Reason(Why.AGE_UNKNOWN, (("youngest", 18),)),)
    assert fits(like_anna("a", age=18), alone, MONDAY) == ()
    assert fits(like_anna("a", age=17), STEPS, MONDAY) == ()
    assert codes(like_anna("a", age=19), snow(min_age=20)) == ["too_young"]


def test_distance_stops_only_where_both_places_and_a_limit_are_known() -> None:
    ten_km_off = Point(61.96423, 3.50)  # 7,142 m in a straight line
    far = like_anna("a", point=ten_km_off, max_distance_m=9_900)
    assert fits(far, STEPS, MONDAY) == (Reason(Why.TOO_FAR, (("metres", 10_000), ("most", 9_900))),)
    assert codes(like_anna("a", point=ten_km_off, max_distance_m=10_000)) == []
    assert codes(like_anna("a", point=ten_km_off)) == []
    assert codes(far, snow(place=None)) == []


def test_across_the_fjord_is_as_far_as_the_road() -> None:
    """Two kilometres over the water, sixteen round the head of the fjord."""
    across = like_anna("a", village="nesvika", point=Point(61.90, 3.54), max_distance_m=10_000)
    measured = snow(village_metres={"nesvika": 16_000})
    assert codes(across) == []
    assert fits(across, measured, MONDAY) == (Reason(Why.TOO_FAR, (("metres", 16_000), ("most", 10_000))),)
    assert codes(like_anna("a", village="nesvika", max_distance_m=10_000), measured) == ["too_far"]
    assert codes(like_anna("a", village="lia", max_distance_m=10_000), measured) == []
    assert hash(measured) == hash(snow())


PRIVATE = [
    (ANNA, snow(vetoed=frozenset({"anna"}))),
    (ANNA, snow(vetoed=frozenset({"p-anna"}))),
    (like_anna("a", do_not_contact=True), STEPS),
    (like_anna("a", is_recipient_self=True), STEPS),
    (like_anna("a", is_recipient_self=True, do_not_contact=True), snow(vetoed=frozenset({"a"}))),
]


@pytest.mark.rule("R31", "R32", "R68")
@pytest.mark.parametrize(("volunteer", "request_"), PRIVATE)
def test_private_grounds_look_the_same(volunteer: Volunteer, request_: Request) -> None:
    assert fits(volunteer, request_, MONDAY) == (Reason(Why.NOT_NOW),)
    assert public_reasons(fits(volunteer, request_, MONDAY)) == (Reason(Why.NOT_NOW),)


@pytest.mark.rule("R31")
def test_a_veto_hides_behind_any_other_reason() -> None:
    away = like_anna("a", absences=(Absence(WEDNESDAY, WEDNESDAY),))
    unwanted = snow(vetoed=frozenset({"a"}))
    assert public_reasons(fits(away, unwanted, MONDAY)) == public_reasons(fits(away, STEPS, MONDAY))


@pytest.mark.rule("R112")
def test_others_than_the_host_read_not_now_whatever_the_reason() -> None:
    lacking = fits(ANNA, snow(requires=KEYS, vetoed=frozenset({"anna"})), MONDAY)
    assert [reason.code for reason in lacking] == [Why.NOT_NOW, Why.MISSING, Why.MISSING]
    assert outsider_reasons(lacking) == (Reason(Why.NOT_NOW),)
    assert outsider_reasons(()) == public_reasons(()) == ()
