"""What a reply to a question does: rooms register a handler for each kind of question they put."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from samtun.foundation.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a question: by whom, how it came (`sms`, `link`, `call`, `paper`), when."""

    ref_id: uuid.UUID
    person: uuid.UUID
    answer: str
    via: str
    at: dt.datetime
    by: Viewer


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """One kind of question: which answers it takes, what they do, and the page a link in a text opens.

    `answers` maps the words people send, upper case, to answers: `{"JA": "yes", "NEI": "no"}`.
    `handle` returns the notice key to confirm with (about the same reference), or "" for silence; it may raise Refused
    with a sentence. `page` is the name of an address that takes `token`. `label` says in a language what one question
    is about ("tysdag 24."), for telling several open ones apart; it gives nothing away.
    """

    kind: str
    answers: dict[str, str]
    handle: Callable[[Reply], str]
    page: str
    label: Callable[[uuid.UUID, str], str] = lambda _ref_id, _language: ""


_kinds: dict[str, QuestionKind] = {}


def register(kind: QuestionKind) -> None:
    """Make a kind of question known."""
    if kind.kind in _kinds:
        raise ValueError(f"The question {kind.kind} is registered twice.")
    _kinds[kind.kind] = kind


def question_kind(kind: str) -> QuestionKind:
    """Return a registered kind; KeyError when unknown."""
    return _kinds[kind]


def answered_in_words() -> list[str]:
    """Return the kinds that words can answer; the others only open a page, and a bare "JA" never means them."""
    return sorted(kind.kind for kind in _kinds.values() if kind.answers)


def all_kinds() -> list[QuestionKind]:
    """Return every kind of question."""
    return [_kinds[k] for k in sorted(_kinds)]
