"""What somebody has proved on this device, remembered for a while in a signed cookie that opens one address only."""

import uuid

from django.core import signing
from django.http import HttpRequest, HttpResponse


def remember(response: HttpResponse, what: str, key: uuid.UUID, value: str, *, seconds: int, path: str) -> None:
    """Remember `value` about a thing on this device, for so many seconds and under one path."""
    response.set_signed_cookie(
        _name(what, key), value, salt=what, max_age=seconds, httponly=True, samesite="Lax", path=path
    )


def remembered(request: HttpRequest, what: str, key: uuid.UUID, *, seconds: int) -> str:
    """Return what this device remembers about a thing; empty when nothing, too old, or not written by us."""
    try:
        return request.get_signed_cookie(_name(what, key), salt=what, max_age=seconds) or ""
    except (KeyError, signing.BadSignature):
        return ""


def _name(what: str, key: uuid.UUID) -> str:
    return f"samtun_{what}_{key.hex[-8:]}"
