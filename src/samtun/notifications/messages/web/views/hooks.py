"""Where gateways post to us: texts that come in, and delivery receipts. Signed, since no session stands behind them.

Both take JSON with the header `X-Samtun-Signature`. The municipality is the one whose number the text was sent to (or
the receipt's message was sent from). Answers: 200 taken (again: harmless), 400 not readable, 403 not signed or too
old, 404 no such gateway or number; anything else: post it again later.
"""

import uuid

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samtun.foundation.access import PageRequest, public
from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope, retrying
from samtun.kernel import clock
from samtun.kernel.phones import tidy
from samtun.notifications.channels.adapters.protocol import BadBody, BadSignature
from samtun.notifications.channels.queries import read_receipt, read_sms
from samtun.notifications.messages import actions


def _tenant(number: str) -> uuid.UUID | None:
    found = Municipality.objects.filter(sms_number=tidy(number) or number).values_list("id", flat=True)
    return found.first()


def _no(status: int) -> HttpResponse:
    return JsonResponse({"taken": False}, status=status)


@public(scope=False)
@csrf_exempt
@require_POST
def sms(request: PageRequest, gateway: str) -> HttpResponse:
    """Take in one text. The signature takes the place of the CSRF token."""
    at = clock.now()
    try:
        came = read_sms(gateway, request.headers, request.body, at=at)
    except BadSignature:
        return _no(403)
    except BadBody:
        return _no(400)
    tenant = _tenant(came.to) if came else None
    if came is None or tenant is None:
        return _no(404)
    actions.receive_sms(tenant=tenant, gateway_id=came.gateway_id, phone=came.sender, text=came.text, at=at)
    return JsonResponse({"taken": True})


@public(scope=False)
@csrf_exempt
@require_POST
def receipt(request: PageRequest, gateway: str) -> HttpResponse:
    """Take in one delivery receipt; those that change nothing are taken too."""
    at = clock.now()
    try:
        told = read_receipt(gateway, request.headers, request.body, at=at)
    except BadSignature:
        return _no(403)
    except BadBody:
        return _no(400)
    tenant = _tenant(told.sender) if told else None
    if told is None or tenant is None:
        return _no(404)

    def note() -> None:
        with open_scope(tenant):
            actions.note_receipt(reference=told.reference, state=told.state, at=at)

    retrying(note)
    return JsonResponse({"taken": True})
