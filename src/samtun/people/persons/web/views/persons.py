"""Pages of persons: find, write down, look up, change."""

import re
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.persons import actions, queries
from samtun.people.persons.models import Person
from samtun.people.persons.rules import may_change, may_note_death, may_register, sees_address
from samtun.people.persons.web.forms import ChangeForm, NewPersonForm, guess

FIELD = re.compile(r"[a-z_]{1,30}")


@require_safe
@needs(Permission.SEE_PERSONS, purpose="finding a person")
def persons(request: PageRequest) -> HttpResponse:
    """Find a person by the first letters of the name, or the whole number."""
    q = request.GET.get("q", "")[:80]
    hits = queries.find_as_you_type(request.viewer, q, at=clock.now())
    context = {"q": q, "hits": hits, "short": _is_short(q), "may_register": may_register(request.viewer)}
    only_hits = bool(request.headers.get("HX-Request"))
    return render(request, "persons/persons.html#hits" if only_hits else "persons/persons.html", context)


@require_safe
@needs(Permission.SEE_PERSONS, purpose="finding a person")
def person_find(request: PageRequest) -> HttpResponse:
    """Return hits as choices for another page's form; `field` names them."""
    q, field = request.GET.get("q", "")[:80], request.GET.get("field", "person")
    context = {
        "q": q, "hits": queries.find_as_you_type(request.viewer, q, at=clock.now()), "short": _is_short(q),
        "field": field if FIELD.fullmatch(field) else "person", "chosen": request.GET.get("person", ""),
    }  # fmt: skip
    return render(request, "persons/find.html", context)


def _is_short(q: str) -> bool:
    return 0 < len("".join(q.split())) < queries.FEWEST_LETTERS


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="writing down a person")
def person_new(request: PageRequest) -> HttpResponse:
    """Write down a person; whoever has the same name and number is the same person."""
    posted = request.POST if request.method == "POST" else None
    owners = queries.own_owners(request.viewer)
    form = NewPersonForm(posted, owners=owners, this_year=clock.today().year, initial=guess(request.GET.get("q", "")))
    if posted is not None and form.is_valid():
        facts = form.facts()
        stood = queries.known_same(request.viewer, **{k: facts[k] for k in ("given_name", "family_name", "phone")})
        try:
            made = actions.register_person(
                owner=form.chosen_owner, source="desk", by=request.viewer, at=clock.now(), **facts
            )
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            words = _("%(name)s stood here already. This is what stands.") if stood else _("%(name)s is written down.")
            messages.success(request, words % {"name": made.full_name})
            return redirect("person", made.id)
    return render(request, "persons/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@needs(Permission.SEE_PERSONS, purpose="looking up a person")
def person(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """One person: how to reach them, what they have said about contact, and what other rooms tell."""
    found = queries.person_for(request.viewer, person_id)
    if found.id != person_id:
        return redirect("person", found.id)
    return render(request, "persons/person.html", _page(request, found))


def _page(request: PageRequest, found: Person) -> dict[str, Any]:
    sees = sees_address(request.viewer, found)
    return {
        "person": found, "sees_where": sees, "address": queries.shown_address(request.viewer, found),
        "away": None if found.is_dead else queries.away_of(found.id),
        "may_note_death": may_note_death(request.viewer, found),
        "changes": may_change(request.viewer, found), "is_landline": found.phone_kind == Person.Reached.LANDLINE,
        "merges": queries.merges_of(found.id),
        "slots": fragments(request.viewer, Ref("person", found.id), on=clock.today(), of=found),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="mending what stands about a person")
def person_change(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """Change what stands. Changed by another meanwhile: both versions are shown, and nothing typed is lost."""
    found = queries.person_for(request.viewer, person_id)
    if not may_change(request.viewer, found):
        raise NotYours
    posted = request.POST if request.method == "POST" else None
    sees = sees_address(request.viewer, found)
    form = ChangeForm(posted, person=found, sees_where=sees, this_year=clock.today().year)
    conflict: list[tuple[str, str, str]] = []
    status = 200
    if posted is not None:
        status = 422
        if form.is_valid():
            try:
                actions.change_person(
                    person=found,
                    version=form.cleaned_data["version"],
                    by=request.viewer,
                    at=clock.now(),
                    **form.facts(),
                )
            except actions.ChangedMeanwhile:
                conflict, status = form.differences() or [("", "", "")], 409
                form.take_version()
            except Refused as refusal:
                form.add_error(None, _(refusal.message))
            else:
                messages.success(request, _("Saved."))
                return redirect("person", found.id)
    context = {"person": found, "form": form, "conflict": conflict, "sees_where": sees}
    return render(request, "persons/change.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="protecting a person's address")
def protection(request: PageRequest, person_id: uuid.UUID, *, protected: bool) -> HttpResponse:
    """Ask once more, naming the effect; then hide the address, or show it again."""
    found = queries.person_for(request.viewer, person_id)
    if not may_change(request.viewer, found) or not (protected or sees_address(request.viewer, found)):
        raise NotYours
    if request.method == "POST":
        actions.set_protection(person=found, protected=protected, by=request.viewer, at=clock.now())
        messages.success(request, _("The address is protected.") if protected else _("The address is shown again."))
        return redirect("person", found.id)
    if protected:
        title, yes = _("Protect the address of %(name)s?"), _("Yes, protect the address")
        effects = [
            _("Address and village are hidden from everyone who does not have the right to see them."),
            _("The search finds the person only by full name and year of birth, for those with that right."),
            _("Volunteers do not get the address. You settle by telephone where to meet."),
        ]
    else:
        title, yes = _("Show the address of %(name)s again?"), _("Yes, show the address")
        effects = [_("Everyone who knows the person here sees address and village again.")]
    return _ask(request, found, title, effects, yes)


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="respecting a wish for no contact")
def contact(request: PageRequest, person_id: uuid.UUID, *, silent: bool) -> HttpResponse:
    """Ask once more, naming the effect; then leave the person in peace, or be in touch again."""
    found = queries.person_for(request.viewer, person_id)
    if not may_change(request.viewer, found):
        raise NotYours
    if request.method == "POST":
        actions.set_do_not_contact(person=found, do_not_contact=silent, by=request.viewer, at=clock.now())
        words = _("%(name)s is left in peace.") if silent else _("We may be in touch with %(name)s again.")
        messages.success(request, words % {"name": found.given_name})
        return redirect("person", found.id)
    if silent:
        title, yes = _("Leave %(name)s in peace?"), _("Yes, stop all contact")
        effects = [
            _("No texts, letters or calls go out from here, whoever asks for it."),
            _("Nobody can write down a new wish for the person, and nobody asks them to help."),
            _("What stands, stands. Ring first if something is agreed already."),
        ]
    else:
        title, yes = _("Be in touch with %(name)s again?"), _("Yes, they have said so themselves")
        effects = [_("We may ring and write again. Only do this when the person has said so themselves.")]
    return _ask(request, found, title, effects, yes)


def _ask(request: PageRequest, found: Person, title: str, effects: list[str], yes: str) -> HttpResponse:
    context = {
        "person": found, "title": title % {"name": found.full_name}, "effects": effects, "yes": yes,
        "back": reverse("person", args=[found.id]), "here": request.path,
    }  # fmt: skip
    return render(request, "persons/sure.html", context)
