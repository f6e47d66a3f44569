"""What has been asked for in Dalgrend lately, and where each request stands when the demo opens."""

from datetime import date

from samtun.demo.valley.calendar_days import told_day, working_day
from samtun.demo.valley.words import Ends, Hint, Story, Text

LEADER, DEPUTY, NURSE = "ragnhild-brekkhus", "eirik-sandvoll", "hanne-fossheim"
MAGNHILD, SVERRE, SIGNE, ARNE = "magnhild-kleivane", "sverre-stavdal", "signe-vikane", "arne-flatjord"
MONA, ODD, TORDIS, LETEBRHAN = "mona-vollset", "odd-ulvestad", "tordis-ulvestad", "letebrhan-tesfay"
KARE, TORLEIV, JORUNN, YONAS = "kare-myrlid", "torleiv-haugseter", "jorunn-nesvoll", "yonas-haile"
OLENA, SINDRE, MALFRID, VEGARD = "olena-kovalenko", "sindre-juvik", "malfrid-tveitane", "vegard-seljemo"
IVAR, SYNNOVE, GEIR = "ivar-instebo", "synnove-instebo", "geir-oppheim"

CLEAR_ESTATE = Text(
    "Et helt hus er for mye for frivillige. Kvernegrend Maskin tar slike jobber. Bruktbutikken henter møbler.",
    "Eit heilt hus er for mykje for frivillige. Kvernegrend Maskin tek slike jobbar. Bruktbutikken hentar møblar.",
    "A whole house is too much for volunteers. Kvernegrend Maskin does this. The second-hand shop collects furniture.",
)
APPLY_FOR_CARE = Text(
    "Dette er det fagfolk som skal hjelpe med. Vi ringte tildelingskontoret sammen, og de tar kontakt.",
    "Dette er det fagfolk som skal hjelpe med. Vi ringde tildelingskontoret saman, og dei tek kontakt.",
    "This is for professionals. We called the allocation office together, and they will be in touch.",
)
TAKE_THE_TAXI = Text(
    "Faste turer kjører drosja. Du kan søke om TT-kort, og vi sender deg skjemaet i posten.",
    "Faste turar køyrer drosja. Du kan søkje om TT-kort, og vi sender deg skjemaet i posten.",
    "Regular trips are for the taxi. You can apply for a transport card; we post you the form.",
)
NOBODY_NOW = Text(
    "Vi fant ingen som kunne denne dagen. Ragnhild ringer deg mandag for å høre om en annen dag passer.",
    "Vi fann ingen som kunne denne dagen. Ragnhild ringjer deg måndag for å høyre om ein annan dag passar.",
    "We found nobody for that day. Ragnhild will call you on Monday to hear whether another day suits.",
)


def stories(today: date) -> tuple[Story, ...]:
    """All of them, the newest first."""
    return (*_open(today), *_agreed(today), *_past(today), *_otherwise(today))


def hints(today: date) -> tuple[Hint, ...]:
    """Return what somebody is still to ring about."""
    return (
        Hint(told_day(today, -1), "Lampa i gangen er mørk, og han når ikkje opp.", by=NURSE, person=ODD),
        Hint(
            told_day(today, -1), "Det har ikkje lyst i glasa hos henne på to kveldar.", name="Gunvor Stavdal",
            place="Det gule huset ved brua i Kvernegrend", sender="Ein granne same stad", sender_phone="+4749000987",
        ),
    )  # fmt: skip


def _story(
    today: date,
    key: str,
    who: str,
    kind: str,
    words: str,
    ends: Ends,
    *,
    told: int,
    on: int,
    start: int | None = None,
    minutes: int = 60,
    door: str = "telephone",
    by: str | None = LEADER,
    lang: str = "nn",
    asked: tuple[str, ...] = (),
    said_no: tuple[str, ...] = (),
    helper: str | None = None,
    thanks: str | None = None,
    answer: Text | None = None,
) -> Story:
    """Make a story: `told` and `on` are working days from today, `start` is minutes after midnight."""
    return Story(
        key=key,
        recipient=who,
        task_type=kind,
        door=door,
        taken_by=by,
        words=words,
        lang=lang,
        told_on=told_day(today, told),
        day=working_day(today, on),
        start=start,
        minutes=minutes,
        ends=ends,
        asked=asked,
        said_no=said_no,
        helper=helper,
        thanks=thanks,
        answer=answer,
    )


