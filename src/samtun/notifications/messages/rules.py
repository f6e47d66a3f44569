"""Pure rules: quiet hours, how a reply is read, how long an SMS is, when to try again, who may handle messages."""

import datetime as dt
import functools
import random
import re
import unicodedata
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import holidays

from samtun.foundation.notices import Notice, all_notices, notice_of
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock

# --- quiet hours (decisions 21)
DAY_BEGINS, DAY_ENDS = dt.time(8), dt.time(20)
OWN_ACT = dt.timedelta(minutes=15)


@functools.cache
def _free_days(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("NO", years=year))


def is_free_day(day: dt.date) -> bool:
    """Tell whether a date is a Sunday or a public holiday in Norway."""
    return day.weekday() == 6 or day in _free_days(day.year)


def is_quiet(at: dt.datetime) -> bool:
    """Tell whether people are to be left in peace at this moment."""
    wall = clock.wall(at)
    return is_free_day(wall.date()) or not DAY_BEGINS <= wall.time() < DAY_ENDS


def after_quiet(at: dt.datetime) -> dt.datetime:
    """Return the first moment from `at` on when a message may go out."""
    if not is_quiet(at):
        return at
    wall = clock.wall(at)
    day = wall.date() if wall.time() < DAY_BEGINS else wall.date() + dt.timedelta(days=1)
    while is_free_day(day):
        day += dt.timedelta(days=1)
    return clock.at_wall(day, DAY_BEGINS)


def may_disturb(notice: Notice, *, made_at: dt.datetime, at: dt.datetime) -> bool:
    """Tell whether a notice may go out now although it is quiet."""
    if notice.at_short_notice:
        return True
    if notice.same_day_cancellation:
        return clock.wall(made_at).date() == clock.wall(at).date()
    return notice.answers_own_act and at - made_at <= OWN_ACT


