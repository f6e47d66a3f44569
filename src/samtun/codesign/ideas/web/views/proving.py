"""A number is proved: by the code we sent, or by a call when no code came."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.codesign.ideas.actions import adding, entering, helping
from samtun.codesign.ideas.actions.entering import is_unproven, send_proof
from samtun.codesign.ideas.models import Addition, Helper, Idea
from samtun.codesign.ideas.queries import helper_path, own_path
from samtun.codesign.ideas.rules import proof_fits
from samtun.codesign.ideas.web.forms import CodeForm
from samtun.foundation.access import PageRequest, public
from samtun.foundation.devices import remember, remembered
from samtun.foundation.limits import limit
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.names import split_name
from samtun.kernel.refs import Ref
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person

type Row = Idea | Helper | Addition

WAITS = 900
KINDS: dict[str, type[Row]] = {"ide": Idea, "med": Helper, "og": Addition}


def who_it_is(request: PageRequest, owner: Owner, data: dict[str, Any]) -> Person:
    """Return the person with a name and a number, known to an owner from now on."""
    given, family = split_name(data["name"])
    by = Viewer.system(request.municipality.id, frozenset({owner.id}))
    facts = {"given_name": given[:60], "family_name": family[:60], "phone": data["phone"]}
    if data["phone"]:
        facts["phone_kind"] = data["phone_kind"]
    return register_person(owner=owner, source="idea", by=by, at=clock.now(), **facts)


def send_to_door(request: PageRequest, kind: str, row: Row, person: Person, owner: Owner) -> HttpResponse:
    """Send a code to a mobile and the sender to where it is typed; to thanks when we are to ring instead."""
    request.scope.saw(person.id)
    if not is_unproven(row):
        return redirect("idea_thanks")
    if person.phone_kind != Person.Reached.MOBILE or not person.phone:
        return redirect("idea_thanks")
    by = Viewer.system(request.municipality.id, frozenset({owner.id}))
    idea = idea_of(row)
    code_id = send_proof(ref=Ref("idea", idea.id), person=person.id, owner=owner.id, by=by, at=clock.now())
    response = redirect("idea_code", kind, row.id)
    remember(response, "idea_code", row.id, str(code_id), seconds=WAITS, path="/ide/kode/")
    return response


def idea_of(row: Row) -> Idea:
    """Return the idea that something belongs to."""
    if isinstance(row, Idea):
        return row
    return row.idea if isinstance(row, Addition) else row.initiative.idea


@require_http_methods(["GET", "POST"])
@public
def code(request: PageRequest, kind: str, thing_id: uuid.UUID) -> HttpResponse:
    """The code we sent shows that it was really they; without it we ring all the same."""
    request.private = True
    model = KINDS.get(kind)
    row = model.objects.filter(id=thing_id).first() if model else None
    sent = remembered(request, "idea_code", thing_id, seconds=WAITS)
    if row is None or not sent:
        raise Http404
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        try:
            limit("idea_prove", str(thing_id), at=at, most=6)
            fits = proof_fits(uuid.UUID(sent), form.cleaned_data["code"], at=at)
        except Refused as refusal:
            form.add_error("code", _(refusal.message))
        else:
            if fits:
                return redirect(_prove(request, row))
            sentence = _("That is not the code, or it is older than ten minutes. We ring you if it does not work.")
            form.add_error("code", sentence)
    return render(request, "ideas/code.html", {"form": form}, status=422 if form.errors else 200)


def _prove(request: PageRequest, row: Row) -> str:
    """Note that it was they, and return where they go from here."""
    idea, at = idea_of(row), clock.now()
    by = Viewer.system(request.municipality.id, frozenset({idea.owner_id}))
    if isinstance(row, Idea):
        return own_path(entering.prove(idea=row, how="code", by=by, at=at) if is_unproven(row) else row)
    if isinstance(row, Helper):
        return helper_path(helping.prove_helper(helper=row, by=by, at=at))
    adding.prove_addition(addition=row, by=by, at=at)
    return "idea_thanks"
