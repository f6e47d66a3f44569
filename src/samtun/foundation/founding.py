"""The first municipality of an installation: what must be known, and what is wrong with an answer."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from samtun.foundation.models import Municipality, Owner
from samtun.foundation.scope import open_scope
from samtun.kernel.phones import tidy

HOST = re.compile(r"localhost|(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
NORWEGIAN = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What the first start is told."""

    municipality: str
    host: str
    language: str
    administrator: str
    email: str
    phone: str
    password: str


def wrong_with(question: str, answer: str) -> str:
    """Return what is wrong with an answer to one question and what to write instead; empty when it will do."""
    if question in {"municipality", "administrator"}:
        return "" if 2 <= len(answer) <= 80 else "Write between 2 and 80 characters."
    if question == "host":
        return "" if HOST.fullmatch(answer) else "Write a host name as in samtun.dalgrend.no, or localhost."
    if question == "language":
        return "" if answer in Municipality.Language.values else "Write nb for bokmål or nn for nynorsk."
    if question == "phone":
        return "" if tidy(answer) else "Write eight digits, or + and the country's number first."
    if question == "email":
        try:
            validate_email(answer)
        except ValidationError:
            return "Write an address as in kari@dalgrend.no."
    return ""


def found(answers: Answers) -> Municipality:
    """Write the municipality and the owner of its own rows."""
    with transaction.atomic():
        municipality = Municipality.objects.create(
            slug=slugify(answers.municipality.lower().translate(NORWEGIAN))[:50] or "kommune",
            name=answers.municipality,
            shared_name=f"Samtun i {answers.municipality.removesuffix(' kommune')}"[:80],
            host=answers.host,
            language=answers.language,
        )
        with open_scope(municipality.id):
            Owner.objects.create(kind=Owner.Kind.MUNICIPALITY, name=answers.municipality)
    return municipality
