"""What a valley is made of: frozen values, keys instead of objects, dates instead of "in three days".

Keys are short slugs, unique within a valley. Minutes are after midnight or lengths; distances are metres;
weekday 0 is Monday.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """The same in bokmål, nynorsk and English."""

    nb: str
    nn: str
    en: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Degrees, WGS 84."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Junction:
    """A bend, crossing or gate on the road network; `id` is positive and unique in the valley."""

    id: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class Road:
    """A road through junctions in order; `kind` is the value of OSM's highway, `maxspeed` km/h."""

    name: str
    kind: str
    maxspeed: int
    junctions: tuple[int, ...]
    bridge: bool = False


@dataclass(frozen=True, slots=True)
class Village:
    """A hamlet (grend) with its part of the population and where its lanes end."""

    key: str
    name: str
    junction: int
    doors: tuple[int, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Hall:
    """A house that people meet in."""

    key: str
    name: str
    village: str
    junction: int
    owner: str
    seats: int


@dataclass(frozen=True, slots=True)
class Census:
    """How many live in a village in an age band, both ends included; `high` is 120 for the oldest."""

    village: str
    low: int
    high: int
    women: int
    men: int


@dataclass(frozen=True, slots=True)
class Projection:
    """Expected number of inhabitants in an age band; low 0 and high 120 is everyone."""

    year: int
    low: int
    high: int
    count: int


class Channel(StrEnum):
    """How someone wants to hear from us."""

    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    RING = "ring"


@dataclass(frozen=True, slots=True)
class Person:
    """A natural person; hats are told by `Valley.hats`, `volunteers` and `recipients`. Numbers reach nobody."""

    key: str
    first_name: str
    family_name: str
    born: date
    village: str
    address: str
    spot: Spot
    lang: str
    channel: Channel
    mobile: str | None = None
    landline: str | None = None
    email: str | None = None
    household: str | None = None
    protected_address: bool = False

    @property
    def name(self) -> str:
        """Full name."""
        return f"{self.first_name} {self.family_name}"

    def age(self, on: date) -> int:
        """Whole years on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class Opening:
    """Open each week on `weekday` between two minutes after midnight."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body: `kind` is association, centre, unit, office, municipality or business. `about` is its own words."""

    key: str
    name: str
    kind: str
    sort: str
    village: str
    about: str
    lang: str
    number: str
    email: str
    phone: str | None = None
    contact: str | None = None
    openings: tuple[Opening, ...] = ()
    takes_on: frozenset[str] | None = None
    """Task types it lets its volunteers do; None is no limit of its own."""
    low_season: tuple[int, ...] = ()
    """Months (1 to 12) when a business has room."""


@dataclass(frozen=True, slots=True)
class Hat:
    """What someone is in an organisation: leader, coordinator, unit_employee, assessor, representative, ..."""

    person: str
    organisation: str
    role: str


@dataclass(frozen=True, slots=True)
class PolicePurpose:
    """A purpose in law for which a police certificate may be asked."""

    key: str
    name: Text
    law: str


@dataclass(frozen=True, slots=True)
class TaskType:
    """A kind of help: its class (R22), where it ends, the way on, what it requires, and how volunteers are asked.

    `requires` are codes of the planning vocabulary; `asking` is first_yes, coordinator_picks or known_only;
    `whose` is volunteer, municipality, business or other; `cleared_by` are organisations that have said beforehand
    that it is a volunteer's task. `bought_from` are businesses that sell it.
    """

    key: str
    name: Text
    group: str
    whose: str
    limits: Text
    way_on: Text
    asking: str = "coordinator_picks"
    minutes: int = 60
    requires: frozenset[str] = frozenset()
    min_age: int = 0
    one_to_one: bool = False
    cleared_by: tuple[str, ...] = ()
    cleared_on: date | None = None
    bought_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldFact:
    """Something shown to a host on a day, good until a day or for good."""

    code: str
    host: str
    shown: date
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Free each week; `season` is (first month, last month), both included, or None for all the year."""

    weekday: int
    start: int
    end: int
    season: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Volunteer:
    """A person with one or more hosts; `ceiling` is (times, week or month) for all hosts together."""

    person: str
    hosts: tuple[str, ...]
    willing: frozenset[str]
    facts: tuple[HeldFact, ...] = ()
    has_car: bool = False
    max_metres: int | None = None
    languages: frozenset[str] = frozenset({"no"})
    slots: tuple[Slot, ...] = ()
    away: tuple[tuple[date, date], ...] = ()
    ceiling: tuple[int, str] | None = None
    last_asked: date | None = None
    paused_until: date | None = None
    asks_stopped: bool = False

    @property
    def drives(self) -> bool:
        """Whether a host has seen a licence."""
        return any(fact.code == "driving" for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone who may ask for help. `not_wanted` and `knows` are persons; `needs_languages` is empty for any."""

    person: str
    not_wanted: frozenset[str] = frozenset()
    knows: frozenset[str] = frozenset()
    choose_for_me: bool = False
    do_not_contact: bool = False
    needs_languages: frozenset[str] = frozenset()
    next_of_kin: str | None = None


class Ends(StrEnum):
    """Where a story stands when the demo opens."""

    AWAITS_CONSENT = "awaits_consent"
    AWAITS_ASSESSMENT = "awaits_assessment"
    READY = "ready"
    ASKED = "asked"
    NO_ANSWER = "no_answer"
    AWAITS_RECIPIENT = "awaits_recipient"
    AGREED = "agreed"
    DONE = "done"
    THANKED = "thanked"
    RING_ME = "ring_me"
    CANCELLED = "cancelled"
    ANOTHER_WAY = "another_way"
    CANNOT_HELP = "cannot_help"


@dataclass(frozen=True, slots=True)
class Story:
    """A request for help as an intent: who, what, when, who was asked and where it ends.

    `door` is telephone, public_form, home_care or next_of_kin; `taken_by` is the person who wrote it down, or None
    for the public form. `helper` said yes; `asked` were asked, the helper among them.
    """

    key: str
    recipient: str
    task_type: str
    door: str
    taken_by: str | None
    words: str
    lang: str
    told_on: date
    day: date
    start: int | None
    minutes: int
    ends: Ends
    asked: tuple[str, ...] = ()
    said_no: tuple[str, ...] = ()
    helper: str | None = None
    thanks: str | None = None
    answer: Text | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """A word before there is a wish. With `by` it is passed on with a yes, about the known `person`; else a worry."""

    told_on: date
    words: str
    by: str = ""
    person: str = ""
    name: str = ""
    place: str = ""
    sender: str = ""
    sender_phone: str = ""


@dataclass(frozen=True, slots=True)
class Valley:
    """One municipality on the day `today`, whole."""

    slug: str
    name: str
    language: str
    today: date
    centre: str
    villages: tuple[Village, ...]
    junctions: tuple[Junction, ...]
    roads: tuple[Road, ...]
    water: tuple[Spot, ...]
    halls: tuple[Hall, ...]
    census: tuple[Census, ...]
    projections: tuple[Projection, ...]
    organisations: tuple[Organisation, ...]
    persons: tuple[Person, ...]
    hats: tuple[Hat, ...]
    police_purposes: tuple[PolicePurpose, ...]
    task_types: tuple[TaskType, ...]
    volunteers: tuple[Volunteer, ...]
    recipients: tuple[Recipient, ...]
    stories: tuple[Story, ...]
    hints: tuple[Hint, ...] = ()

    @property
    def associations(self) -> tuple[Organisation, ...]:
        """The voluntary ones, without the volunteer centre."""
        return tuple(one for one in self.organisations if one.kind == "association")

    @property
    def businesses(self) -> tuple[Organisation, ...]:
        """The commercial ones."""
        return tuple(one for one in self.organisations if one.kind == "business")

    @property
    def inhabitants(self) -> int:
        """Everyone, named or not."""
        return sum(one.women + one.men for one in self.census)

    def person(self, key: str) -> Person:
        """Find the person with this key. Raises KeyError when there is none."""
        for one in self.persons:
            if one.key == key:
                return one
        raise KeyError(key)
