"""Who we are, how to ask, how to lend a hand."""

import datetime as dt

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtun.anchoring.responsibilities.queries import in_language, task_types
from samtun.foundation.access import PageRequest, public
from samtun.foundation.personal import declarations
from samtun.foundation.presence import there_words
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.operation.activities.queries import Wanted, programme
from samtun.partners.organisations.queries import organisation_of, receiving_owner

# The two colours a telephone draws around us before the style sheet is there: the mark's, and the paper.
FJORD, PAPER = "#0c5460", "#ffffff"


@public
def front(request: PageRequest) -> HttpResponse:
    """Show the front page; whoever works here and is logged in goes to their own."""
    if request.viewer.may(Permission.SEE_DESK) and "forside" not in request.GET:
        return redirect("desk")
    owner = receiving_owner()
    today = clock.today()
    types = [t for t in task_types() if not t.is_declined][:8]
    context = {
        "centre": organisation_of(owner.id) if owner else None,
        "there": there_words(owner.id, clock.now()) if owner else "",
        "on": programme(Wanted(today, today + dt.timedelta(days=2)), most=6),
        "today": today,
        "kinds": [{"name": in_language(t.name), "limits": in_language(t.limits)} for t in types],
    }
    return render(request, "public/front.html", context)


@public
@require_safe
def manifest(request: PageRequest) -> HttpResponse:
    """Tell a telephone how Samtun stands on its home screen: the name, our mark, and the way to the pocket note."""
    icons = [
        {"src": static("img/app-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": static("img/app-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
        {"src": static("img/app-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    facts = {
        "id": "/", "name": request.municipality.shared_name, "short_name": request.municipality.shared_name[:12],
        "lang": request.LANGUAGE_CODE, "start_url": reverse("front"), "scope": "/", "display": "minimal-ui",
        "background_color": PAPER, "theme_color": FJORD, "icons": icons,
        "shortcuts": [{"name": _("Pocket note"), "url": reverse("pocket"), "icons": icons[:1]}],
    }  # fmt: skip
    answer = JsonResponse(facts, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-cache"
    return answer


@public
def privacy(request: PageRequest) -> HttpResponse:
    """Say what is kept about people, why, and how long: read from the tables themselves."""
    rows = [d for d in declarations() if d.personal and d.purpose]
    seen = {_(d.purpose): _(d.retention) for d in rows}
    return render(request, "public/privacy.html", {"rows": sorted(seen.items())})
