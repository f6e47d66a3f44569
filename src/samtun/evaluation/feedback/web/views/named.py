"""For the professional who is named, for the coordinator without the words, and where a yes is written down."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.evaluation.feedback.actions import contacts
from samtun.evaluation.feedback.actions import differing as actions
from samtun.evaluation.feedback.models import Contact, HeadsUp
from samtun.evaluation.feedback.queries import differing as queries
from samtun.evaluation.feedback.rules import may_ask_persons
from samtun.evaluation.feedback.web.forms import ContactForm
from samtun.evaluation.feedback.web.views.different import PURPOSE
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.queries import everyone_of, own_owners, person_for

UNITS = (Organisation.Kind.UNIT, Organisation.Kind.MUNICIPALITY)


@require_safe
@needs(Permission.OWN_PAGE, purpose=PURPOSE)
def told(request: PageRequest) -> HttpResponse:
    """What has come to the one named, newest first: initials, until opened."""
    rows = queries.told_to(request.viewer, at=clock.now())
    return render(request, "feedback/told.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=PURPOSE)
def heads_up(request: PageRequest, heads_up_id: uuid.UUID) -> HttpResponse:
    """One word: to the one named with the words and one button; to the coordinator that it exists and how far it is."""
    found = queries.heads_up_for(request.viewer, heads_up_id)
    if request.method == "POST":
        act(request, found)
        return redirect("heads_up", found.id)
    return render(request, "feedback/heads_up.html", page(request, found))


def page(request: PageRequest, found: HeadsUp) -> dict[str, object]:
    """Return what the page of one word shows this viewer."""
    viewer = request.viewer
    contact = queries.contact_of(found.about_id, found.owner_id) if found.about_id else None
    return {
        "found": found, "words": queries.words_of(found) if queries.reads_words(viewer, found) else None,
        "is_named": queries.is_named(viewer, found), "asks": may_ask_persons(viewer, found.owner),
        "contact": contact, "sees_person": viewer.may(Permission.SEE_PERSONS),
        "events": queries.what_happened(viewer, found),
    }  # fmt: skip


def act(request: PageRequest, found: HeadsUp) -> None:
    """Do what was pressed on the page of one word; a refusal becomes a sentence."""
    by, at, pressed = request.viewer, clock.now(), request.POST.get("act", "")
    try:
        if pressed == "received":
            actions.receive(heads_up=found, will=request.POST.get("will", ""), by=by, at=at)
            messages.success(request, _("Received.") + "\n" + _("The volunteer is told that you have it."))
        elif pressed == "pass_on":
            actions.pass_on_after_all(heads_up=found, by=by, at=at)
            messages.success(request, _("It is passed on to the one the person has named."))
        elif pressed == "keep":
            actions.keep_to_ourselves(heads_up=found, by=by, at=at)
            messages.success(request, _("Closed. The words are erased."))
    except Refused as refusal:
        messages.warning(request, _(refusal.message))


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_PERSONS, purpose="writing down whom a person lets us tell")
def contact(request: PageRequest, person_id: uuid.UUID) -> HttpResponse:
    """Write down whom the person has agreed may be told."""
    person = person_for(request.viewer, person_id)
    owners = own_owners(request.viewer)
    if not owners or person.is_dead:
        raise NotYours
    units = Organisation.objects.filter(kind__in=UNITS, owner__left_on=None).select_related("owner")
    units = units.order_by("-kind", "name")  # units before the municipality itself
    form = ContactForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            contacts.name_professional(
                person=person, owner=owners[0], unit=data["unit"].owner, who=form.who(), deputy=form.deputy(),
                title=data["title"], basis=data["basis"], form=data["form"], given_by=data["given_by"],
                by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("It is written down whom we may tell."))
            return redirect("person", person.id)
    context = {"form": form, "person": person}
    return render(request, "feedback/contact.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.OWN_PAGE, purpose="taking back whom we may tell")
def take_back(request: PageRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Take the yes back: the person, or a coordinator whom the person has told."""
    found = Contact.objects.filter(id=contact_id, ended_at=None).select_related("consent", "person").first()
    viewer = request.viewer
    if found is None:
        raise NotYours
    own = viewer.person is not None and found.person_id in everyone_of(viewer.person)
    if not own and not (viewer.may(Permission.SEE_PERSONS) and found.owner_id in viewer.owners):
        raise NotYours
    contacts.take_back(contact=found, by=viewer, at=clock.now())
    messages.success(request, _("The yes is taken back. From now on nobody is told."))
    return redirect("home") if own else redirect("person", found.person_id)
