"""What stands ready all year in the valley: on six shelves, by the municipality, the centre, associations, a business.

Those who publish are checked by the centre; one waits for it, and one thing nobody has confirmed for long.
"""

import datetime as dt
import uuid

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.foundation.scope import open_scope
from samtun.partners.catalogue.actions import checking, offers
from samtun.partners.catalogue.actions.offers import Told
from samtun.partners.catalogue.enums import Category, Competence, Group, Known, Shelf, Transport
from samtun.partners.catalogue.models import Offer
from samtun.partners.catalogue.rules import ask_on

CHECKED = ("sanitet", "hjelpekorps", "demenslag", "flyktningguidar", "gjestehus")
OLD = "Turvenn"
HALL = {"step_free": Known.YES, "toilet": Known.YES, "hearing_loop": Known.NO, "companion": Known.YES}
HOME = {"companion": Known.YES}

# fmt: off
# whose, title, about, plain words, shelf, sort, how to get there, free or price, number, who answers, when, the rest
STANDING: tuple[tuple, ...] = (
    ("frivilligsentral", "Besøksvenn", "Nokon kjem innom ein gong i veka, til ein prat, ein tur eller eit slag kort.",
     "Nokon kjem til deg. Det kostar ingenting.", Shelf.SOCIAL, Category.ONE_TO_ONE, Transport.NONE_NEEDED, "",
     "Ragnhild", "måndag, onsdag og fredag 9 til 14", {"access": HOME}),
    ("frivilligsentral", "Ei hand heime", "Byte lyspære, bere ved, få i gang telefonen. Småting som ventar på nokon.",
     "Vi hjelper deg heime med småting.", Shelf.EVERYDAY, Category.PRACTICAL, Transport.NONE_NEEDED, "",
     "Ragnhild", "måndag, onsdag og fredag 9 til 14", {}),
    ("frivilligsentral", "Sentralen er open", "Kaffi på kanna, aviser, og nokon å spørje. Kom som du er.",
     "Du kan kome inn. Kaffien er gratis.", Shelf.CENTRE, Category.SOCIAL, Transport.PUBLIC, "",
     "Ragnhild", "måndag, onsdag og fredag 9 til 14", {"place": "Frivilligsentralen på torget", "access": HALL}),
    ("frivilligsentral", "Låne ting", "Spadar, kaffikjelar, ein tilhengar og eit telt. Bruk det, og kom att med det.",
     "Du kan låne ting av oss.", Shelf.CENTRE, Category.LENDING, Transport.OWN, "",
     "", "onsdag 9 til 14", {"place": "Frivilligsentralen på torget"}),
    ("heimeteneste", "Hjelp heime", "Hjelp til det du ikkje greier sjølv heime. Ring, så kjem vi og ser på det.",
     "Kommunen kan hjelpe deg heime.", Shelf.CARE, Category.PRACTICAL, Transport.NONE_NEEDED, "etter inntekt",
     "vakta", "heile døgnet", {}),
    ("heimeteneste", "Når det hastar om natta", "Nattevakta svarer, og kjem om det trengst. Fare for liv: ring 113.",
     "Ring oss om natta.", Shelf.CARE, Category.OTHER, Transport.NONE_NEEDED, "",
     "nattevakta", "22 til 7", {}),
    ("heimeteneste", "Tryggleiksalarm", "Ein knapp på armen, og nokon som svarer. Ring, så får du prøve han.",
     "Trykk på knappen, så kjem nokon.", Shelf.TECHNOLOGY, Category.OTHER, Transport.NONE_NEEDED, "320 kr i månaden",
     "vakta", "måndag til fredag 9 til 15", {}),
    ("heimeteneste", "Trim med fysioterapeut", "Balanse og styrke i små grupper, sitjande eller ståande.",
     "Vi trenar saman.", Shelf.CARE, Category.ACTIVE, Transport.ORGANISED_RIDE, "80 kr for gongen",
     "Ingunn", "tysdag 10", {"place": "Solhaug", "competence": Competence.PHYSIOTHERAPY, "access": HALL,
                            "groups": [Group.OLDER]}),
    ("kommune", "TT-kort", "Billegare drosje for den som ikkje kan ta bussen. Vi fyller ut skjemaet saman med deg.",
     "Billeg drosje når du ikkje kan ta buss.", Shelf.EVERYDAY, Category.RIDE, Transport.NONE_NEEDED, "",
     "servicetorget", "måndag til fredag 9 til 15", {}),
    ("kommune", "Hjelpemiddel", "Rullator, dusjstol, høge bein på senga. Vi kjem heim til deg og ser kva som passar.",
     "Du kan låne hjelpemiddel gratis.", Shelf.TECHNOLOGY, Category.LENDING, Transport.NONE_NEEDED, "",
     "servicetorget", "måndag til fredag 9 til 15", {"competence": Competence.OCCUPATIONAL}),
    ("demenslag", "Aktivitetsvenn", "Ein å gå tur, syngje eller fiske med, eller sitje ned og sjå på fjorden.",
     "Ein venn å gjere ting saman med.", Shelf.DEMENTIA_FRIENDLY, Category.DEMENTIA_FRIENDLY, Transport.COMPANION_WALK,
     "", "Borghild", "etter klokka 17", {"groups": [Group.NEXT_OF_KIN, Group.OLDER]}),
    ("hjelpekorps", OLD, "Ein som går i ditt tempo, så langt du vil.",
     "Vi går tur saman.", Shelf.SOCIAL, Category.ACTIVE, Transport.COMPANION_WALK, "",
     "Tor", "kveldar", {"groups": [Group.MEN_ALONE, Group.NEWLY_RETIRED]}),
    ("flyktningguidar", "Språkvenn", "To og to møtest over ein kaffi og snakkar norsk om det som ligg på hjartet.",
     "Vi drikk kaffi og snakkar norsk.", Shelf.SOCIAL, Category.INCLUSION, Transport.PUBLIC, "",
     "Solveig", "kveldar", {"groups": [Group.NEW_HERE], "languages": "arabisk, ukrainsk, engelsk"}),
    ("gjestehus", "Middag i lag", "Dagens middag til kostpris i dei stille månadene, ved langbordet.",
     "Vi et middag saman.", Shelf.SOCIAL, Category.MEAL, Transport.ORGANISER_FETCHES, "120 kr",
     "Marit", "onsdag 14", {"place": "Fjordgløtt", "months": [1, 2, 3, 10, 11], "access": HALL}),
)
WAITS: tuple = ("pensjonistlag", "Kortbord", "Tre som manglar ein fjerde. Ring, så kjem vi med kortstokken.",
         "Vi spelar kort.", Shelf.SOCIAL, Category.ONE_TO_ONE, Transport.NONE_NEEDED, "", "Aslaug", "formiddag", {})
