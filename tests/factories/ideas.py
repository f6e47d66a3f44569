"""What the addresses of needs and ideas point at, and what their tests stand on."""

import datetime as dt
from typing import Any

from samtun.codesign.ideas.actions.answering import answer
from samtun.codesign.ideas.actions.entering import Put, put_forward
from samtun.codesign.ideas.actions.helping import join
from samtun.codesign.ideas.actions.promising import promise
from samtun.codesign.ideas.actions.starting import Words, name_contact, start
from samtun.codesign.ideas.actions.telling import Word
from samtun.codesign.ideas.enums import Answered, PromiseKind, Via
from samtun.codesign.ideas.models import Addition, Helper, Idea, IdeaStep, Initiative, NewDay, Promise
from samtun.codesign.ideas.rules import helper_token, lead_token
from samtun.codesign.needs.actions import Told, write_need
from samtun.codesign.needs.enums import Group, Source
from samtun.codesign.needs.models import Need
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel.ids import uuid7
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.models import Person
from tests.factories.journey import Tun
from tests.factories.world import World, thing

RAGNHILD, OLAV = "+4790000901", "+4790000902"
DINNER = "Middag saman på torsdagane"


def ragnhild(tun: Tun) -> Person:
    """Who has the idea."""
    return tun.person("Ragnhild", "Aasen", RAGNHILD)


def olav(tun: Tun) -> Person:
    """Who joins in."""
    return tun.person("Olav", "Bruflot", OLAV)


def oneself(tun: Tun, person: Person) -> Viewer:
    """A person acting as themselves."""
    hat = Hat(f"own:{person.id}", Role.RESIDENT, "", frozenset(), frozenset({Permission.OWN_PAGE}))
    return Viewer(tun.municipality.id, hat, account=person.id, person=person.id, name=person.full_name, language="nn")


def an_idea(tun: Tun, person: Person | None = None, **more: Any) -> Idea:
    """Somebody has an idea and writes it from their own page."""
    who = person or ragnhild(tun)
    facts: dict[str, Any] = {"title": DINNER, "words": "Vi er mange som et åleine. Eg vil lage middag i grendahuset."}
    put = Put(**facts | more.pop("put", {}))
    by = more.pop("by", None) or oneself(tun, who)
    at = more.pop("at", tun.now)
    return put_forward(
        owner=tun.centre, person=who, put=put, sent_key=more.pop("sent_key", str(uuid7())),
        via=more.pop("via", Via.OWN), by=by, at=at, **more,
    )  # fmt: skip


def answered(tun: Tun, idea: Idea, **more: Any) -> Idea:
    """The coordinator answers."""
    facts = {"words": "Det vil vi gjerne vere med på.", "outcome": Answered.TOGETHER, "by": tun.viewer(), "at": tun.now}
    return answer(idea=idea, **facts | more)


def by_lead(idea: Idea) -> Word:
    """The lead's own address."""
    fresh = Idea.objects.get(id=idea.id)
    return Word(token=lead_token(fresh.id, fresh.turn))


def nobody(tun: Tun) -> Viewer:
    """Somebody without a login."""
    return Viewer.anonymous(tun.municipality.id)


def an_initiative(tun: Tun, idea: Idea | None = None, *, is_public: bool = True, **words: Any) -> Initiative:
    """The one who has the idea makes it happen."""
    found = idea or an_idea(tun)
    facts: dict[str, Any] = {"title": DINNER, "words": "Middag for alle kvar torsdag.", "shown_as": "Ragnhild"} | words
    said = Words(**facts, is_public=is_public)
    return start(idea=found, words=said, by=nobody(tun), at=tun.now, word=by_lead(found))


def a_member(tun: Tun, given: str, phone: str, *, owner: Any = None, role: Role = Role.COORDINATOR) -> Membership:
    """Somebody who works at the centre, or another owner."""
    body = Organisation.objects.get(owner=owner or tun.centre)
    person = tun.person(given, "Kvamme", phone, owner=body.owner)
    return Membership.objects.create(person=person, organisation=body, role=role, starts=dt.date(2026, 1, 1))


def with_contact(tun: Tun, life: Initiative, *, owner: Any = None) -> Initiative:
    """Torunn is the contact, Arne the deputy."""
    torunn = a_member(tun, "Torunn", "+4790000911", owner=owner)
    arne = a_member(tun, "Arne", "+4790000912", owner=owner)
    return name_contact(initiative=life, contact=torunn, deputy=arne, by=tun.viewer(), at=tun.now)


