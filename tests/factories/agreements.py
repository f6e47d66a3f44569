"""An agreement between the centre, the health association, the council and a business, as far as a test wants it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from samtun.anchoring.agreements import actions
from samtun.anchoring.agreements.actions import Text
from samtun.anchoring.agreements.models import (
    Agreement,
    Answer,
    Comment,
    Duty,
    Evaluation,
    Party,
    PartyWord,
    Version,
)
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role, Viewer
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.models import Person
from tests.factories.forums import CHAIR, LEADER
from tests.factories.journey import COORDINATOR, Tun
from tests.factories.world import World, thing

SINCE = dt.date(2026, 1, 1)
WORDS = {
    "what": "Kaffi på Solheimen kvar laurdag.", "when": "Laurdagar klokka elleve.", "money": "Laget betaler kaffien.",
    "arranged": "Solheimen låser opp og set fram bord.", "follow_up": "Vi ringjest.", "warning": "Ring leiaren.",
    "evaluation": "Kvart halvår.",
}  # fmt: skip


@dataclass
class Round:
    """What tests of agreements stand on: the municipality, and who acts for whom."""

    tun: Tun
    shop: Owner
    people: dict[Any, Person] = field(default_factory=dict)

    def leader(self) -> Viewer:
        """Who answers for the centre."""
        return self.tun.viewer(self.tun.centre, Role.LEADER, LEADER)

    def coordinator(self) -> Viewer:
        """Who is at the centre's desk, and does not answer for it."""
        return self.tun.viewer(self.tun.centre, Role.COORDINATOR, COORDINATOR)

    def of_association(self) -> Viewer:
        """Who acts for the health association."""
        return self.tun.viewer(self.tun.other, Role.ORGANISATION_REPRESENTATIVE, CHAIR)

    def of_council(self) -> Viewer:
        """Who answers for the municipality."""
        return self.tun.viewer(self.tun.council, Role.LEADER, LEADER)

    def of_shop(self) -> Viewer:
        """Who acts for the shop."""
        return self.tun.viewer(self.shop, Role.ORGANISATION_REPRESENTATIVE, CHAIR)

    def stranger(self) -> Viewer:
        """Who acts for somebody who is no party."""
        owner = Owner.objects.create(kind="organisation", name="Songlaget")
        return self.tun.viewer(owner, Role.LEADER, LEADER)

    def viewer_of(self, party: Party) -> Viewer:
        """Who answers for a party."""
        of = {
            self.tun.centre.id: self.leader, self.tun.other.id: self.of_association,
            self.tun.council.id: self.of_council, self.shop.id: self.of_shop,
        }  # fmt: skip
        return of[party.owner_id]()

    def stands_at(self, owner: Owner, given: str, phone: str, role: Role = Role.LEADER) -> Person:
        """Somebody with a role at an owner."""
        body = Organisation.objects.get(owner=owner)
        person = self.tun.person(given, "Kontakt", phone, owner=owner)
        Membership.objects.create(person=person, organisation=body, role=role, starts=SINCE)
        return person

    def noted(self, *others: Owner, **changes: Any) -> Agreement:
        """Something agreed by word of mouth."""
        facts = {"name": "Nøkkelen til hallen", "words": "Vaktmeisteren låser opp.", "since": self.tun.now.date()}
        facts |= {"owner": self.tun.centre, "by": self.leader(), "at": self.tun.now} | changes
        return actions.note_agreement(others=others or (self.tun.other,), **facts)

    def started(self, *others: Owner, **changes: Any) -> Agreement:
        """An agreement on one page that has no text yet; every party has its own words."""
        facts = {"owner": self.tun.centre, "name": "Laurdagskaffi", "by": self.leader(), "at": self.tun.now} | changes
        made = actions.start_agreement(others=others or (self.tun.other,), **facts)
        for party in parties_of(made):
            actions.write_own(party=party, goal="Folk møtest", gain="Fleire frivillige", by=self.viewer_of(party),
                              at=self.tun.now)  # fmt: skip
        return made

    def proposed(self, agreement: Agreement, by_owner: Owner | None = None, **changes: Any) -> Version:
        """A text that waits, proposed by the centre unless said otherwise."""
        parties = parties_of(agreement)
        mine = next(p for p in parties if p.owner_id == (by_owner or self.tun.centre).id)
        facts = {"party": mine, "by": self.viewer_of(mine), "at": self.tun.now, "why": ""}
        facts |= {key: changes.pop(key) for key in ("party", "by", "at", "seen", "why") if key in changes}
        facts.setdefault("seen", Version.objects.filter(agreement=agreement, sort="text").count())
        does = {p.id: f"{p.owner.name} hjelper til." for p in parties if p.left_at is None}
        return actions.propose_text(agreement=agreement, text=Text(**{"does": does, **WORDS, **changes}), **facts)

    def agreed(self, *others: Owner, **changes: Any) -> Agreement:
        """An agreement on one page that all have said yes to."""
        made = self.started(*others)
        self.all_say_yes(self.proposed(made, **changes))
        made.refresh_from_db()
        return made

    def all_say_yes(self, version: Version, at: dt.datetime | None = None) -> None:
        """Every party that has not answered says yes."""
        answered = set(version.answers.values_list("party", flat=True))
        for party in parties_of(version.agreement):
            if party.left_at is None and party.id not in answered:
                actions.approve(version=version, party=party, by=self.viewer_of(party), at=at or self.tun.now)

    def evaluated(self, agreement: Agreement, at: dt.datetime) -> Evaluation:
        """An evaluation that is done."""
        made = actions.evaluate(agreement=agreement, by=self.leader(), at=at)
        for party in parties_of(agreement):
            if party.left_at is None:
                actions.say_word(evaluation=made, party=party, words="Bra", by=self.viewer_of(party), at=at)
        actions.note_recipients(
            evaluation=made, words="Vi kosar oss.", unheard_because="", by=self.leader(), at=at
        )  # fmt: skip
        made.refresh_from_db()
        return made


