"""Every component on one page, in demo and tests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samtun.foundation.access import public


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery."""
    return render(request, "ui/gallery.html")
