"""What the addresses of feedback point at, and what its tests stand on."""

from typing import Any

from samtun.evaluation.feedback.actions.answering import answer
from samtun.evaluation.feedback.actions.concerning import Telling, raise_concern
from samtun.evaluation.feedback.actions.contacts import Way, name_professional
from samtun.evaluation.feedback.actions.differing import tell_different
from samtun.evaluation.feedback.actions.raising import Said, raise_feedback
from samtun.evaluation.feedback.enums import Via
from samtun.evaluation.feedback.models import Concern, Contact, Feedback, HeadsUp
from samtun.evaluation.feedback.queries.about import Thing
from samtun.evaluation.feedback.queries.differing import task_of_match
from samtun.evaluation.feedback.rules import follow_token
from samtun.foundation import recipients
from samtun.foundation.notices import notice_of
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel.ids import uuid7
from samtun.notifications.messages.models import Message
from samtun.notifications.messages.queries import compose
from samtun.operation.help_requests.models import Match
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.models import Person
from tests.factories.journey import Tun
from tests.factories.world import World, thing

HANNE, SILJE = "+4790000801", "+4790000802"


def agreed_match(tun: Tun, *, recipient: Person | None = None, volunteer: Volunteer | None = None) -> Match:
    """Somebody visits somebody, by agreement."""
    helper = volunteer or tun.volunteer("Marit", "Fjelde", "+4790000001")
    request = tun.request(recipient)
    request.state = "agreed"
    request.save(update_fields=["state"])
    return Match.objects.create(
        request=request, volunteer=helper, state="agreed", proposed_at=tun.now, agreed_at=tun.now
    )


def oneself(tun: Tun, person: Person, *, role: Role = Role.VOLUNTEER, owners: Any = ()) -> Viewer:
    """A person looking or acting as themselves."""
    hat = Hat(f"own:{person.id}", role, "", frozenset(owners), frozenset({Permission.OWN_PAGE}))
    return Viewer(tun.municipality.id, hat, account=person.id, person=person.id, name=person.full_name, language="nn")


def a_contact(tun: Tun, person: Person, *, deputy: bool = True) -> Contact:
    """The person has agreed that Hanne at the council's home care may be told, and Silje when she is away."""
    return name_professional(
        person=person, owner=tun.centre, unit=tun.council, who=Way("Hanne Fossheim", HANNE), title="heimesjukepleiar",
        deputy=Way("Silje Dyrhaug", SILJE) if deputy else None, basis="self", form="oral", by=tun.viewer(), at=tun.now,
    )  # fmt: skip


def a_heads_up(tun: Tun, match: Match, *, text: str = "", ticked: Any = ("tired",), **more: Any) -> HeadsUp:
    """The volunteer says that something seemed different."""
    task = task_of_match(match.id)
    by = more.pop("by", None) or oneself(tun, task.sender)
    return tell_different(task=task, ticked=ticked, text=text, via="link", by=by, at=more.pop("at", tun.now), **more)


def a_concern(tun: Tun, **told: Any) -> tuple[Concern, str]:
    """Somebody says that a thing is wrong with the centre."""
    facts = {"kind": "safety", "text": "Rekkverket på Fjordheim er laust"} | told
    owner, at = facts.pop("owner", tun.centre), facts.pop("at", tun.now)
    return raise_concern(owner=owner, telling=Telling(**facts), sent_key=str(uuid7()), via="web", at=at)


def a_matter(tun: Tun, said: Said, *, sent_key: str = "", by: Viewer | None = None, via: Via = Via.FORM) -> Feedback:
    """Somebody says something about snow on the steps."""
    viewer = by or Viewer.anonymous(tun.municipality.id)
    thing = Thing(tun.centre, "Snø på trappa", "task_type", tun.snow.id)
    return raise_feedback(thing=thing, told=said, sent_key=sent_key or str(uuid7()), via=via, by=viewer, at=tun.now)


def said_by(tun: Tun, person: Person, *, words: str = "Salen er låst", by: Any = None, via: Via = Via.LINK) -> Feedback:
    """A person says something, from a link or through a coordinator."""
    return a_matter(tun, Said(words, person.id), by=by or oneself(tun, person), via=via)


def answered(tun: Tun, found: Feedback, *, at: Any = None) -> Feedback:
    """The coordinator answers."""
    return answer(feedback=found, words="Nøkkelen heng i boksen", by=tun.viewer(), at=at or tun.now)


@thing("feedback")
def feedback(world: World) -> object:
    """Something said to the centre."""
    return a_matter(world.tun, Said("Salen er låst")).id


@thing("follow")
def follow(world: World) -> object:
    """The address of one who has said something."""
    return follow_token(a_matter(world.tun, Said("Salen er låst")).id)


@thing("task_type_kind")
def task_type_kind(_world: World) -> object:
    """That it is about a kind of help."""
    return "task_type"


@thing("agreed_request")
def agreed_request(world: World) -> object:
    """A wish that somebody has said yes to."""
    return agreed_match(world.tun).request_id


@thing("heads_up")
def heads_up(world: World) -> object:
    """A word that waits for the person to be asked."""
    return a_heads_up(world.tun, agreed_match(world.tun)).id


@thing("contact")
def contact(world: World) -> object:
    """Whom a person lets the centre tell."""
    return a_contact(world.tun, world.tun.recipient()).id


@thing("concern")
def concern(world: World) -> object:
    """A concern about the centre."""
    return a_concern(world.tun)[0].id


@thing("centre")
def centre(world: World) -> object:
    """The centre as an owner."""
    return world.tun.centre.id


def text_of(message: Message) -> str:
    """What a message says, as it is sent."""
    told, to = notice_of(message.notice), recipients.resolve(message.to_person)
    assert to
    facts = told.facts(message.ref_id, to)
    assert facts is not None, "the message no longer applies"
    made = compose(told, channel=message.channel, recipient=to, facts=facts, municipality=message.tenant)
    return f"{made.heading} {made.text}"