def a_promise(tun: Tun, life: Initiative, **more: Any) -> Promise:
    """A room is promised for Friday."""
    facts: dict[str, Any] = {
        "kind": PromiseKind.ROOM, "words": "Leige av grendahuset", "due": dt.date(2026, 11, 27), "sent_key": uuid7(),
        "by": tun.viewer(), "at": tun.now,
    }  # fmt: skip
    return promise(initiative=life, **facts | more)


def a_helper(tun: Tun, life: Initiative, person: Person | None = None, **more: Any) -> Helper:
    """Olav rings and says that he is in."""
    facts: dict[str, Any] = {"words": "Køyre", "via": Via.PHONE, "by": tun.viewer(), "at": tun.now}
    return join(initiative=life, person=person or olav(tun), **facts | more)


def a_need(tun: Tun, owner: Any = None, *, by: Viewer | None = None, **told: Any) -> Need:
    """Men who live alone eat alone."""
    facts: dict[str, Any] = {
        "words": "Menn som bur åleine, et middag åleine.", "group": Group.MEN_ALONE, "source": Source.TALK,
        "known_on": tun.now.date(), "village": tun.near,
    }  # fmt: skip
    whose = owner or tun.centre
    return write_need(owner=whose, told=Told(**facts | told), sent_key=uuid7(), by=by or tun.viewer(whose), at=tun.now)


def imagine(tun: Tun, owner: Any, word: str, person: Person) -> None:
    """A row in every table of needs and ideas for an owner; `word` stands in all that have words."""
    at, day = tun.now, tun.now.date()
    Need.objects.create(
        owner=owner, words=f"{word}behov", group=Group.OLDER, source=Source.SEEN, known_on=day, written_by=word,
        made_at=at, sent_key=uuid7(),
    )  # fmt: skip
    idea = Idea.objects.create(
        owner=owner, title=f"{word}ide", words=f"{word}ord", initiator=person, lead=person, comes_from="resident",
        via=Via.PHONE, state="initiative", made_at=at, sent_hash=word, own_hash=word,
    )  # fmt: skip
    IdeaStep.objects.create(idea=idea, kind="started", at=at, words=f"{word}steg")
    Addition.objects.create(
        idea=idea, kind="and", words=f"{word}og", person=person, via=Via.PHONE, made_at=at, sent_hash=word
    )
    life = Initiative.objects.create(idea=idea, title=f"{word}tiltak", words=f"{word}middag", started_at=at)
    Helper.objects.create(initiative=life, person=person, words=f"{word}med", via=Via.PHONE, made_at=at, own_hash=word)
    made = Promise.objects.create(
        initiative=life, kind=PromiseKind.ROOM, words=f"{word}sal", due=day, first_due=day, made_at=at, sent_key=uuid7()
    )
    NewDay.objects.create(promise=made, was=day, due=day + dt.timedelta(days=1), why=f"{word}grunn", at=at)


@thing("need")
def need(world: World) -> object:
    """A need the centre has written down."""
    return a_need(world.tun).id


@thing("joined_need")
def joined_need(world: World) -> object:
    """A need that is joined with another."""
    from samtun.codesign.needs.actions import join as join_needs

    one, other = a_need(world.tun), a_need(world.tun, words="Fleire vil ha nokon å ete med.")
    return join_needs(need=one, into=other, by=world.tun.viewer(), at=world.tun.now).id


@thing("idea")
def idea(world: World) -> object:
    """An idea that waits for an answer."""
    return an_idea(world.tun).id


@thing("initiative")
def initiative(world: World) -> object:
    """A living, open initiative with a contact, a promise and one who is with it."""
    life = with_contact(world.tun, an_initiative(world.tun))
    a_promise(world.tun, life)
    a_helper(world.tun, life)
    return life.idea_id


@thing("own_idea")
def own_idea(world: World) -> object:
    """The lead's own address."""
    return lead_token(an_initiative(world.tun).idea_id, 1)


@thing("own_helper")
def own_helper(world: World) -> object:
    """A helper's own address."""
    return helper_token(a_helper(world.tun, an_initiative(world.tun)).id)


@thing("promise")
def a_promised_thing(world: World) -> object:
    """Something promised."""
    return a_promise(world.tun, with_contact(world.tun, an_initiative(world.tun))).id


@thing("idea_kind")
def idea_kind(_world: World) -> object:
    """That a code is for an idea."""
    return "ide"
