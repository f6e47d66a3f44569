"""Every deferred job exists and takes what it is given (convention 24); nothing waits inside a job."""

import ast
import inspect

from samtun.foundation.jobs import known_jobs
from tests.architecture.source import SAMTUN, python_files, rel, tree

OWN = {"tenant", "schedule_in"}  # what `defer` takes for itself


def deferred(module: ast.Module) -> list[tuple[int, ast.Call]]:
    """Calls of `defer`, with their line."""
    return [
        (node.lineno, node)
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") == "defer" or getattr(node.func, "attr", "") == "defer")
        and node.args
    ]


def fault(call: ast.Call, jobs: dict[str, inspect.Signature]) -> str:
    """What is wrong with one call; empty when nothing."""
    name = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
    if name is None:
        return "the job's name is not written out"
    if name not in jobs:
        return f"no job is called {name}"
    if any(k.arg is None for k in call.keywords):
        return "arguments are not written out"
    given = {k.arg for k in call.keywords} - OWN
    listed = {n for n, p in jobs[name].parameters.items() if p.kind is not p.VAR_KEYWORD} - OWN
    needed = {n for n in listed if jobs[name].parameters[n].default is inspect.Parameter.empty}
    if given - listed:
        return f"{name} does not list {', '.join(sorted(given - listed))}"
    return f"{name} needs {', '.join(sorted(needed - given))}" if needed - given else ""


def test_every_deferred_job_exists_and_its_arguments_bind():
    jobs = known_jobs()
    calls = [
        (f"{rel(path)}:{line}", call)
        for path in python_files(SAMTUN)
        if path.name != "jobs.py"
        for line, call in deferred(tree(path))
    ]
    assert calls, "no deferred job was looked at"
    assert [f"{where}: {what}" for where, call in calls if (what := fault(call, jobs))] == []


def test_a_wrong_deferral_is_seen():
    def run(*, event_id: str, receiver: str = "", **_later: str) -> None: ...

    jobs = {"room.job": inspect.signature(run)}
    sample = ast.parse(
        "defer('room.job', event_id=1)\ndefer('room.job', event_id=1, receiver='a', tenant=t, schedule_in=3)\n"
        "defer('room.jobb', event_id=1)\ndefer('room.job', evnt_id=1)\ndefer('room.job')\ndefer(name, event_id=1)\n"
        "defer('room.job', **all)\n"
    )
    assert [bool(fault(call, jobs)) for _line, call in deferred(sample)] == [False, False, True, True, True, True, True]


def test_jobs_take_keywords_and_tolerate_later_ones():
    """An older worker must survive a newer caller's extra argument (convention 23)."""
    found = {
        name: str(signature)
        for name, signature in known_jobs().items()
        if any(p.kind not in {p.KEYWORD_ONLY, p.VAR_KEYWORD} for p in signature.parameters.values())
        or not any(p.kind is p.VAR_KEYWORD for p in signature.parameters.values())
    }
    assert found == {}


def sleeps(module: ast.Module) -> list[int]:
    """Lines that wait by the clock."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "sleep"
        and getattr(node.func.value, "id", "") in {"time", "asyncio"}
    ]


def test_nobody_waits_by_the_clock():
    allowed = {
        "src/samtun/config/live.py",  # a process of its own (ADR 32): its rounds, and before it listens anew
        "src/samtun/foundation/scope.py",  # before trying a deadlocked scope again
        "src/samtun/foundation/supervising.py",  # a process of its own, with no work but to look at the others
        "src/samtun/notifications/messages/management/commands/reap.py",  # a process of its own, beside the queue
    }
    files = [p for p in python_files(SAMTUN) if rel(p) not in allowed]
    assert [f"{rel(p)}:{line}" for p in files for line in sleeps(tree(p))] == []


def test_waiting_is_seen():
    assert sleeps(ast.parse("import time\ntime.sleep(1)\nevent.wait(1)")) == [2]
