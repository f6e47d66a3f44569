"""Headings, order and near misses."""

from datetime import date
from random import Random

import pytest
from hypothesis import given

from planning.judge import judge_match, may_be_asked
from planning.problems.matching import fits, narrowing, suggest, survives_silent, survives_told
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import Fact
from planning.vocabulary.point import Point
from planning.vocabulary.reason import Reason, Why
from planning.vocabulary.request import Request
from planning.vocabulary.suggestion import MatchProblem, Suggestions
from planning.vocabulary.volunteer import Volunteer
from tests.planning.instances import AWAY, MONDAY, STEPS, WEDNESDAY_MORNING, like_anna, snow
from tests.planning.strategies import TODAY, problems, requests, volunteers


def shape(answer: Suggestions) -> dict[str, list[object]]:
    """Heading → ids under it."""
    return {group.heading.value: [one.volunteer for one in group.people] for group in answer.groups}


def test_everyone_stands_under_the_first_heading_that_applies() -> None:
    people = [
        like_anna("stranger"),
        like_anna("neighbour", village="sundoyra"),
        like_anna("close", point=Point(61.91, 3.50)),
        like_anna("distant", point=Point(62.30, 3.50)),
        like_anna("free", slots=(WEDNESDAY_MORNING,), village="sundoyra"),
        like_anna("friend", slots=(WEDNESDAY_MORNING,)),
    ]
    assert {
        heading: set(ids)
        for heading, ids in shape(suggest(snow(known_to=frozenset({"friend"})), people, MONDAY)).items()
    } == {
        "known": {"friend"},
        "free_then": {"free"},
        "near": {"neighbour", "close"},
        "also": {"stranger", "distant"},
    }


@pytest.mark.rule("R31")
def test_under_a_heading_the_one_asked_longest_ago_stands_first() -> None:
    people = [
        like_anna("lately", last_asked=date(2026, 11, 20)),
        like_anna("never"),
        like_anna("long ago", last_asked=date(2025, 1, 3)),
    ]
    assert shape(suggest(STEPS, people, MONDAY)) == {"also": ["never", "long ago", "lately"]}


@pytest.mark.rule("R31")
def test_equals_are_drawn_by_lot_and_the_lot_differs_by_request() -> None:
    people = [like_anna(who) for who in "abcdef"]
    orders = {tuple(shape(suggest(snow(id=number), people, MONDAY))["also"]) for number in range(12)}
    assert len(orders) > 6
    assert shape(suggest(STEPS, people, MONDAY)) == shape(suggest(STEPS, reversed(people), MONDAY))


def test_ticks_say_what_speaks_for_it() -> None:
    friend = like_anna(
        "friend",
        slots=(WEDNESDAY_MORNING,),
        village="sundoyra",
        point=Point(61.905, 3.50),
        done_before=frozenset({"snow"}),
        facts=(Fact("confidentiality"),),
        languages=frozenset({"no", "ti"}),
    )
    asked = snow(
        known_to=frozenset({"p-friend"}), requires=frozenset({"confidentiality"}), languages=frozenset({"ti", "uk"})
    )
    (group,) = suggest(asked, [friend], MONDAY).groups
    assert group.people[0].ticks == (
        Reason(Why.KNOWN),
        Reason(Why.FREE_THEN),
        Reason(Why.SAME_VILLAGE),
        Reason(Why.NEAR, (("metres", 800),)),
        Reason(Why.DONE_BEFORE),
        Reason(Why.HAS, (("what", "confidentiality"),)),
        Reason(Why.LANGUAGE, (("language", "ti"),)),
    )


def test_the_limit_is_for_each_heading() -> None:
    people = [like_anna(who) for who in "abcd"] + [like_anna(who, village="sundoyra") for who in "efg"]
    answer = shape(suggest(STEPS, people, MONDAY, limit=2))
    assert {heading: len(ids) for heading, ids in answer.items()} == {"near": 2, "also": 2}