def _open(today: date) -> tuple[Story, ...]:
    """Still on the desk."""
    return (
        _story(
            today, "consent-walk", TORDIS, "walk", "Ho seier at ho saknar å gå til kaien og attende.",
            Ends.AWAITS_CONSENT, told=0, on=4, start=660, door="home_care", by=NURSE,
        ),
        _story(
            today, "assess-vigil", SVERRE, "vigil", "Sonen spør om nokon kan sitje hos far nokre netter.",
            Ends.AWAITS_ASSESSMENT, told=0, on=2, start=1320, minutes=240, door="next_of_kin",
        ),
        _story(
            today, "assess-medicine", ARNE, "care", "Kan noen komme innom og se til at jeg husker medisinen?",
            Ends.AWAITS_ASSESSMENT, told=-1, on=1, door="public_form", by=None, lang="nb",
        ),
        _story(
            today, "snow-magnhild", MAGNHILD, "snow", "Det ligg snø på trappa, og eg kjem meg ikkje ut til postkassa.",
            Ends.READY, told=0, on=1, start=600, minutes=45,
        ),
        _story(
            today, "protected-digital", MONA, "digital", "Jeg trenger hjelp til å sette opp en ny telefon.",
            Ends.READY, told=0, on=5, start=720, door="public_form", by=None, lang="nb",
        ),
        _story(
            today, "lift-signe", SIGNE, "lift", "Skyss til pensjonistlaget torsdag, og heim att.",
            Ends.ASKED, told=-1, on=3, start=960, minutes=150, asked=(IVAR, MALFRID, GEIR), said_no=(GEIR,),
        ),
        _story(
            today, "firewood-arne", ARNE, "firewood", "Veden ligger ute, og jeg får den ikke inn før helga.",
            Ends.ASKED, told=-1, on=2, minutes=45, lang="nb", door="public_form", by=None, asked=(VEGARD,),
        ),
        _story(
            today, "company-sverre", SVERRE, "company", "Eg skal til legen og vil gjerne ha følgje.",
            Ends.NO_ANSWER, told=-4, on=1, start=660, minutes=120, asked=(MALFRID,),
        ),
        _story(
            today, "bulb-tordis", TORDIS, "small_jobs", "Pæra på kjøkenet er gått, og Odd får ikkje stå på stige.",
            Ends.AWAITS_RECIPIENT, told=-2, on=2, start=780, minutes=30, asked=(YONAS, KARE), helper=YONAS,
        ),
    )  # fmt: skip


def _agreed(today: date) -> tuple[Story, ...]:
    """Settled and yet to come."""
    return (
        _story(
            today, "shopping-signe", SIGNE, "shopping", "Fredagshandelen, eg har skrive liste.",
            Ends.AGREED, told=-3, on=1, start=660, minutes=90, asked=(IVAR,), helper=IVAR,
        ),
        _story(
            today, "digital-letebrhan", LETEBRHAN, "digital", "Vil lære å ringe datteren med bilde.",
            Ends.AGREED, told=-5, on=2, start=1020, lang="nb", by=DEPUTY, asked=(YONAS,), helper=YONAS,
        ),
        _story(
            today, "walk-tordis", TORDIS, "walk", "Ein tur til kyrkja og attende, om vêret er godt.",
            Ends.AGREED, told=-4, on=3, start=690, asked=(JORUNN,), helper=JORUNN, door="home_care", by=NURSE,
        ),
        _story(
            today, "snow-odd", ODD, "snow", "Snø på trappa og ein smal gangveg til garasjen.",
            Ends.AGREED, told=-1, on=0, start=900, minutes=45, asked=(KARE, VEGARD), helper=KARE,
        ),
    )  # fmt: skip


