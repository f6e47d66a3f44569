"""Links in texts: made from a question's nonce and a keyed hash, never stored (decisions 19)."""

import base64
import datetime as dt
import hmac
import uuid

from django.conf import settings

from samtun.foundation.keys import keyed_hash
from samtun.foundation.models import Municipality
from samtun.foundation.scope import current_tenant
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


def link_to(question: Question, municipality: Municipality | None = None) -> str:
    """Return the whole address for a text. `SAMTUN_PUBLIC_URL` may name a scheme and port: `http://{host}:8000`."""
    host = (municipality or Municipality.objects.get(id=current_tenant())).host
    base = settings.SAMTUN_PUBLIC_URL.format(host=host) or f"https://{host}"
    return f"{base.rstrip('/')}/s/{make_token(question)}"


def link_for(*, kind: str, ref_id: uuid.UUID, person: uuid.UUID) -> str:
    """Return the link of the latest question of a kind to a person about something; empty when none was put.

    For texts that follow an answer (a reminder, a change): the same link goes on serving.
    """
    found = Question.objects.filter(kind=kind, ref_id=ref_id, to_person=person).order_by("-asked_at").first()
    return link_to(found) if found else ""
