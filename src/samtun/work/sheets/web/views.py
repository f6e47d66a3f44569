"""Tomorrow's sheet: what there is, one made anew, and the paper itself."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.work.sheets.actions import make_sheet
from samtun.work.sheets.queries import pdf_for, sheets_for

handles = needs(Permission.HANDLE_REQUESTS, purpose=gettext_noop("having tomorrow on paper"))


@handles
def sheets(request: PageRequest) -> HttpResponse:
    """Show the sheets there are; a post makes the next day's anew, with what has happened since."""
    if request.method == "POST":
        for owner in Owner.objects.filter(id__in=request.viewer.owners, left_on=None).order_by("id"):
            make_sheet(owner=owner, by=request.viewer, at=clock.now())
        messages.success(request, _("The sheet is made anew."))
        return HttpResponseRedirect(reverse("sheets"))
    today = clock.today()
    rows = [{"sheet": s, "is_today": s.day == today} for s in sheets_for(request.viewer, on=today)]
    return render(request, "sheets/sheets.html", {"rows": rows})


@handles
@require_safe
def pdf(request: PageRequest, sheet: uuid.UUID) -> HttpResponse:
    """Give the paper; that it was taken out is logged for everyone on it."""
    found, plain = pdf_for(request.viewer, sheet)
    response = HttpResponse(plain, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="samtun-{found.day:%Y-%m-%d}.pdf"'
    return response
