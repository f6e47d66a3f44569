"""Jobs: deferred inside the transaction that needs them, by name, with ids only (conventions 23-24).

A task's first keyword is the municipality; its scope is opened here. Arguments are bound against the task when
deferred, because a misspelt one would otherwise fail first in the worker.
"""

import functools
import inspect
import uuid
from collections.abc import Callable
from typing import Any

from procrastinate.contrib.django import app

from samtun.foundation.scope import current_tenant, in_scope, open_scope, retrying

_signatures: dict[str, inspect.Signature] = {}


class UnknownJob(LookupError):
    """No task has this name."""


def job(name: str, *, queue: str = "default", lock: str | None = None, retry: int = 5) -> Callable[..., Any]:
    """Declare a task `def run(*, some_id, **later)`. It runs in the scope of the municipality it was deferred for."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        _signatures[name] = inspect.signature(function)

        @app.task(name=name, queue=queue, lock=lock, retry=retry)
        @functools.wraps(function)
        def run(*, tenant: str, **arguments: Any) -> None:
            def in_its_scope() -> None:
                with open_scope(uuid.UUID(tenant)):
                    function(**arguments)

            retrying(in_its_scope)

        return run

    return declare


def outside_scope(name: str, *, queue: str = "default", retry: int = 5) -> Callable[..., Any]:
    """Declare a task that opens its scopes itself, because it calls the outside between them."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        _signatures[name] = inspect.signature(function)

        @app.task(name=name, queue=queue, retry=retry)
        @functools.wraps(function)
        def run(*, tenant: str, **arguments: Any) -> None:
            function(tenant=uuid.UUID(tenant), **arguments)

        return run

    return declare


def hourly(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a task `def run(*, **later)` that is done every full hour, in the scope of each municipality in turn.

    The hour on the wall is the task's own affair: the queue counts in UTC. After a stop it is done at the next hour.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        run = job(name)(function)

        @app.periodic(cron="0 * * * *", periodic_id=name)
        @app.task(name=f"{name}.hourly", queue="default", queueing_lock=f"{name}.hourly")
        def every_hour(timestamp: int) -> None:
            from samtun.foundation.models import Municipality  # inline: apps not ready

            for tenant in Municipality.objects.order_by("id").values_list("id", flat=True):
                defer(name, tenant=tenant)

        return run

    return declare


def defer(name: str, *, tenant: uuid.UUID | None = None, schedule_in: int | None = None, **ids: Any) -> None:
    """Defer a known task with arguments it lists. `schedule_in` is in seconds."""
    signature = _signatures.get(name)
    if signature is None:
        raise UnknownJob(f"No task is called {name}.")
    text = {key: str(value) if isinstance(value, uuid.UUID) else value for key, value in ids.items()}
    listed = {p for p, v in signature.parameters.items() if v.kind is not inspect.Parameter.VAR_KEYWORD}
    if strange := set(text) - listed:
        raise TypeError(f"The task {name} does not list {', '.join(sorted(strange))}.")
    whose = tenant or (current_tenant() if in_scope() else None)
    bound = dict(text)
    if "tenant" in listed:
        bound["tenant"] = whose
    signature.bind(**bound)
    options: dict[str, Any] = {"schedule_in": {"seconds": schedule_in}} if schedule_in else {}
    app.configure_task(name, allow_unknown=False, **options).defer(tenant=str(whose), **text)


def known_jobs() -> dict[str, inspect.Signature]:
    """Return every declared task and what it takes."""
    return dict(_signatures)
