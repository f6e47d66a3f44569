"""Two that several make together: Friday coffee with a lift, on trial, and a walking group that is being drawn."""

import datetime as dt
from typing import Any

from samtun.anchoring.agreements.models import Agreement
from samtun.codesign.designs import actions
from samtun.codesign.designs.enums import Behalf, ChangeKind, Does, Legal, LegalState, Way
from samtun.codesign.designs.models import Change, Design
from samtun.codesign.designs.queries import joined
from samtun.codesign.workshops.actions import make_design
from samtun.codesign.workshops.models import Recommendation
from samtun.demo.loading.agreeing import KEY
from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.foundation.scope import open_scope

COFFEE, WALKS = "Fredagskaffe med skyss", "Turgruppa som ventar på den siste"
LEAGUE, UNIT = "bygdekvinnelag", "heimeteneste"
CHAIR, HEAD = "turid-ramsoy", "terje-lundemo"
PURPOSE = "At dei som bur åleine utan bil, har ein fast stad å gå kvar fredag, og kjem heim att."
GOAL = "Minst åtte kjem kvar fredag, og ingen ventar meir enn eit kvarter på skyss."
WORDS = {
    "purpose": PURPOSE,
    "whose_need": "Eldre på Sundøyra og i grendene rundt.",
    "nearly": "Pensjonistlaget har kaffi ein torsdag i månaden. Dei vil gjerne at fredagen kjem i tillegg.",
    "volunteers_wish": "Ei fast vakt i månaden, og nokon å ringje når bilen ikkje startar.",
    "recipients_need": "Å bli henta ved døra, og å vite kven som køyrer.",
    "place_expects": "At nokon frå laget låser og ryddar.",
}
PLACES = (
    (Behalf.RECIPIENTS, Way.AT_TABLE, "To som skal kome på kaffien"),
    (Behalf.NEXT_OF_KIN, Way.ASKED, "Tre pårørande"),
    (Behalf.VOLUNTEERS, Way.AT_TABLE, "To sjåførar"),
)


def plan_together(made: Made, past: Past, *, by: str) -> None:
    """Plan it in the last three months before the present."""
    past.plan(made.present - dt.timedelta(days=80), lambda moment: _draw(made, by, moment))
    past.plan(made.present - dt.timedelta(days=60), lambda moment: _try(made, by, moment))
    past.plan(made.present - dt.timedelta(days=59), lambda moment: _yes(made, moment))
    past.plan(made.present - dt.timedelta(days=30), lambda moment: _mend(made, moment))
    past.plan(made.present - dt.timedelta(days=12), lambda moment: _another(made, by, moment))
    past.plan(made.present - dt.timedelta(days=6), lambda moment: _rest(made, by, moment))


def _draw(made: Made, by: str, at: dt.datetime) -> None:
    """What a workshop recommended becomes a design, and two more draw it with the centre."""
    with open_scope(made.tenant):
        ours: dict[str, Any] = {"by": made.viewer(by), "at": at}
        make_design(recommendation=Recommendation.objects.get(what=COFFEE), **ours)
        found = Design.objects.get(title=COFFEE)
        for body, person in ((LEAGUE, CHAIR), (UNIT, HEAD)):
            party = actions.ask_party(design=found, owner=made.bodies[body].owner, **ours)
            actions.join(party=party, by=made.viewer(person), at=at + dt.timedelta(hours=5))
        actions.draw(design=found, **ours)
        for behalf, way, who in PLACES:
            actions.add_place(design=found, behalf=behalf, way=way, who=who, **ours)
        found.refresh_from_db()
        actions.write_words(design=found, texts=WORDS, edition=found.edition, **ours)
        _divide(made, found, **ours)
        for person, gain in (
            (by, "Fleire møter einannan, og vi treng ikkje eige lokale."),
            (CHAIR, "Huset blir brukt."),
        ):
            mine = made.viewer(person)
            party = next(p for p in joined(found.id) if p.owner_id in mine.owners)
            actions.write_gain(party=party, gain=gain, by=mine, at=at)


def _divide(made: Made, found: Design, **ours: Any) -> None:
    """Who does what, and what the law may have a say in."""
    centre, league, unit = (party.owner_id for party in joined(found.id))
    parts = {centre: Does.ANSWERS, league: Does.DOES}
    actions.divide(design=found, words="Kaffi og prat i bygdehuset", parts=parts, **ours)
    parts = {centre: Does.ANSWERS, league: Does.DOES, unit: Does.TOLD}
    actions.divide(design=found, words="Hente og køyre heim", task_type=made.types["lift"], parts=parts, **ours)
    found.refresh_from_db()
    points = {
        Legal.FOOD: (LegalState.SETTLED, "Bygdehuset er meldt til Mattilsynet."),
        Legal.CHILDREN: (LegalState.NOT_RELEVANT, ""),
        Legal.PAID_RIDES: (LegalState.SETTLED, "Sjåførane får dekt drivstoff, og tener ikkje på det."),
    }
    actions.write_legal(design=found, points=points, edition=found.edition, **ours)


def _try(made: Made, by: str, at: dt.datetime) -> None:
    ends = (made.present + dt.timedelta(days=40)).date()
    with open_scope(made.tenant):
        actions.propose_larger(
            design=Design.objects.get(title=COFFEE), kind=ChangeKind.TRIAL, words="Alle er klare, og huset er ledig.",
            to={"goal": GOAL, "ends": ends.isoformat()}, by=made.viewer(by), at=at,
        )  # fmt: skip


def _yes(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        change = Change.objects.get(kind=ChangeKind.TRIAL)
        for person in (CHAIR, HEAD):
            by = made.viewer(person)
            party = next(p for p in joined(change.design_id) if p.owner_id in by.owners)
            actions.answer_change(change=change, party=party, yes=True, by=by, at=at)


def _mend(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        found, by = Design.objects.get(title=COFFEE), made.viewer(CHAIR)
        words = {"place_expects": "At nokon frå laget låser, ryddar og set fram eit skilt ved innkøyringa."}
        why = "Dei som kom første gongen, fann ikkje inngangen."
        actions.write_words(design=found, texts=words, edition=found.edition, why=why, by=by, at=at)


def _another(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        purpose = "At dei som går seint, òg kjem seg ut på tur."
        found = actions.begin(
            owner=made.bodies[LEAGUE].owner, title=WALKS, purpose=purpose, by=made.viewer(CHAIR), at=at
        )
        actions.draw(design=found, by=made.viewer(CHAIR), at=at)
        actions.ask_party(design=found, owner=made.centre, by=made.viewer(CHAIR), at=at)
        actions.propose_change(
            design=Design.objects.get(title=COFFEE), from_owner=made.centre, by=made.viewer(by), at=at,
            words="Kunne bilen starte ein halvtime før, så ingen sit og ventar?",
        )  # fmt: skip


def _rest(made: Made, by: str, at: dt.datetime) -> None:
    """The coffee rests on what the centre has noted with the hall about its key."""
    with open_scope(made.tenant):
        agreement = Agreement.objects.get(name=KEY)
        actions.rest_on(design=Design.objects.get(title=COFFEE), agreement_id=agreement.id, by=made.viewer(by), at=at)
