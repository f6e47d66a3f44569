"""Rules of all three: who may, which step follows which, and the code by which somebody comes back."""

import base64
import re
import uuid

from django.utils.translation import gettext_lazy as _

from samtun.evaluation.feedback.enums import ConcernState, FeedbackState, Via
from samtun.foundation import search
from samtun.foundation.keys import keyed_hash
from samtun.foundation.models import Owner
from samtun.foundation.options import option
from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.help_requests.enums import MatchState

RECEIVED_WITHIN = option(
    "feedback.received_within",
    4,
    _("Opening hours before somebody rings, when a word about something different is not received"),
    least=1,
    most=40,
)
ANSWERED_WITHIN = option(
    "feedback.answered_within", 5, _("Opening days before one who has raised a concern has an answer"), least=1, most=15
)
UNFOUNDED_KEPT = option(
    "feedback.unfounded_kept",
    14,
    _("Days until the words of a concern with nothing in it are erased"),
    least=1,
    most=30,
)
FEEDBACK_ANSWERED_WITHIN = option(
    "feedback.feedback_answered_within",
    5,
    _("Opening days before one who has given feedback has an answer"),
    least=1,
    most=20,
)
SETTLES_AFTER = option(
    "feedback.settles_after",
    14,
    _("Days the one who gave feedback can say that it is not settled, before it closes by itself"),
    least=7,
    most=60,
)
MOST_WORDS = 300
MOST_FEEDBACK = 1000
TELLABLE = frozenset({MatchState.AGREED, MatchState.DONE})
"""A volunteer knows whom they help from the yes on, and until the task has been forgotten."""

STEPS: dict[ConcernState, frozenset[ConcernState]] = {
    ConcernState.RECEIVED: frozenset({ConcernState.LOOKED_AT}),
    ConcernState.LOOKED_AT: frozenset({ConcernState.HEARD, ConcernState.CONCLUDED}),
    ConcernState.HEARD: frozenset({ConcernState.CONCLUDED}),
    ConcernState.CONCLUDED: frozenset({ConcernState.CLOSED}),
    ConcernState.CLOSED: frozenset(),
}

GOES_ON: dict[FeedbackState, frozenset[FeedbackState]] = {
    FeedbackState.RECEIVED: frozenset({FeedbackState.TAKEN, FeedbackState.PASSED_UP, FeedbackState.ANSWERED}),
    FeedbackState.TAKEN: frozenset({FeedbackState.PASSED_UP, FeedbackState.ANSWERED}),
    FeedbackState.PASSED_UP: frozenset(
        {FeedbackState.PASSED_UP, FeedbackState.TAKEN, FeedbackState.DECIDED, FeedbackState.ANSWERED}
    ),
    FeedbackState.DECIDED: frozenset({FeedbackState.ANSWERED}),
    FeedbackState.ANSWERED: frozenset({FeedbackState.CLOSED, FeedbackState.RECEIVED}),
    FeedbackState.CLOSED: frozenset({FeedbackState.RECEIVED}),
}
"""Passed up once more is another day for the meeting. Only the organisation whose matter it is leaves it anywhere."""
WAITING = (FeedbackState.RECEIVED, FeedbackState.TAKEN, FeedbackState.DECIDED)
"""The owner's turn."""
UNANSWERED = (*WAITING, FeedbackState.PASSED_UP)
WRITTEN_DOWN = frozenset({Via.PHONE, Via.PAPER, Via.SMS})
"""What a coordinator writes down for somebody else."""

