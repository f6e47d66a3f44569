"""What the demo's telephones show. They belong to the invented persons themselves, so nothing is logged as reading."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max
from django.utils.text import slugify

from samtun.demo.models import Carried, Loaded
from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.notifications.messages.models import Message, Question
from samtun.notifications.messages.queries import number_hash
from samtun.operation.help_requests.models import Match
from samtun.people.persons.models import Person

MOST_PHONES, MOST_BUBBLES, MOST_POST = 6, 6, 12
ANSWERS = re.compile(r"\b(JA|NEI|RING MEG|STOPP|YES|NO|CALL ME) (\d\d)\b")
LINK = re.compile(r"https?://[^\s/]+/")
NORWEGIAN = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text, or one call. `waits` is a call that somebody is to make."""

    text: str
    at: dt.datetime
    own: bool = False
    call: bool = False
    waits: bool = False
    reference: str = ""


@dataclass(slots=True)
class Handset:
    """One person's telephone. `answers` are the replies that the latest text asks for."""

    slug: str
    name: str
    number: str
    spoken: str
    is_mobile: bool
    bubbles: list[Bubble] = field(default_factory=list)
    answers: tuple[str, ...] = ()

    @property
    def waiting(self) -> list[Bubble]:
        """Calls that somebody is to make."""
        return [one for one in self.bubbles if one.waits]


@dataclass(frozen=True, slots=True)
class Post:
    """A letter or an e-mail."""

    name: str
    heading: str
    text: str
    at: dt.datetime
    waits: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """Something agreed that has not happened yet."""

    match_id: uuid.UUID
    volunteer: str
    recipient: str
    kind: dict[str, str]
    on: dt.date
    at: dt.time | None


def slug_of(name: str) -> str:
    """Return a name as it stands in an address."""
    return slugify(name.lower().translate(NORWEGIAN))


def loaded_on(slug: str) -> dt.date | None:
    """Return the day a municipality was loaded as of; None when the loader did not make it. Opens its scope."""
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        return None
    with open_scope(municipality.id):
        row = Loaded.objects.first()
        return row.on if row else None


def stamp() -> str:
    """Return a short word that changes whenever something new shows on a telephone."""
    seen = Carried.objects.aggregate(n=Count("id"), at=Max("at"), settled=Max("settled_at"))
    agreed = Match.objects.filter(state="agreed").count()
    parts = (seen["n"], agreed, *(int(t.timestamp()) if t else 0 for t in (seen["at"], seen["settled"])))
    return "-".join(map(str, parts))


def everyone() -> list[tuple[str, str]]:
    """Return (slug, name) of all whose telephone has had something, by name."""
    numbers = Carried.objects.values_list("number", flat=True).distinct()
    rows = Person.objects.filter(phone__in=numbers, merged_into=None)
    return sorted(((slug_of(p.full_name), p.full_name) for p in rows), key=lambda pair: pair[1])


def person_of(slug: str) -> Person | None:
    """Return the person whose telephone is asked for."""
    first = slug.partition("-")[0]
    if not first:
        return None
    rows = Person.objects.filter(merged_into=None).exclude(phone="")
    return next((p for p in rows if slug_of(p.full_name) == slug), None)


def handsets(slug: str, *, base: str, at: dt.datetime) -> list[Handset]:
    """Return one person's telephone, or the latest ones used, latest first. `base` is where links lead."""
    if slug:
        person = person_of(slug)
        people = [person] if person else []
    else:
        latest = Carried.objects.exclude(way__in=["email", "letter"]).values("number").annotate(last=Max("at"))
        numbers = [row["number"] for row in latest.order_by("-last")[: MOST_PHONES * 2]]
        found = {p.phone: p for p in Person.objects.filter(phone__in=numbers, merged_into=None)}
        people = [found[n] for n in numbers if n in found][:MOST_PHONES]
    return [_handset(person, base, at) for person in people]


def _handset(person: Person, base: str, at: dt.datetime) -> Handset:
    rows = list(
        Carried.objects.filter(number=person.phone, way__in=["sms", "call"]).order_by("-at", "-id")[:MOST_BUBBLES]
    )
    mobile = person.phone_kind == Person.Reached.MOBILE
    made = Handset(
        slug=slug_of(person.full_name), name=person.full_name, number=person.phone, spoken=spoken(person.phone),
        is_mobile=mobile,
    )  # fmt: skip
    made.bubbles = [
        Bubble(
            text=LINK.sub(base, row.text), at=row.at, own=row.own, call=row.way == Carried.Way.CALL,
            waits=row.way == Carried.Way.CALL and row.settled_at is None, reference=row.reference,
        )
        for row in reversed(rows)
    ]  # fmt: skip
    if mobile:
        made.answers = _answers(made.bubbles, person.phone, at=at)
    return made


def _answers(bubbles: Iterable[Bubble], number: str, *, at: dt.datetime) -> tuple[str, ...]:
    """Return what the texts ask for and has not been answered, the latest first."""
    waits = Question.objects.filter(phone_hash=number_hash(number), answered_at=None, ends_at__gt=at)
    codes = {str(code) for code in waits.values_list("code", flat=True)}
    found = [
        f"{word} {code}"
        for bubble in reversed(list(bubbles))
        if not (bubble.own or bubble.call)
        for word, code in ANSWERS.findall(bubble.text)
        if code in codes
    ]
    return tuple(dict.fromkeys(found))[:4]


def post(way: str) -> list[Post]:
    """Return the latest letters, or e-mails."""
    rows = list(Carried.objects.filter(way=way).order_by("-at", "-id")[:MOST_POST])
    by_key = {p.id: p.full_name for p in Person.objects.filter(id__in=[r.person for r in rows if r.person])}
    by_mail = {p.email: p.full_name for p in Person.objects.filter(email__in=[r.number for r in rows])}
    return [
        Post(
            name=by_key.get(row.person or uuid.UUID(int=0), by_mail.get(row.number, row.number)), heading=row.heading,
            text=row.text, at=row.at, waits=way == Carried.Way.LETTER and row.settled_at is None,
        )
        for row in rows
    ]  # fmt: skip


def meetings() -> list[Meeting]:
    """Return what is agreed and not yet done, the soonest first."""
    rows = Match.objects.filter(state="agreed").select_related(
        "request__task_type", "request__recipient", "volunteer__person"
    )
    return [
        Meeting(
            match_id=m.id, volunteer=m.volunteer.person.full_name, recipient=m.request.recipient.full_name,
            kind=m.request.task_type.name, on=m.request.on, at=m.request.at,
        )
        for m in rows.order_by("request__on", "request__at")[:MOST_POST]
    ]  # fmt: skip


def is_agreed(match_id: uuid.UUID) -> bool:
    """Tell whether something is agreed and not yet done."""
    return Match.objects.filter(id=match_id, state="agreed").exists()


def held_back(*, at: dt.datetime) -> tuple[int, dt.datetime | None]:
    """Return how many texts and e-mails wait for a later hour, and when the first of them may go."""
    rows = Message.objects.filter(state=Message.State.PENDING, channel__in=["sms", "email"], not_before__gt=at)
    first = rows.order_by("not_before").values_list("not_before", flat=True).first()
    return rows.count(), clock.wall(first) if first else None