def parties_of(agreement: Agreement) -> list[Party]:
    """The parties, in the order they came in."""
    return list(Party.objects.filter(agreement=agreement).select_related("owner", "agreement").order_by("id"))


def party_of(agreement: Agreement, owner: Owner) -> Party:
    """One of them."""
    return next(party for party in parties_of(agreement) if party.owner_id == owner.id)


def one_of_each(tun: Tun, owner: Owner, word: str, person: Person) -> None:
    """A row of an owner's in every table; `word` stands in all of them that have words."""
    at, day = tun.now, tun.now.date()
    made = Agreement.objects.create(
        form="one_page", state="stands", name=f"{word}kaffi", started_by=owner, made_at=at, made_by=word, since=day
    )
    party = Party.objects.create(agreement=made, owner=owner, goal=f"{word}mål", contact=person)
    version = Version.objects.create(
        agreement=made, sort="text", number=1, proposed_by=party, proposed_by_name=word, proposed_at=at,
        what=f"{word}tekst",
    )  # fmt: skip
    Duty.objects.create(version=version, party=party, words=f"{word}gjer")
    Answer.objects.create(version=version, party=party, says="yes", said_by=word, said_on=day, at=at)
    evaluation = Evaluation.objects.create(agreement=made, due_on=day, began_at=at)
    said = {"evaluation": evaluation, "words": f"{word}ord"}
    PartyWord.objects.create(party=party, said_by=word, said_on=day, at=at, **said)
    Comment.objects.create(owner=owner, published_at=at, published_by=word, **said)


def make_round(tun: Tun) -> Round:
    """Build it, inside an open scope."""
    shop = Owner.objects.create(kind="business", name="Dalgrend Bakeri")
    Organisation.objects.create(owner=shop, name=shop.name, kind="business", phone="+4757003344")
    return Round(tun, shop)


def _round(world: World) -> Round:
    shop = Owner.objects.filter(name="Dalgrend Bakeri").first()
    return Round(world.tun, shop) if shop else make_round(world.tun)


def _agreement(world: World) -> Agreement:
    found = Agreement.objects.filter(name="Laurdagskaffi").first()
    if found is None:
        circle = _round(world)
        found = circle.started()
        circle.proposed(found, by=circle.coordinator())
    return found


@thing("agreement")
def an_agreement(world: World) -> object:
    """An agreement between the centre and the health association, with a text that waits."""
    return _agreement(world).id


@thing("agreement_party")
def a_party(world: World) -> object:
    """The health association in it."""
    return party_of(_agreement(world), world.tun.other).id


@thing("agreement_version")
def a_version(world: World) -> object:
    """The text that waits."""
    return Version.objects.get(agreement=_agreement(world), state="waiting").id


@thing("agreement_evaluation")
def an_evaluation(world: World) -> object:
    """An evaluation that is done, of another agreement."""
    circle = _round(world)
    found = Evaluation.objects.first()
    return (found or circle.evaluated(circle.agreed(), world.tun.now)).id