# --- replies by SMS (decisions 20)
STOP_WORDS = frozenset({"STOPP", "STOP", "STOPPE", "AVSLUTT", "UNSUBSCRIBE"})
START_WORDS = frozenset({"START", "START IGJEN", "START AGAIN", "BEGYNN"})
YES, NO, RING = "JA", "NEI", "RING MEG"
_SAID = {
    YES: (
        "JA", "JAA", "JADA", "JAU", "JO", "JEPP", "JAPP", "J", "YES", "YEP", "YEAH", "JA GJERNE", "JA GJERNA", "GJERNE",
        "GJERNA", "JA DET KAN EG", "JA DET KAN JEG", "JA EG KAN", "JA JEG KAN", "JA DET GÅR BRA", "JA DET GJEKK BRA",
        "JA DET GIKK BRA", "JA OK", "JA SÅ ABSOLUTT", "YES I CAN", "YES PLEASE", "JA JA",
    ),
    NO: (
        "NEI", "NEIDA", "NÆ", "NO", "NOPE", "N", "EG KAN IKKJE", "JEG KAN IKKE", "KAN IKKE", "KAN IKKJE",
        "KAN DESSVERRE IKKE", "KAN DESSVERRE IKKJE", "NEI KAN IKKE", "NEI KAN IKKJE", "NEI DESSVERRE", "DESSVERRE",
        "NEI EG KAN IKKJE", "NEI JEG KAN IKKE", "NEI IKKE NÅ", "NEI IKKJE NO", "NO SORRY", "SORRY NO", "NEI BEKLAGER",
        "NEI ORSAK",
    ),
    RING: (
        "RING", "RING MEG", "RINGE MEG", "RING MÆ", "RING OPP", "KAN DU RINGE", "KAN DU RINGE MEG", "KAN DE RINGE MEG",
        "KAN DERE RINGE MEG", "RING HEIM", "CALL", "CALL ME", "PLEASE CALL", "PLEASE CALL ME",
    ),
}  # fmt: skip
_CANONICAL = {said: word for word, many in _SAID.items() for said in many}
_DRAWN = {"👍": YES, "👌": YES, "✅": YES, "✔": YES, "👎": NO, "❌": NO, "🚫": NO, "📞": RING, "☎": RING, "📱": RING}
_POLITE = frozenset({
    "TAKK", "TUSEN", "HEI", "HEISANN", "HEI HEI", "MVH", "HILSEN", "HELSING", "PLEASE", "THANKS", "THANK", "YOU",
})  # fmt: skip
_ACKNOWLEDGED = frozenset({"OK", "OKEI", "OKAY", "GREIT", "FINT", "BRA", "DEN ER GREI", "FLOTT", "SUPERT", "FINE", ""})
_CODE = re.compile(r"(?<!\d)([1-9]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says. `word` is canonical (JA, NEI, RING MEG, STOPP, START) or a question's own, else empty.

    `own` is the word as some question lists it, which may mean something else to that one: it is looked for first.
    """

    word: str = ""
    code: int | None = None
    is_thanks: bool = False
    own: str = ""

    def answer_to(self, answers: Mapping[str, str]) -> str | None:
        """Return what it answers to a question that takes these words; None when nothing."""
        return answers.get(self.own) or answers.get(self.word)


def read_reply(text: str, own_words: Collection[str] = ()) -> Said:
    """Read a short reply. Anything beyond an answer, a code and politeness is left to a person."""
    upper = unicodedata.normalize("NFC", text).upper().replace("\ufe0f", "")
    drawn = {word for sign, word in _DRAWN.items() if sign in upper}
    codes = {int(c) for c in _CODE.findall(upper)}
    rest = _CODE.sub(" ", upper)
    words = re.findall(r"[^\W_]+", rest, flags=re.UNICODE)
    if re.search(r"\d", rest) or len(codes) > 1:
        return Said()
    plain, bare = " ".join(words), _impolite(words)
    if plain in STOP_WORDS or bare in STOP_WORDS:
        return Said(word="STOPP")
    if plain in START_WORDS:
        return Said(word="START")
    return _read(plain, bare, drawn, own_words, codes.pop() if codes else None)


def _read(plain: str, bare: str, drawn: set[str], own_words: Collection[str], code: int | None) -> Said:
    own = next((said for said in (plain, bare) if said and said in own_words), "")
    if not drawn and bare in _ACKNOWLEDGED and plain:
        return Said(own=own, code=code, is_thanks=code is None) if own or code is None else Said()
    spoken = _CANONICAL.get(plain) or _CANONICAL.get(bare) or own
    answers = drawn | ({spoken} if spoken else set())
    if len(answers) == 1 and (spoken or not bare):
        return Said(word=answers.pop(), code=code, own=own)
    return Said(code=code) if not plain and not drawn else Said()


def _impolite(words: list[str]) -> str:
    return " ".join(w for w in words if w not in _POLITE)


# --- the length of an SMS
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")
_PLAINER = str.maketrans({
    "–": "-", "—": "-", "‑": "-", "“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "…": "...",
    "\u00a0": " ", "\u202f": " ",
})  # fmt: skip


def plain_sms(text: str) -> str:
    """Return the text with typographic signs that would halve an SMS written plainly; letters stay as they are."""
    lines = [" ".join(line.split()) for line in text.translate(_PLAINER).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def gsm7_length(text: str) -> int | None:
    """Return the length in GSM-7 characters (160 fit one SMS); None when a character needs UCS-2."""
    if not all(c in _GSM or c in _GSM_TWICE for c in text):
        return None
    return sum(2 if c in _GSM_TWICE else 1 for c in text)


# --- trying again
MOST_ATTEMPTS = 12
LEASE = dt.timedelta(seconds=60)


def lease_for(attempt: int) -> dt.timedelta:
    """Return how long attempt number `attempt` may be under way before anyone asks what became of it."""
    return LEASE * int(min(2 ** (attempt - 1), 30))


def wait_before(attempt: int, asked: int = 0) -> dt.timedelta:
    """Return how long to wait after failed attempt number `attempt`: doubling from 20 s to 30 min, ± 25 %.

    `asked` is what the gateway asked for, in seconds. The spread keeps a thousand from knocking at once.
    """
    doubled = min(20 * 2 ** (attempt - 1), 1800)
    spread = random.uniform(0.75, 1.25)  # noqa: S311 -- spreads load; nothing secret
    return dt.timedelta(seconds=max(doubled * spread, asked))


# --- who may
def may_handle(viewer: Viewer, owner: uuid.UUID | None, notice: str = "") -> bool:
    """Tell whether the viewer may ring, print and decide for this owner's messages of a kind, or read texts it got."""
    needed = notice_of(notice).handled_by if notice else Permission.HANDLE_MESSAGES
    return viewer.may(needed) and owner in viewer.owners


def out_of_hand(viewer: Viewer) -> list[str]:
    """Return the kinds of messages that somebody does not handle: they are not shown to them."""
    return [notice.key for notice in all_notices() if not viewer.may(notice.handled_by)]