# fmt: on


def plan_standing(made: Made, past: Past, *, by: str) -> None:
    """Plan it: most of it five months ago, the one that waits yesterday."""
    past.plan(made.present - dt.timedelta(days=150), lambda moment: _begin(made, by, moment))
    past.plan(made.present - dt.timedelta(days=1), lambda moment: _put(made, WAITS, moment))


def _begin(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        for key in CHECKED:
            checking.check(owner=made.bodies[key].owner, by=made.viewer(by), at=at)
    for line in STANDING:
        _put(made, line, at)
    with open_scope(made.tenant):
        long_ago = at.date() - dt.timedelta(days=90)
        Offer.objects.filter(title=OLD).update(confirmed_on=long_ago, ask_from=ask_on(long_ago))


def _put(made: Made, line: tuple, at: dt.datetime) -> None:
    whose, title, about, easy, shelf, category, transport, price, answers, hours, more = line
    body = made.bodies[whose]
    with open_scope(made.tenant):
        told = Told(
            title=title, about=about, easy=easy, shelf=shelf, category=category, transport=transport, price=price,
            is_free=not price, phone=body.phone or made.bodies[made.valley.centre].phone, answers=answers, hours=hours,
            villages=[made.villages["sundoyra"]] if more.get("place") else [], **more,
        )  # fmt: skip
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{made.valley.slug} {made.seed} {title}")
        offers.put_on_offer(owner=body.owner, told=told, sent_key=key, by=made.system(), at=at)
