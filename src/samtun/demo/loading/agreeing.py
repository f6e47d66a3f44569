"""Three agreements: one only noted, one on one page with a shop, and one that somebody sees otherwise."""

import datetime as dt
from typing import Any

from samtun.anchoring.agreements import actions
from samtun.anchoring.agreements.actions import Text
from samtun.anchoring.agreements.enums import Meets, Often
from samtun.anchoring.agreements.models import Agreement, Party, Version
from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.foundation import hats
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer

KEY, GOODS, COFFEE = "Nøkkelen til Nesheim", "Varer heim på torsdagar", "Laurdagskaffi på Solhaug"
OWN = {
    "frivilligsentral": ("At folk bur heime lenger", "Ein fast dag vi kan love bort"),
    "hjelpekorps": ("At dei eldste ser folk", "Nye hjelparar til korpset"),
    "handel": ("At butikken lever", "Faste kundar på ein roleg dag"),
    "sjukeheim": ("Liv i stova på laurdagar", "Bebuarar som gler seg"),
    "sanitet": ("Ein kopp kaffi til den som treng det", "Fleire som blir kjende med oss"),
    "pensjonistlag": ("Å møte gamle vener", "Ein grunn til å ta turen"),
}
DOES = {
    "frivilligsentral": "Tek imot tingingane onsdag og finn hjelparar.",
    "hjelpekorps": "Køyrer varene heim og ber dei inn.",
    "handel": "Pakkar varene til klokka tolv og skriv rekning.",
    "sjukeheim": "Låser opp stova og har éin tilsett til stades.",
    "sanitet": "Kokar kaffi og held praten i gang.",
    "pensjonistlag": "Kjem med musikk.",
}


def plan_agreeing(made: Made, past: Past, *, by: str) -> None:
    """Plan them over the last months before the present."""
    days = dt.timedelta
    past.plan(made.present - days(days=96), lambda moment: _note(made, by, moment))
    past.plan(made.present - days(days=90), lambda moment: _goods(made, by, moment))
    past.plan(made.present - days(days=84), lambda moment: _all_say_yes(made, GOODS, moment))
    past.plan(made.present - days(days=60), lambda moment: _more_seldom(made, moment))
    past.plan(made.present - days(days=55), lambda moment: _all_say_yes(made, GOODS, moment))
    past.plan(made.present - days(days=9), lambda moment: _coffee(made, by, moment))
    past.plan(made.present - days(days=7), lambda moment: _sees_otherwise(made, moment))


def _for(made: Made, body: str) -> Viewer:
    """Somebody who acts for a body, in that hat."""
    person = next(one.person for one in made.valley.hats if one.organisation == body)
    row, owner = made.persons[person], made.bodies[body].owner_id
    hat = next(one for one in hats.hats_of(row.id) if owner in one.owners)
    return Viewer(made.tenant, hat, account=row.id, person=row.id, name=row.full_name, language=row.language)


def _party(made: Made, agreement: Agreement, body: str) -> Party:
    return Party.objects.select_related("owner").get(agreement=agreement, owner=made.bodies[body].owner)


def _note(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        actions.note_agreement(
            owner=made.centre, others=[made.bodies["nesvika-grendelag"].owner], name=KEY,
            words="Vi får låne nøkkelen når vi treng storsalen, og heng han att i boden.", since=at.date(),
            by=made.viewer(by), at=at,
        )  # fmt: skip


def _start(made: Made, by: str, name: str, bodies: tuple[str, ...], at: dt.datetime) -> Agreement:
    goal, gain = OWN["frivilligsentral"]
    found = actions.start_agreement(
        owner=made.centre, others=[made.bodies[body].owner for body in bodies], name=name, goal=goal, gain=gain,
        by=made.viewer(by), at=at,
    )  # fmt: skip
    mine = _party(made, found, "frivilligsentral")
    actions.name_contact(party=mine, contact=made.persons[by], deputy=None, by=made.viewer(by), at=at)
    actions.note_backing(party=mine, words="Styret, sak 12", on=at.date(), by=made.viewer(by), at=at)
    return found


def _propose(made: Made, by: str, found: Agreement, bodies: tuple[str, ...], at: dt.datetime, **words: Any) -> None:
    everyone = ("frivilligsentral", *bodies)
    does = {_party(made, found, body).id: DOES[body] for body in everyone}
    actions.propose_text(
        agreement=found, party=_party(made, found, "frivilligsentral"), text=Text(does=does, **words), seen=0,
        by=made.viewer(by), at=at,
    )  # fmt: skip


def _goods(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        bodies = ("hjelpekorps", "handel")
        found = _start(made, by, GOODS, bodies, at)
        _propose(
            made, by, found, bodies, at, what="Den som ikkje kjem seg til butikken, får varene heim på torsdagar.",
            when="Torsdagar mellom klokka tolv og tre, ikkje på raude dagar.",
            arranged="Butikken pakkar, korpset køyrer, sentralen tek telefonen.",
            money="Den som tingar, betaler varene. Butikken dekkjer drivstoffet.",
            follow_up="Vi ringjest når noko skjer.", warning="Ring leiaren på frivilligsentralen.",
            evaluation="Kvart halvår det første året.",
        )  # fmt: skip


def _all_say_yes(made: Made, name: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        version = Version.objects.get(agreement__name=name, state="waiting")
        for body in ("hjelpekorps", "handel"):
            party, by = _party(made, version.agreement, body), _for(made, body)
            goal, gain = OWN[body]
            if not party.goal:
                actions.write_own(party=party, goal=goal, gain=gain, by=by, at=at)
                actions.name_contact(party=party, contact=made.persons[_key(made, body)], deputy=None, by=by, at=at)
            if not version.answers.filter(party=party).exists():
                actions.approve(version=version, party=party, by=by, at=at)


def _key(made: Made, body: str) -> str:
    return next(one.person for one in made.valley.hats if one.organisation == body)


def _more_seldom(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        found = Agreement.objects.get(name=GOODS)
        actions.propose_rhythm(
            agreement=found, party=_party(made, found, "frivilligsentral"), meets=Meets.TELEPHONE,
            often=Often.MONTHLY, why="Det går av seg sjølv no.", by=_for(made, "frivilligsentral"), at=at,
        )  # fmt: skip


def _coffee(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        bodies = ("sjukeheim", "sanitet", "pensjonistlag")
        found = _start(made, by, COFFEE, bodies, at)
        _propose(
            made, by, found, bodies, at, what="Open kaffistove i stova på Solhaug kvar laurdag.",
            when="Kvar laurdag klokka elleve til eitt.", money="Kaffien er gratis. Sjukeheimen kjøper han inn.",
            follow_up="Vi møtest i stova siste laurdagen i månaden.", warning="Ring avdelinga på Solhaug.",
        )  # fmt: skip


def _sees_otherwise(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        version = Version.objects.get(agreement__name=COFFEE)
        party, by = _party(made, version.agreement, "sanitet"), _for(made, "sanitet")
        actions.write_own(party=party, goal=OWN["sanitet"][0], gain=OWN["sanitet"][1], by=by, at=at)
        actions.approve(version=version, party=party, by=by, at=at)
        actions.object_to(
            version=version, party=_party(made, version.agreement, "pensjonistlag"), by=_for(made, "pensjonistlag"),
            words="Vi klarer ikkje kvar laurdag. Annankvar går fint.", at=at,
        )  # fmt: skip