# Plain words, the same in both forms of Norwegian, with no letter that a keyboard abroad lacks.
WORDS = (
    "aks", "ask", "bark", "bekk", "berg", "bie", "blad", "blom", "bok", "bord", "bris", "bror", "bukt", "busk",
    "dal", "damp", "dans", "dis", "due", "dugg", "eik", "elv", "eng", "erle", "fane", "fele", "fisk", "fjell",
    "fjord", "flagg", "flis", "flokk", "fole", "foss", "fugl", "furu", "gard", "gaupe", "gjerde", "gran", "gras",
    "grein", "grend", "grind", "gull", "halm", "hane", "hare", "haug", "hav", "havn", "hegg", "hest", "hus", "is",
    "jakt", "jern", "jord", "kai", "kano", "kart", "kaste", "kjele", "klokke", "knapp", "kors", "kraft", "krans",
    "krone", "kurv", "laks", "lam", "lampe", "land", "lerke", "lin", "ljos", "lue", "luft", "lund", "lyng",
    "maling", "mast", "maur", "mose", "myr", "natt", "naust", "nese", "nett", "niste", "note", "nyse", "odde",
    "olje", "orgel", "ost", "oter", "panne", "perle", "pil", "plog", "post", "rogn", "rose", "rug", "rype", "sag",
    "salt", "sand", "sau", "segl", "seter", "sild", "skog", "slott", "smie", "sol", "sopp", "spade", "spor", "stav",
    "stein", "sti", "strand", "strek", "svale", "tak", "tang", "telt", "tind", "tinn", "topp", "torg", "torv",
    "tre", "trost", "tun", "tur", "ugle", "ull", "vals", "varde", "vest", "vind", "ving", "vinge", "vott",
)  # fmt: skip
_GAPS = re.compile(r"[\s.,\-–—_]+")


def may_ask_persons(viewer: Viewer, owner: Owner) -> bool:
    """Tell whether someone may ask the person, and see to what waits for that."""
    return viewer.is_system or (viewer.may(Permission.HANDLE_REQUESTS) and owner.id in viewer.owners)


def may_appoint(viewer: Viewer, owner: Owner) -> bool:
    """Tell whether someone says who receives concerns for an owner."""
    return viewer.is_system or (viewer.may(Permission.MANAGE_ORGANISATION) and owner.id in viewer.owners)


def may_answer(viewer: Viewer, owner_id: uuid.UUID) -> bool:
    """Tell whether someone answers feedback to an owner."""
    return viewer.is_system or (viewer.may(Permission.HANDLE_REQUESTS) and owner_id in viewer.owners)


def may_raise_for(viewer: Viewer, owner_id: uuid.UUID) -> bool:
    """Tell whether someone may raise a matter as an organisation's own, and say that it is settled."""
    return viewer.may(Permission.MANAGE_ORGANISATION) and owner_id in viewer.owners


def follow_token(feedback_id: uuid.UUID) -> str:
    """Return what the sender's own address ends with: 132 bits that nobody guesses, made anew from the key."""
    return keyed_hash(str(feedback_id), purpose="feedback_follow")[:22]


def follow_hash(token: str) -> str:
    """Return what the sender's own address is looked up by."""
    return keyed_hash(token, purpose="feedback_follow_row")


def sent_hash(sent_key: str) -> str:
    """Return what tells that the same page has been sent before."""
    return keyed_hash(sent_key, purpose="feedback_sent")


def code_from(sent_key: str) -> str:
    """Return the code of what was sent with a key that only the sender's own page knew: two words and a number.

    It is made anew from the key when the same page is sent twice, and stands nowhere.
    """
    number = int.from_bytes(base64.urlsafe_b64decode(keyed_hash(sent_key, purpose="si_fra_code") + "="))
    number, first = divmod(number, len(WORDS))
    number, second = divmod(number, len(WORDS))
    return f"{WORDS[first]}-{WORDS[second]}-{10_000 + number % 90_000}"


def code_hash(code: str) -> str:
    """Return what a code is looked up by, however it was typed."""
    return keyed_hash("-".join(p for p in _GAPS.split(code.casefold()) if p), purpose="si_fra")


def names(written: str, full_name: str) -> bool:
    """Tell whether what somebody wrote may name a person: one of their names stands in it, as people spell it."""
    said = {search.one_spelling(w) for w in re.split(r"[^\w]+", written.casefold()) if len(w) > 1}
    return any(search.one_spelling(w) in said for w in full_name.casefold().replace("-", " ").split() if len(w) > 1)
