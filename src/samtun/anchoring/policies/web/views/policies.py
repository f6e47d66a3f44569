"""The policies, one of them, and how it is written."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.anchoring.forums.queries import decided_items
from samtun.anchoring.policies import actions, queries
from samtun.anchoring.policies.enums import PolicyState
from samtun.anchoring.policies.queries import Whole
from samtun.anchoring.policies.rules import writes
from samtun.anchoring.policies.web import tables
from samtun.anchoring.policies.web.forms import EndForm, GoalForm, PolicyForm
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import Form
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref

WHY = gettext_noop("Follows what is decided")
READS = (Permission.OWN_PAGE, Permission.MANAGE_ORGANISATION)


@require_safe
@needs(*READS, purpose=WHY)
def policies(request: PageRequest) -> HttpResponse:
    """Show what is decided and what is being written, with how far it has come."""
    rows = [tables.policy_row(p, on=clock.today()) for p in queries.policies_visible_to(request.viewer)]
    context = {
        "holds": [row for row in rows if row["policy"].state == PolicyState.HOLDS],
        "written": [row for row in rows if row["policy"].state == PolicyState.WRITTEN],
        "ended": [row for row in rows if row["policy"].state == PolicyState.ENDED],
        "writes": bool(queries.own_to_write_for(request.viewer)),
    }  # fmt: skip
    return render(request, "policies/policies.html", context)


@require_http_methods(["GET", "POST"])
@needs(*READS, purpose=WHY)
def new(request: PageRequest) -> HttpResponse:
    """Begin a policy."""
    owners = queries.own_to_write_for(request.viewer)
    if not owners:
        raise NotYours
    items = decided_items(request.viewer, on=clock.today())
    form = PolicyForm(request.POST or None, owners=owners, items=items, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_policy(
                owner=form.cleaned_data["owner"], told=form.told, by=request.viewer, at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Begun. Write the goals now, and open it to everyone when it is decided."))
            return redirect("policy", made.id)
    context = {"form": form, "title": _("A new plan"), "button_words": _("Begin"), "lead": _("Only you read it yet.")}
    return render(request, "policies/write.html", context, status=422 if form.errors else 200)


@require_safe
@needs(*READS, purpose=WHY)
def policy(request: PageRequest, policy_id: uuid.UUID) -> HttpResponse:
    """Show a policy: what it says, who decided it, its goals with state and date, what serves them."""
    whole = queries.policy_for(request.viewer, policy_id)
    row = whole.row
    context = tables.policy_row(row, on=clock.today()) | {
        "found": row, "decided": tables.decided_words(row), "holds_words": tables.holds_words(row),
        "goals": tables.goal_rows(
            whole, on=clock.today(), serving=queries.serving(request.viewer, [goal for goal, _under in whole.goals])
        ),
        "writes": writes(request.viewer, row.owner_id) and row.state != PolicyState.ENDED,
        "is_written": row.state == PolicyState.WRITTEN, "holds": row.state == PolicyState.HOLDS,
        "slots": fragments(request.viewer, Ref("policy", row.id), on=clock.today(), of=row),
    }  # fmt: skip
    return render(request, "policies/policy.html", context)


@require_POST
@needs(*READS, purpose=WHY)
def open_up(request: PageRequest, policy_id: uuid.UUID) -> HttpResponse:
    """Open a policy to everyone."""
    whole = queries.policy_for(request.viewer, policy_id)
    try:
        actions.open_policy(policy=whole.row, by=request.viewer, at=clock.now())
        messages.success(request, _("Everyone can read it now."))
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    return redirect("policy", policy_id)


@require_http_methods(["GET", "POST"])
@needs(*READS, purpose=WHY)
def write(request: PageRequest, policy_id: uuid.UUID, act: str) -> HttpResponse:
    """Change the words, set a goal, or end it."""
    whole = queries.policy_for(request.viewer, policy_id)
    acts = {"ord": _change, "maal": _goal, "slutt": _end}
    if act not in acts or not writes(request.viewer, whole.row.owner_id):
        raise NotYours
    form, do, title, button, done = acts[act](request, whole)
    return form_page(request, whole, form, do, title=title, button=button, done=done)


def form_page(
    request: PageRequest, whole: Whole, form: Form, do: Callable[[], Any], *, title: str | Promise,
    button: str | Promise, done: str | Promise,
) -> HttpResponse:  # fmt: skip
    """Show a form on a page of its own, do what it says, and come back. What is refused stands on the page."""
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, str(done))
            return redirect("policy", whole.row.id)
    context = {"found": whole.row, "form": form, "title": title, "button_words": button}
    return render(request, "policies/write.html", context, status=422 if form.errors else 200)


type Act = tuple[Form, Callable[[], Any], str, str, str]


def _change(request: PageRequest, whole: Whole) -> Act:
    row, viewer = whole.row, request.viewer
    items = {item.id: item for item in decided_items(viewer, on=clock.today())}
    if row.item:
        items[row.item.id] = row.item
    told = {name: getattr(row, name) for name in (
        "sort", "title", "words", "decided_by", "decided_on", "since", "until")}  # fmt: skip
    initial = told | {"owner": str(row.owner_id), "item": str(row.item_id or ""), "seen": row.version}
    form = PolicyForm(request.POST or None, owners=[row.owner], items=items.values(), initial=initial)

    def do() -> None:
        seen = form.cleaned_data["seen"]
        actions.change_policy(policy=row, told=form.told, version=seen, by=viewer, at=clock.now())

    return form, do, _("Change the words"), _("Save"), _("Written down.")


def _goal(request: PageRequest, whole: Whole) -> Act:
    owners = queries.who_could_be_given(request.viewer, whole.row)
    form = GoalForm(request.POST or None, owners=owners)

    def do() -> None:
        actions.set_goal(policy=whole.row, by=request.viewer, at=clock.now(), **form.cleaned_data)

    return form, do, _("Set a goal"), _("Set the goal"), _("Set. Who answers for it names somebody now.")


def _end(request: PageRequest, whole: Whole) -> Act:
    form = EndForm(request.POST or None)

    def do() -> None:
        actions.end_policy(policy=whole.row, by=request.viewer, at=clock.now(), **form.cleaned_data)

    return form, do, _("It does not hold any more"), _("End it"), _("Written down. It can still be read.")
