"""Links in texts: made from a question's nonce and a keyed hash, never stored (decisions 19)."""

import base64
import datetime as dt
import hmac
import uuid
from collections.abc import Collection

from django.conf import settings
from django.utils.translation import gettext

from samtun.foundation.access import PageRequest
from samtun.foundation.keys import keyed_hash
from samtun.foundation.limits import limit
from samtun.foundation.models import Municipality
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Hat, Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Question

# No 0 O I l: a link is sometimes typed from paper. 22 signs of 58 are 128.9 bits: 47 of nonce, 82 of keyed hash.
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
NONCE, MAC = 8, 14


def make_token(question: Question) -> str:
    """Return the token that opens a question, in the open scope's municipality."""
    place = f"{question.tenant_id}|{question.kind}|{question.id}|{question.nonce}"
    mac = keyed_hash(place, purpose="link")
    number = int.from_bytes(base64.urlsafe_b64decode(mac + "="))
    signs = ""
    for _ in range(MAC):
        number, rest = divmod(number, len(ALPHABET))
        signs += ALPHABET[rest]
    return question.nonce + signs


def read_token(token: str, *, at: dt.datetime) -> Question | None:
    """Return the question a token opens; None when it is not ours, of another municipality, or over."""
    if len(token) != NONCE + MAC or not set(token) <= set(ALPHABET):
        return None
    question = Question.objects.filter(nonce=token[:NONCE]).first()
    if question is None or not hmac.compare_digest(make_token(question), token):
        return None
    return question if at <= question.link_until else None


def opened_by_link(
    request: PageRequest, token: str, kinds: Collection[str], *, role: Role, purpose: str, at: dt.datetime
) -> Question:
    """Return the question behind a token, and let the one it was put to be who looks, by link.

    NotYours for a wrong one, one that is over and one of another kind: they look the same. Tries are counted.
    """
    limit("link", request.META.get("REMOTE_ADDR", ""), at=at, most=200)
    question = read_token(token, at=at)
    if question is None or question.kind not in kinds:
        raise NotYours
    hat = Hat(key="link", role=role, label=gettext("by link"))
    viewer = Viewer(tenant=request.municipality.id, hat=hat, person=question.to_person, purpose=purpose, via="link")
    request.viewer = request.scope.viewer = viewer
    request.private = True
    return question


def link_to(question: Question, municipality: Municipality | None = None) -> str:
    """Return the whole address that a question is answered at, for a text."""
    return address_of(f"/s/{make_token(question)}", municipality)


def address_of(path: str, municipality: Municipality | None = None) -> str:
    """Return the whole address of a page, for a text, in the open scope's municipality unless another is given.

    `SAMTUN_PUBLIC_URL` may name a scheme and port: `http://{host}:8000`.
    """
    host = (municipality or Municipality.objects.get(id=current_tenant())).host
    base = settings.SAMTUN_PUBLIC_URL.format(host=host) or f"https://{host}"
    return base.rstrip("/") + path


def link_for(*, kind: str, ref_id: uuid.UUID, person: uuid.UUID) -> str:
    """Return the link of the latest question of a kind to a person about something; empty when none was put.

    For texts that follow an answer (a reminder, a change): the same link goes on serving.
    """
    found = Question.objects.filter(kind=kind, ref_id=ref_id, to_person=person).order_by("-asked_at").first()
    return link_to(found) if found else ""
