"""This week's names: ring and say thank you, or make a card."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.operation.recognition import actions, queries
from samtun.operation.recognition.adapters.card import Card, card_pdf
from samtun.operation.recognition.models import Thanks
from samtun.people.persons.queries import own_owners

THANK = Permission.THANK_VOLUNTEERS
WHY = "saying thank you"


@require_safe
@needs(THANK, purpose=WHY)
def thanks(request: PageRequest) -> HttpResponse:
    """Show whom to thank this week, for what, and in whose words."""
    on = clock.today()
    rows = queries.thanks_of_week(request.viewer, on=on)
    told = queries.done_lately(rows)
    context = {
        "rows": [{"thanks": t, "person": t.person, "done": told[t.id]} for t in rows],
        "left": sum(t.rung_at is None and t.card_made_at is None for t in rows),
        "could_draw": not rows and queries.someone_to_thank(request.viewer, on=on),
        "several": len(request.viewer.owners) > 1,
    }
    return render(request, "recognition/thanks.html", context)


@require_POST
@needs(THANK, purpose=WHY)
def draw(request: PageRequest) -> HttpResponse:
    """Find this week's names."""
    for owner in own_owners(request.viewer):
        actions.draw_names(owner=owner, by=request.viewer, at=clock.now())
    return redirect("thanks")


@require_POST
@needs(THANK, purpose=WHY)
def rung(request: PageRequest, thanks_id: uuid.UUID) -> HttpResponse:
    """Note that somebody has rung."""
    found = queries.thanks_for(request.viewer, thanks_id)
    actions.note_rung(thanks=found, by=request.viewer, at=clock.now())
    messages.success(request, _("Noted that you have rung %(name)s.") % {"name": found.person.given_name})
    return redirect("thanks")


@require_POST
@needs(THANK, purpose=WHY)
def card(request: PageRequest, thanks_id: uuid.UUID) -> HttpResponse:
    """Make a card to print and sign, in the language of the one who gets it."""
    found = queries.thanks_for(request.viewer, thanks_id)
    language = found.person.language or request.municipality.language
    with translation.override(language):
        made = card_pdf(_card(found, language))
    actions.note_card(thanks=found, by=request.viewer, at=clock.now())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_("thanks")}.pdf"'
    return response


def _inside(kind: str) -> str:
    """Return the name of a kind as it stands inside a sentence; abbreviations keep their letters."""
    return kind if kind[1:2].isupper() else kind[:1].lower() + kind[1:]


def _card(found: Thanks, language: str) -> Card:
    name = found.person.given_name
    return Card(
        language=language, heading=_("Thank you, %(name)s!") % {"name": name},
        text=_("You lent a hand with:"), done=[_inside(kind) for kind in queries.done_lately([found])[found.id]],
        rest=_("It means more than you may think."), quote=found.words.strip(),
        quote_from=_("from the one you helped") if found.words else "", greeting=_("Greetings from"),
        sender=found.owner.name,
    )  # fmt: skip