def test_near_misses_come_with_their_reasons_and_others_do_not_come_up() -> None:
    people = [
        like_anna("away", absences=(AWAY,)),
        like_anna("enough", ceiling=Ceiling(1, "week"), agreed=(MONDAY,)),
        like_anna("other task", willing=frozenset({"visit"})),
        like_anna("stopped", asks_stopped=True),
        like_anna("vetoed"),
    ]
    answer = suggest(snow(vetoed=frozenset({"vetoed"})), people, MONDAY)
    assert answer.groups == ()
    assert {one.volunteer: [reason.code for reason in one.reasons] for one in answer.excluded} == {
        "away": [Why.ABSENT],
        "enough": [Why.CEILING],
    }


@pytest.mark.rule("R31")
def test_a_vetoed_person_is_gone_for_every_host_and_leaves_no_hole() -> None:
    """With the veto the answer is what it would have been had the person not existed: no gap, no count, no reason."""
    kari = [
        like_anna("kari1", person="kari", village="sundoyra"),
        like_anna("kari2", person="kari", host="redcross", absences=(AWAY,)),
    ]
    others = [like_anna("ola", village="sundoyra"), like_anna("per", absences=(AWAY,))]
    without = suggest(snow(vetoed=frozenset({"kari"})), kari + others, MONDAY)
    assert without == suggest(STEPS, others, MONDAY)
    assert without != suggest(STEPS, kari + others, MONDAY)


def test_a_person_with_two_hosts_comes_up_once() -> None:
    rows = [like_anna("a", person="kari"), like_anna("b", person="kari", host="redcross", village="sundoyra")]
    assert shape(suggest(STEPS, rows, MONDAY)) == {"near": ["b"]}
    away = [like_anna("a", person="kari", absences=(AWAY,)), rows[1]]
    assert suggest(STEPS, away, MONDAY).excluded == ()


@pytest.mark.rule("R60")
def test_no_number_about_anyone_is_in_the_answer() -> None:
    """Figures in ticks are about the task (metres from door to door); nothing ranks or counts a person."""
    people = [like_anna(who, village="sundoyra", point=Point(61.91, 3.5), last_asked=MONDAY) for who in "abc"]
    answer = suggest(STEPS, people, MONDAY)
    figures = {key for group in answer.groups for one in group.people for tick in one.ticks for key, _ in tick.figures}
    assert figures == {"metres"}


@given(problem=problems())
def test_a_judge_finds_nothing_wrong(problem: MatchProblem) -> None:
    answer = suggest(problem.request, problem.volunteers, problem.on, problem.limit)
    assert judge_match(problem, answer) == ()


@given(volunteer=volunteers(), request=requests())
def test_fits_and_the_judge_agree(volunteer: Volunteer, request: Request) -> None:
    assert (fits(volunteer, request, TODAY) == ()) == may_be_asked(volunteer, request, TODAY)


@given(volunteer=volunteers(), request=requests())
def test_narrowing_never_drops_someone_who_fits(volunteer: Volunteer, request: Request) -> None:
    narrowed = narrowing(request, TODAY)
    if fits(volunteer, request, TODAY) == ():
        assert survives_silent(narrowed["silent"], volunteer)
        assert survives_told(narrowed["told"], volunteer)


@given(problem=problems())
def test_silent_narrowing_changes_nothing_and_told_narrowing_only_near_misses(problem: MatchProblem) -> None:
    narrowed = narrowing(problem.request, problem.on)
    rest = [problem.request, problem.on, problem.limit]
    silent = [row for row in problem.volunteers if survives_silent(narrowed["silent"], row)]
    both = [row for row in silent if survives_told(narrowed["told"], row)]
    answer = suggest(problem.request, problem.volunteers, *rest[1:])
    assert suggest(problem.request, silent, *rest[1:]) == answer
    assert suggest(problem.request, both, *rest[1:]).groups == answer.groups


@given(problem=problems())
def test_the_order_of_the_rows_does_not_matter(problem: MatchProblem) -> None:
    mixed = list(problem.volunteers)
    Random(1).shuffle(mixed)
    assert suggest(problem.request, mixed, problem.on, problem.limit) == suggest(
        problem.request, problem.volunteers, problem.on, problem.limit
    )


@pytest.mark.rule("R31")
@given(problem=problems())
def test_a_veto_is_the_same_as_not_being_there(problem: MatchProblem) -> None:
    request = problem.request
    there = [row for row in problem.volunteers if not {row.id, row.person} & request.vetoed]
    assert suggest(request, problem.volunteers, problem.on, problem.limit) == suggest(
        request, there, problem.on, problem.limit
    )
