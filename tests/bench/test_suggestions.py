"""How long it takes to find who can be asked, with the database, and the engine alone."""

import datetime as dt

import pytest

from planning.problems.matching import suggest
from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.operation.help_requests import planner
from samtun.operation.plans.queries import suggest_for
from tests.bench import crowd, measure

GOAL_MS = 30
GOAL_AT = 2_000


@pytest.fixture
def request_among(tun):
    """Make so many volunteers, and Anna's wish for snow off her steps on the coming Thursday."""

    def make(number, all_willing):
        today = clock.today()
        anna = tun.recipient()
        others = crowd.recipients(number // 4, owner=tun.centre, village=tun.near, today=today)
        crowd.settle(
            number, host=tun.centre, recipients=[anna, *others], kinds={"snow": tun.snow, "visit": tun.visit},
            villages=[tun.near, tun.small], today=today, all_willing=frozenset({"snow"} if all_willing else ()),
        )  # fmt: skip
        return tun.request(anna, on=today + dt.timedelta(days=(3 - today.weekday()) % 7 or 7))

    return make


@pytest.mark.bench
@pytest.mark.parametrize(
    ("number", "all_willing"), [(60, False), (2_000, False), (2_000, True), (20_000, False)],
    ids=["60", "2000", "2000-all-willing", "20000"],
)  # fmt: skip
def test_suggestions(tun, request_among, vacuumed, number, all_willing):
    with open_scope(tun.municipality.id):
        request = request_among(number, all_willing)
    vacuumed()
    today, viewer = clock.today(), tun.viewer()
    with open_scope(tun.municipality.id):

        def whole():
            return suggest_for("help_request", request.id, viewer, on=today)

        with measure.listening() as asked:
            shown = whole()
        problem = planner.build(request.id, viewer, today, None)
        timings = measure.interleaved(
            {"whole": whole, "engine": lambda: suggest(problem.request, problem.volunteers, today, 8)},
            times=40 if number <= GOAL_AT else 10,
        )
        cost = measure.cost(asked)
    has_goal = number == GOAL_AT and not all_willing
    measure.write(
        f"suggestions-{number}{'-all-willing' if all_willing else ''}",
        {
            "volunteers": number,
            "with_database": timings["whole"],
            "engine_alone": timings["engine"],
            "statements": len(asked.statements),
            "rows": cost.rows,
            "rows_read": cost.read,
            "buffers": cost.buffers,
            "judged_by_the_rules": len(problem.volunteers),
            "suggested": sum(len(group.people) for group in shown.suggestions.groups),
            "near_misses": len(shown.excluded),
        },
        goal=f"p95 with the database at most {GOAL_MS} ms" if has_goal else "",
        reached=timings["whole"].p95 <= GOAL_MS if has_goal else None,
    )
    assert len(asked.statements) == 2
    assert shown.suggestions.groups, "nobody suggested: nothing was measured"
