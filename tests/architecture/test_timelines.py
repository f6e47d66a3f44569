"""Every thing that has a page of its own tells there what has happened to it."""

import ast

import pytest

from samtun.foundation import refs
from tests.architecture.source import SAMTUN, python_files, tree

TOLD_ELSEWHERE = {
    "booking": "its steps stand on its own page, with what was said (`BookingStep`)",
    "ask": "has no page: what is asked of a volunteer is told on the wish",
    "consent": "has no page: given and taken back is told on the person",
    "feedback": "its steps stand on its own page, with how long each took (`FeedbackStep`)",
    "home_visit": "what is done with it is told on the wish it is about",
    "idea": "its steps stand on its own page, with the words its lead has had (`IdeaStep`)",
    "match": "has no page: what comes of it is told on the wish",
    "mentor_plan": "has no page: it is told on the volunteer",
    "thanks": "a list of the week: what is done is told on each person",
    "visit": "one date of a standing arrangement: told on the arrangement",
}
NO_PAGE = {
    "account": "logins, for the one themselves and for support",
    "concern": "no timeline anywhere: two kinds of words that never mix (ADR 23)",
    "inbound": "a line among the messages",
    "municipality": "the set-up of all",
    "owner": "what stands behind an organisation",
    "personal_call": "a to-do, and told on the person it was about",
    "place": "set-up",
    "pocket_note": "its author's own until it is passed on",
    "police_purpose": "set-up",
    "till": "what is paid is the cashier's: the record says that something was written there, never what",
    "sheet": "paper of one day",
    "suggestion": "a line on its unit's own list; told nowhere else, so that nobody learns of it",
    "timetable": "set-up",
    "village": "set-up",
}


def named(call: ast.Call, name: str) -> bool:
    return name in (getattr(call.func, "id", ""), getattr(call.func, "attr", ""))


def shown_in(module: ast.Module) -> set[str]:
    """The kinds for which a module shows a timeline: asks for the history of one, or puts it into its slot."""
    found = set()
    for call in (n for n in ast.walk(module) if isinstance(n, ast.Call)):
        if named(call, "history"):
            found |= {kind_of(part) for part in call.args}
        if named(call, "register") and {getattr(a, "id", "") for a in call.args} & {"on_own", "on_shared"}:
            found.add(call.args[0].value)
    return found - {""}


def kind_of(part: ast.expr) -> str:
    is_ref = isinstance(part, ast.Call) and named(part, "Ref") and isinstance(part.args[0], ast.Constant)
    return part.args[0].value if is_ref else ""


def recorded_in(module: ast.Module) -> set[str]:
    calls = [n for n in ast.walk(module) if isinstance(n, ast.Call) and (named(n, "record") or named(n, "record_many"))]
    return {kind_of(part) for call in calls for part in ast.walk(call) if isinstance(part, ast.expr)} - {""}


@pytest.fixture(scope="module")
def shown():
    return set().union(*(shown_in(tree(path)) for path in python_files(SAMTUN)))


def test_every_kind_with_a_page_has_a_timeline(shown):
    assert set(refs.known_kinds()) - shown - set(TOLD_ELSEWHERE) == set(), "show `history` or `on_own` on its page"


def test_everything_that_acts_are_recorded_on_has_a_timeline_or_no_page(shown):
    recorded = set().union(*(recorded_in(tree(path)) for path in python_files(SAMTUN)))
    assert len(recorded) > 20
    told = shown | set(TOLD_ELSEWHERE) | set(NO_PAGE)
    assert recorded - told == set(), "show its timeline, or say why it has no page"


def test_no_exception_outlives_its_reason(shown):
    assert shown & (set(TOLD_ELSEWHERE) | set(NO_PAGE)) == set()
    assert set(TOLD_ELSEWHERE) <= set(refs.known_kinds())


def test_a_forgotten_timeline_is_seen():
    sample = ast.parse(
        "rows = history(viewer, Ref('a', x), whole=True)\nslots.register('b', on_own, order=90)\n"
        "slots.register('c', _on_c)\nrecord('room.verb', Ref('d', x), by=by)"
    )
    assert (shown_in(sample), recorded_in(sample)) == ({"a", "b"}, {"d"})
