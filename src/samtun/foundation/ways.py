"""The way back: an act that was begun on the desk ends on the desk (decisions 10)."""

from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def came_from(request: HttpRequest) -> str:
    """Return where the form says to go on, or the page it stood on (`?next=`); empty when neither says, or elsewhere.

    The page tells through its own address: each of its forms then leads back without saying so itself.
    """
    page = parse_qs(urlsplit(request.META.get("HTTP_REFERER", "")).query)
    for target in (request.POST.get("next", ""), page.get("next", [""])[0]):
        if target and url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            return target
    return ""
