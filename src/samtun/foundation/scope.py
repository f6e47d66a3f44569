"""One scope = one database transaction with a municipality and a viewer (decisions 1).

Row-level security reads `app.tenant`, set here for the transaction only. Nothing may be rendered lazily after
the scope has closed: the policies would then answer with no rows.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import OperationalError, connection, transaction

from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import OutsideScope

_current: ContextVar["Scope | None"] = ContextVar("samtun_scope", default=None)


@dataclass(slots=True)
class Scope:
    """The open scope: whose data, for whom, and which persons have been shown so far."""

    tenant: uuid.UUID
    viewer: Viewer
    seen: dict[str, set[uuid.UUID]] = field(default_factory=dict)

    def saw(self, *persons: uuid.UUID | None, how: str = "opened") -> None:
        """Note that persons are shown in this request: `listed`, `opened` or `exported` (decisions 23)."""
        self.seen.setdefault(how, set()).update(p for p in persons if p)


def current_scope() -> Scope:
    """Return the open scope; OutsideScope when there is none."""
    scope = _current.get()
    if scope is None:
        raise OutsideScope("No scope is open: wrap the work in samtun.foundation.scope.open_scope(...).")
    return scope


def current_tenant() -> uuid.UUID:
    """Return the open scope's municipality."""
    return current_scope().tenant


def in_scope() -> bool:
    """Tell whether a scope is open."""
    return _current.get() is not None


@contextmanager
def open_scope(tenant: uuid.UUID, viewer: Viewer | None = None) -> Iterator[Scope]:
    """Open a scope. Scopes do not nest within one municipality's work; tests may open several in turn."""
    if (outer := _current.get()) is not None:
        raise OutsideScope(f"A scope for {outer.tenant} is already open.")
    scope = Scope(tenant=tenant, viewer=viewer or Viewer.system(tenant))
    nested = connection.in_atomic_block  # only in tests, where the whole test is one transaction
    token = _current.set(scope)
    try:
        with transaction.atomic():
            _set_tenant(str(tenant))
            yield scope
            if nested and not connection.needs_rollback:
                _set_tenant("")
    except BaseException:
        if nested and not connection.needs_rollback:
            _set_tenant("")
        raise
    finally:
        _current.reset(token)


def _set_tenant(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.tenant', %s, true)", [value])


RETRIED = {"40001", "40P01"}


def retrying[T](work: Callable[[], T], tries: int = 3) -> T:
    """Run `work` (which opens its own scope), again at most twice after a serialisation failure or deadlock."""
    for attempt in range(tries):
        try:
            return work()
        except OperationalError as error:
            code = getattr(error.__cause__, "sqlstate", None)
            if code not in RETRIED or attempt == tries - 1 or connection.in_atomic_block:
                raise
            time.sleep(0.02 * (attempt + 1))
    raise AssertionError("unreachable")
