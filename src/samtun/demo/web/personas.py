"""Being somebody: the demo's way in, without password or code."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samtun.demo.personas import PERSONAS, Persona, persona, personas_of
from samtun.demo.queries import slug_of
from samtun.demo.valley import dalgrend, elvefjord
from samtun.foundation import hats, sessions
from samtun.foundation.access import PageRequest, public
from samtun.foundation.models import Municipality
from samtun.foundation.viewer import Hat, Permission, Viewer
from samtun.kernel import clock
from samtun.people.accounts.actions import logged_in
from samtun.people.accounts.queries import account_by

START = (
    (Permission.SEE_DESK, "desk"),
    (Permission.READ_ACCESS_LOG, "who_looked"),
    (Permission.MANAGE_SETTINGS, "roles"),
    (Permission.MANAGE_ORGANISATION, "organisations"),
    (Permission.OWN_PAGE, "home"),
    (Permission.OWN_PAGE, "hats"),
)
"""Where each sort of hat begins its day, the first that is there."""


@public
def choose(request: PageRequest) -> HttpResponse:
    """Show who one can be here, and the way to the neighbour."""
    here = personas_of(request.municipality.slug)
    others = Municipality.objects.filter(is_demo=True).exclude(id=request.municipality.id)
    known = others.filter(slug__in={one.valley for one in PERSONAS}).order_by("slug")
    now = request.viewer.name
    rows = [
        {
            "slug": one.slug, "name": name, "who": one.who, "sentence": one.sentence, "logs_in": one.role is not None,
            "phone": f"{reverse('demo_telephone')}?hvem={slug_of(name)}", "is_you": name == now,
        }
        for one in here
        for name in [_name(one)]
    ]  # fmt: skip
    neighbours = [{"name": m.name, "url": _demo_of(request, m)} for m in known]
    return render(request, "demo/personas.html", {"rows": rows, "neighbours": neighbours})


def _name(one: Persona) -> str:
    """Return what the persona is called: names do not depend on day or seed of the loaded valley."""
    make = dalgrend if one.valley == "dalgrend" else elvefjord
    return _names.setdefault(one.slug, (valley := make(clock.today())).person(one.key_in(valley)).name)


_names: dict[str, str] = {}


def _demo_of(request: PageRequest, municipality: Municipality) -> str:
    _host, colon, port = request.get_host().partition(":")
    return f"{request.scheme}://{municipality.host}{colon}{port}{reverse('demo')}"


@public
@require_POST
def be(request: PageRequest, slug: str) -> HttpResponse:
    """Log in as somebody, wearing the hat they are known for; the second factor counts as done."""
    one = persona(slug)
    account = account_by("email", one.email) if one and settings.DEMO else None
    who = hats.identify(account.id) if account else None
    if one is None or account is None or who is None or who.person is None or not request.municipality.is_demo:
        raise Http404
    at = clock.now()
    sessions.begin(request, account=account.id, provider="demo", second_factor=True, at=at)
    hat = _hat(one, who.person)
    request.session["hats"] = {str(request.municipality.id): hat.key}
    by = Viewer(tenant=request.municipality.id, hat=hat, account=account.id, person=who.person, name=who.name)
    logged_in(account=account.id, way="demo", by=by, at=at)
    messages.success(request, gettext("You are now %(name)s.") % {"name": who.name})
    answer = redirect(start_of(hat))
    sessions.forget_marks(answer)
    return answer


def _hat(one: Persona, person: uuid.UUID) -> Hat:
    """Return the hat the persona is known for, or the one with most to do."""
    found = hats.hats_of(person)
    known_for = [hat for hat in found if hat.role == one.role]
    worn = hats.worn_first(known_for or found, second_factor=True)
    if worn is None:
        raise Http404
    return worn


def start_of(hat: Hat) -> str:
    """Return the address where somebody with this hat begins."""
    for permission, name in START:
        if permission in hat.permissions:
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return "/"
