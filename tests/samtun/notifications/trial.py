"""A room that does not exist: two notices and a question, persons without tables, a gateway in memory."""

import copy
import datetime as dt
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

from samtun.foundation.notices import Notice
from samtun.foundation.recipients import Recipient
from samtun.foundation.replies import QuestionKind
from samtun.kernel.ids import uuid7
from samtun.notifications.channels.adapters.protocol import Accepted, BadSignature, Fate

TEMPLATES = Path(__file__).parent / "templates"


def with_trial_texts(templates):
    found = copy.deepcopy(templates)
    found[0]["DIRS"] = [*found[0]["DIRS"], str(TEMPLATES)]
    return found


class Facts:
    """What the notices read when they are rendered; `gone` are references that no longer apply."""

    gone: ClassVar[set[uuid.UUID]] = set()
    before = staticmethod(lambda: None)


class TrialAsk(Notice):
    key = "trial.ask"
    folder = "trial/mail/ask"
    title = "Ask"
    is_ask = True
    question = "trial"
    lasts = dt.timedelta(days=3)

    def facts(self, ref_id, to):
        Facts.before()
        return None if ref_id in Facts.gone else {"day": "torsdag"}

    @classmethod
    def sample_facts(cls):
        return {"day": "torsdag 26. november"}


class TrialTold(Notice):
    key = "trial.told"
    folder = "trial/mail/told"
    title = "Told"

    def facts(self, ref_id, to):
        Facts.before()
        return None if ref_id in Facts.gone else {"day": "torsdag"}


class TrialThanks(TrialTold):
    key = "trial.thanks"
    answers_own_act = True


class TrialCalledOff(TrialTold):
    key = "trial.called_off"
    same_day_cancellation = True


class TrialBroken(TrialTold):
    key = "trial.broken"

    def facts(self, ref_id, to):
        raise ZeroDivisionError


TRIALS = (TrialAsk, TrialTold, TrialThanks, TrialCalledOff, TrialBroken)


@dataclass
class Room:
    """What the room was told, and what it answers."""

    replies: list = field(default_factory=list)
    confirming: str = ""
    refusing: Exception | None = None

    def handle(self, reply):
        if self.refusing:
            raise self.refusing
        self.replies.append(reply)
        return self.confirming

    def kind(self):
        words = {"JA": "yes", "NEI": "no", "RING MEG": "ring"}
        return QuestionKind("trial", words, self.handle, page="trial", label=lambda _ref, _language: "torsdag")


class People:
    """Persons as recipients, without the rooms above."""

    def __init__(self):
        self.known = {}

    def add(self, name="Kari Prøve", channel="sms", phone="+4790000001", language="nn", **rest):
        key = uuid7()
        self.known[key] = Recipient(person=key, name=name, channel=channel, language=language, phone=phone, **rest)
        return key

    def change(self, key, **what):
        self.known[key] = replace(self.known[key], **what)


class MemoryGateway:
    """Answers what it is told to, in turn, then accepts."""

    def __init__(self, *, key="memory", looks_up=True, dedupes=False):
        self.key, self.looks_up, self.dedupes = key, looks_up, dedupes
        self.outcomes, self.sent, self.fates, self.asked = [], [], {}, []

    def send(self, parcel):
        self.sent.append(parcel)
        outcome = self.outcomes.pop(0) if self.outcomes else Accepted("g1")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def look_up(self, reference):
        self.asked.append(reference)
        return self.fates.get(reference, Fate.NOT_FOUND)

    def check_config(self):
        return []

    def read_sms(self, headers, body, *, at):
        raise BadSignature

    def read_receipt(self, headers, body, *, at):
        raise BadSignature
