"""What needs a hand today: one list, one query."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.work.todos.queries import Line, due_for


@needs(Permission.SEE_DESK, purpose="seeing what is due")
def desk(request: PageRequest) -> HttpResponse:
    """Show what is due for the hat worn, earliest first."""
    at = clock.now()
    lines = due_for(request.viewer, at=at)
    rows = [{"line": line, "when": _when(line)} for line in lines]
    first_name = request.viewer.name.split(" ")[0]
    context = {
        "rows": rows, "late": sum(line.is_late for line in lines), "number": len(lines), "first_name": first_name,
        "handles": request.viewer.may(Permission.HANDLE_REQUESTS), "today": clock.today(),
    }  # fmt: skip
    return render(request, "desk/desk.html", context)


def _when(line: Line) -> str:
    """Return when it is due, as one says it."""
    due = clock.wall(line.due)
    days = (due.date() - clock.today()).days
    if days < 0:
        return _("due %(day)s") % {"day": date_format(due, "j. F")}
    if days == 0:
        return _("today")
    return _("tomorrow") if days == 1 else date_format(due, "l j. F")