def _past(today: date) -> tuple[Story, ...]:
    """Done, and some of them thanked for."""
    return (
        _story(
            today, "past-bulb", MAGNHILD, "small_jobs", "Pæra over komfyren er gått.",
            Ends.DONE, told=-5, on=-2, start=660, minutes=30, asked=(YONAS,), helper=YONAS,
            door="home_care", by=NURSE,
        ),
        _story(
            today, "past-lift", SIGNE, "lift", "Skyss til basaren på Nesheim.",
            Ends.DONE, told=-6, on=-3, start=1020, asked=(IVAR, MALFRID), helper=IVAR,
        ),
        _story(
            today, "past-jorunn", JORUNN, "firewood", "Eg får ikkje bore ved denne veka, kan nokon ta ei økt?",
            Ends.DONE, told=-7, on=-4, minutes=45, asked=(SINDRE, KARE), helper=KARE,
        ),
        _story(
            today, "past-company", ARNE, "company", "Følge til legen på Sundøyra.",
            Ends.RING_ME, told=-8, on=-1, start=600, minutes=150, lang="nb", asked=(MALFRID,), helper=MALFRID,
        ),
        _story(
            today, "thanked-firewood", MAGNHILD, "firewood", "Vedkassa er tom, og det er kaldt i stova.",
            Ends.THANKED, told=-16, on=-12, minutes=45, asked=(KARE,), helper=KARE,
            thanks="Du skulle sett kor fint det brann i omnen etterpå. Tusen takk, Kåre.",
        ),
        _story(
            today, "thanked-visit", TORDIS, "visit", "Det hadde vore hyggjeleg med nokon å prate med om gamle dagar.",
            Ends.THANKED, told=-20, on=-15, start=720, minutes=90, asked=(JORUNN,), helper=JORUNN,
            thanks="Vi lo så vi gret. Ho er velkomen att når ho vil.",
        ),
        _story(
            today, "thanked-walk", SIGNE, "walk", "Ein tur i lysløypa, eg går seint.",
            Ends.THANKED, told=-14, on=-9, start=660, asked=(SYNNOVE, OLENA), said_no=(OLENA,), helper=SYNNOVE,
            thanks="Eg hadde ikkje gått der på tre år. Takk for at du gjekk like seint som eg.",
        ),
    )  # fmt: skip


def _otherwise(today: date) -> tuple[Story, ...]:
    """Tell of those called off, met with another way, or not solved."""
    return (
        _story(
            today, "cancelled-snow", SVERRE, "snow", "Snø på trappa.",
            Ends.CANCELLED, told=-3, on=-2, minutes=45, asked=(TORLEIV,), helper=TORLEIV,
        ),
        _story(
            today, "estate", ARNE, "estate", "Huset etter søsteren min skal tømmes før jul.",
            Ends.ANOTHER_WAY, told=-6, on=9, lang="nb", answer=CLEAR_ESTATE,
        ),
        _story(
            today, "medicine", ODD, "care", "Tordis treng hjelp med dosetten når eg er borte.",
            Ends.ANOTHER_WAY, told=-9, on=-8, answer=APPLY_FOR_CARE,
        ),
        _story(
            today, "taxi", MAGNHILD, "taxi", "Kan nokon køyre meg til fotpleie annankvar tysdag?",
            Ends.ANOTHER_WAY, told=-11, on=-7, answer=TAKE_THE_TAXI,
        ),
        _story(
            today, "nobody", SVERRE, "company", "Følgje til optikaren i byen, heile dagen.",
            Ends.CANNOT_HELP, told=-9, on=-4, start=540, minutes=420, asked=(MALFRID, GEIR),
            said_no=(MALFRID, GEIR), answer=NOBODY_NOW,
        ),
    )  # fmt: skip
