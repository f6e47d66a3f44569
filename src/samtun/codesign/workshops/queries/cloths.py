"""Where a workshop is now, what lies on the cloths, and how it was: prepared rows, few statements."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from samtun.codesign.workshops.enums import Phase, Side
from samtun.codesign.workshops.models import Answer, Cluster, Dot, Group, Note, Participant, Question, Workshop
from samtun.codesign.workshops.rules import Step, dots_for, steps_of
from samtun.kernel.small import too_few

type Spot = tuple[uuid.UUID, uuid.UUID]
"""A question and a table."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a workshop is: which step of how many, the question and phase, when it ends or what is left."""

    place: int
    of: int
    question: Question | None
    phase: str
    ends: dt.datetime | None
    left: int | None
    following: Step | None


@dataclass(slots=True)
class OnCloth:
    """A note as one viewer sees it on a cloth."""

    id: uuid.UUID
    words: str
    side: str
    paper: bool
    own: bool
    cluster: uuid.UUID | None
    dots: int = 0
    dotted: bool = False
    ands: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Gathered:
    """A cluster with its notes; `sides` for a question with two sides. The one without a name holds the loose notes."""

    id: uuid.UUID | None
    name: str
    dots: int = 0
    dotted: bool = False
    notes: list[OnCloth] = field(default_factory=list)


@dataclass(slots=True)
class Cloth:
    """One table's cloth for one question."""

    group: Group
    clusters: list[Gathered]
    loose: list[OnCloth]

    @property
    def notes(self) -> list[OnCloth]:
        """All notes on it."""
        return [n for c in self.clusters for n in c.notes] + self.loose

    @property
    def hinders(self) -> list[OnCloth]:
        """The loose notes on what hinders."""
        return [n for n in self.loose if n.side == Side.HINDERS]

    @property
    def promotes(self) -> list[OnCloth]:
        """The loose notes on what promotes."""
        return [n for n in self.loose if n.side == Side.PROMOTES]

    @property
    def plain(self) -> list[OnCloth]:
        """The loose notes with no side."""
        return [n for n in self.loose if not n.side]


@dataclass(frozen=True, slots=True)
class HowItWas:
    """What those who took part answered: None where they are too few to tell."""

    number: int
    few: bool
    heard: dict[str, int]
    useful: dict[str, int]
    words: list[str]


def moment_of(workshop: Workshop, questions: list[Question]) -> Moment | None:
    """Return where a workshop that goes on is; None before and after."""
    if not workshop.phase:
        return None
    steps = steps_of(questions)
    where = (workshop.question_id, workshop.phase)
    place = next((n for n, s in enumerate(steps) if (s.question, s.phase) == where), len(steps) - 1)
    question = next((q for q in questions if q.id == workshop.question_id), None)
    following = steps[place + 1] if place + 1 < len(steps) else None
    return Moment(place, len(steps), question, workshop.phase, workshop.phase_ends, workshop.left, following)


def cloths_of(
    workshop: Workshop, question: Question, *, group: Group | None = None, participant: Participant | None = None
) -> list[Cloth]:
    """Return what is shared on the cloths for a question, all or one table's; four statements at most."""
    return cloths_by_question(workshop, [question], group=group, participant=participant)[question.id]


def cloths_by_question(
    workshop: Workshop,
    questions: Collection[Question],
    *,
    group: Group | None = None,
    participant: Participant | None = None,
) -> dict[uuid.UUID, list[Cloth]]:
    """Return what is shared on the cloths for questions, all tables' or one's; four statements, however much it is."""
    groups = [group] if group else list(Group.objects.filter(workshop=workshop).order_by("number"))
    dots = _dots(questions, participant)
    notes: dict[Spot, list[OnCloth]] = defaultdict(list)
    by_key: dict[uuid.UUID, OnCloth] = {}
    rows = Note.objects.filter(question__in=questions, group__in=groups, shared_at__isnull=False, taken_at=None)
    for row in rows.order_by("shared_at", "id"):
        if row.on_id is None:
            own = participant is not None and row.participant_id == participant.id
            put = dots.get(row.id, [])
            seen = OnCloth(row.id, row.words, row.side, row.via == "paper", own, row.cluster_id, len(put), any(put))
            notes[row.question_id, row.group_id].append(seen)
            by_key[row.id] = seen
        elif row.on_id in by_key:
            by_key[row.on_id].ands.append(row.words)
    named: dict[Spot, list[Gathered]] = defaultdict(list)
    for one in Cluster.objects.filter(question__in=questions, group__in=groups).order_by("made_at", "id"):
        put = dots.get(one.id, [])
        named[one.question_id, one.group_id].append(Gathered(one.id, one.name, len(put), any(put)))
    return {q.id: [_cloth(g, named[q.id, g.id], notes[q.id, g.id]) for g in groups] for q in questions}


def _dots(questions: Collection[Question], participant: Participant | None) -> dict[uuid.UUID, list[bool]]:
    found: dict[uuid.UUID, list[bool]] = defaultdict(list)
    rows = Dot.objects.filter(question__in=questions).values_list("participant", "note", "cluster")
    for who, note, cluster in rows:
        found[note or cluster].append(participant is not None and who == participant.id)
    return found


def _cloth(group: Group, clusters: list[Gathered], notes: list[OnCloth]) -> Cloth:
    for cluster in clusters:
        cluster.notes = [n for n in notes if n.cluster == cluster.id]
    full = [cluster for cluster in clusters if cluster.notes]
    return Cloth(group, full, [n for n in notes if n.cluster is None])


def own_notes(participant: Participant, question: Question) -> list[Note]:
    """Return a participant's own notes that are not shared yet."""
    rows = Note.objects.filter(participant=participant, question=question, shared_at=None, taken_at=None)
    return list(rows.order_by("made_at", "id"))


def dots_left(workshop: Workshop, question: Question, participant: Participant) -> int:
    """Return how many dots a participant still has for a question."""
    out = Dot.objects.filter(participant=participant, question=question).exclude(note__taken_at__isnull=False)
    return max(dots_for(workshop, question.kind) - out.count(), 0)


def how_it_was(workshop: Workshop) -> HowItWas:
    """Return what was answered afterwards; fewer than five are not told, neither what they wrote."""
    rows = list(Answer.objects.filter(workshop=workshop).order_by("id"))
    if too_few(len(rows)):
        return HowItWas(len(rows), few=True, heard={}, useful={}, words=[])
    heard = {v: sum(r.heard == v for r in rows) for v in ("yes", "partly", "no")}
    useful = {v: sum(r.useful == v for r in rows) for v in ("yes", "partly", "no")}
    return HowItWas(len(rows), few=False, heard=heard, useful=useful, words=sorted(r.words for r in rows if r.words))


def has_answered(participant: Participant) -> bool:
    """Tell whether a participant has said how it was."""
    return Answer.objects.filter(participant=participant).exists()


def note_in(workshop: Workshop, key: str) -> Note | None:
    """Return a note of a workshop by its key as text."""
    return Note.objects.filter(workshop=workshop, id=_uuid(key)).first()


def cluster_in(workshop: Workshop, key: str) -> Cluster | None:
    """Return a cluster of a workshop by its key as text."""
    return Cluster.objects.filter(workshop=workshop, id=_uuid(key)).first()


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)  # nothing has this key


def shows_all(phase: str) -> bool:
    """Tell whether the cloths of all tables are shown to each."""
    return phase == Phase.PLENARY
