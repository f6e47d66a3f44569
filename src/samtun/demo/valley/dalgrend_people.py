"""Those one meets in Dalgrend: the ones with a part to play by name, the rest by number."""

from dataclasses import dataclass, replace
from datetime import timedelta

from samtun.demo.valley.crowd import Crowd
from samtun.demo.valley.organisations import ASSOCIATIONS, BUSINESSES, HOSTS
from samtun.demo.valley.people import facts, recipient, volunteer
from samtun.demo.valley.words import Channel, Hat, Recipient, Slot, Volunteer

CENTRE = "frivilligsentral"
VOLUNTEERS, DRIVERS, RECIPIENTS = 60, 16, 40


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone with a part."""

    hats: tuple[Hat, ...]
    volunteers: tuple[Volunteer, ...]
    recipients: tuple[Recipient, ...]


def cast(crowd: Crowd) -> Cast:
    """Fill the valley: those with a name of their own first, so that none of the many can have taken it."""
    hats = _staff(crowd)
    volunteers = _named_volunteers(crowd)
    volunteers += _couples(crowd)
    recipients = _named_recipients(crowd)
    volunteers += _more_volunteers(crowd, VOLUNTEERS - len(volunteers), DRIVERS - sum(one.drives for one in volunteers))
    helpers = tuple(one.person for one in volunteers if one.willing & {"visit", "walk", "snow"})
    while len(recipients) < RECIPIENTS:
        low, high = (66, 79) if len(recipients) % 3 == 0 else (80, 96)
        recipients.append(recipient(crowd.anyone(low, high), helpers, crowd.dice))
    hats += _representatives(crowd, volunteers)
    return Cast(tuple(hats), tuple(volunteers), tuple(recipients))


def _staff(crowd: Crowd) -> list[Hat]:
    """Those who are paid, half a post at the centre and the municipality, the chair of an association, a cashier."""
    return [
        Hat(crowd.add(name, age, village, lang=lang).key, organisation, role)
        for name, age, village, lang, organisation, role in (
            ("Ragnhild Brekkhus", 52, "sundoyra", "nn", CENTRE, "leader"),
            ("Eirik Sandvoll", 38, "sundoyra", "nn", CENTRE, "deputy"),
            ("Hanne Fossheim", 41, "kvernegrend", "nb", "heimeteneste", "unit_employee"),
            ("Terje Lundemo", 55, "sundoyra", "nn", "heimeteneste", "leader"),
            ("Silje Dyrhaug", 33, "nesvika", "nn", "sjukeheim", "unit_employee"),
            ("Kristin Årskog", 47, "sundoyra", "nb", "tildeling", "assessor"),
            ("Camilla Moldskred", 44, "sundoyra", "nn", "kommune", "municipal_administrator"),
            ("Jostein Grønlid", 59, "sundoyra", "nn", "kommune", "privacy_officer"),
            ("Turid Ramsøy", 57, "sundoyra", "nn", "bygdekvinnelag", "representative"),
            ("Borghild Hjelle", 64, "sundoyra", "nn", CENTRE, "cashier"),
        )
    ]


def _named_volunteers(crowd: Crowd) -> list[Volunteer]:
    """Volunteers that the stories tell about."""
    today, dice = crowd.today, crowd.dice
    parts = {
        # name: age, village, hosts, kinds, drives
        "Kåre Myrlid": (74, "sundoyra", (CENTRE,), {"snow", "firewood", "small_jobs"}, True),
        "Torleiv Haugseter": (71, "sundoyra", (CENTRE,), {"snow", "firewood", "lift"}, True),
        "Jorunn Nesvoll": (69, "sundoyra", (CENTRE, "sanitet"), {"visit", "walk", "host"}, False),
        "Yonas Haile": (29, "sundoyra", (CENTRE,), {"snow", "small_jobs", "digital"}, False),
        "Olena Kovalenko": (34, "kvernegrend", ("hjelpekorps",), {"walk", "visit", "host"}, False),
        "Sindre Juvik": (17, "nesvika", ("nesvika-grendelag",), {"snow", "firewood"}, False),
        "Målfrid Tveitane": (66, "ovstedalen", (CENTRE, "hjelpekorps"), {"lift", "company", "shopping"}, True),
        "Vegard Seljemo": (43, "kvernegrend", (CENTRE,), {"snow", "firewood", "small_jobs", "lift"}, True),
    }
    found: dict[str, Volunteer] = {}
    for number, (name, (age, village, hosts, kinds, drives)) in enumerate(parts.items()):
        person = crowd.add(name, age, village, lang="nb" if number % 4 == 3 else "nn")
        found[name] = _settled(crowd, volunteer(person, hosts, number, today, dice, drives=drives), frozenset(kinds))
    weekdays = tuple(Slot(day, 9 * 60, 16 * 60) for day in range(5))
    kare, yonas, olena, vegard = (
        found[name] for name in ("Kåre Myrlid", "Yonas Haile", "Olena Kovalenko", "Vegard Seljemo")
    )
    found["Kåre Myrlid"] = replace(
        kare, slots=weekdays, ceiling=(2, "week"), last_asked=today - timedelta(days=24), max_metres=10_000
    )
    found["Torleiv Haugseter"] = replace(found["Torleiv Haugseter"], slots=weekdays, last_asked=None)
    found["Yonas Haile"] = replace(yonas, languages=frozenset({"no", "en", "ti"}))
    found["Olena Kovalenko"] = replace(olena, languages=frozenset({"no", "en", "uk"}))
    found["Vegard Seljemo"] = replace(vegard, ceiling=(2, "month"))
    return list(found.values())


def _settled(crowd: Crowd, one: Volunteer, kinds: frozenset[str]) -> Volunteer:
    """Make sure that someone in the stories has what their tasks require and is not away, resting or bound."""
    held = facts(one.hosts, crowd.today, crowd.dice, drives=one.drives, visits="visit" in kinds, sure=True)
    return replace(
        one,
        willing=kinds,
        facts=held,
        has_car=one.drives,
        slots=(),
        away=(),
        ceiling=None,
        max_metres=None,
        paused_until=None,
        asks_stopped=False,
    )


def _couples(crowd: Crowd) -> list[Volunteer]:
    """Couples on the round: one drives, the other goes in."""
    found: list[Volunteer] = []
    for him, her, village in (
        ("Ivar Instebø", "Synnøve Instebø", "nesvika"),
        ("Harald Rindal", "Berit Rindal", "ytrestrond"),
        ("Geir Oppheim", "Wenche Oppheim", "sundoyra"),
    ):
        driver = crowd.add(him, crowd.dice.randint(66, 75), village)
        partner = crowd.add(her, crowd.dice.randint(64, 74), village, at_home_with=driver)
        at_the_wheel = volunteer(driver, (CENTRE,), 2, crowd.today, crowd.dice, drives=True)
        goes_in = volunteer(partner, (CENTRE,), 1, crowd.today, crowd.dice, drives=False)
        found.append(_settled(crowd, at_the_wheel, frozenset({"lift", "company", "shopping"})))
        found.append(_settled(crowd, goes_in, frozenset({"visit", "walk", "host"})))
    return found


def _more_volunteers(crowd: Crowd, count: int, drivers: int) -> list[Volunteer]:
    """Add the rest, half of them with the centre, some with two hosts."""
    hosts = (
        (CENTRE,), ("sanitet",), (CENTRE,), ("hjelpekorps",), (CENTRE,), (CENTRE, "kyrkjelyd"), ("nesvika-grendelag",),
        (CENTRE,), ("demenslag",), (CENTRE, "hjelpekorps"), ("kyrkjelyd",),
    )  # fmt: skip
    ages = ((64, 77), (64, 77), (45, 66), (25, 48), (64, 77), (18, 30))
    found = []
    for number in range(count):
        own = hosts[number % len(hosts)]
        low, high = ages[number % len(ages)]
        drives = number < 2 * drivers and number % 2 == 0
        village = "nesvika" if own == ("nesvika-grendelag",) else None
        person = crowd.anyone(max(low, 22) if drives else low, high, village=village)
        more = HOSTS.get(own[0], frozenset()) & {"visit", "walk", "host", "snow", "firewood"}
        found.append(volunteer(person, own, number, crowd.today, crowd.dice, drives=drives, more=more))
    return found


def _named_recipients(crowd: Crowd) -> list[Recipient]:
    """Those whom the stories are about."""
    magnhild = crowd.add("Magnhild Kleivane", 88, "sundoyra", landline_only=True)
    sverre = crowd.add("Sverre Stavdal", 91, "ovstedalen", landline_only=True)
    signe = crowd.add("Signe Vikane", 84, "nesvika", channel=Channel.LETTER)
    arne = crowd.add("Arne Flatjord", 79, "kvernegrend", lang="nb")
    mona = crowd.add("Mona Vollset", 44, "sundoyra", lang="nb", protected=True)
    klara = crowd.add("Klara Hellebust", 86, "ytrestrond", lang="nb", channel=Channel.RING)
    odd = crowd.add("Odd Ulvestad", 82, "sundoyra", channel=Channel.RING)
    tordis = crowd.add("Tordis Ulvestad", 81, "sundoyra", channel=Channel.RING, at_home_with=odd)
    letebrhan = crowd.add("Letebrhan Tesfay", 63, "sundoyra", lang="nb")
    son = crowd.add("Rune Stavdal", 58, "sundoyra")
    return [
        Recipient(magnhild.key, not_wanted=frozenset({"torleiv-haugseter"}), knows=frozenset({"jorunn-nesvoll"})),
        Recipient(sverre.key, knows=frozenset({"malfrid-tveitane"}), next_of_kin=son.key),
        Recipient(signe.key, knows=frozenset({"synnove-instebo", "ivar-instebo"}), choose_for_me=True),
        Recipient(arne.key),
        Recipient(mona.key),
        Recipient(klara.key, do_not_contact=True),
        Recipient(odd.key),
        Recipient(tordis.key, knows=frozenset({"jorunn-nesvoll"})),
        Recipient(letebrhan.key, needs_languages=frozenset({"ti"}), knows=frozenset({"yonas-haile"})),
        Recipient("jorunn-nesvoll"),
    ]


def _representatives(crowd: Crowd, volunteers: list[Volunteer]) -> list[Hat]:
    """Someone to ring in each body; a few carry several offices, as people do in small places."""
    hats: list[Hat] = []
    many_hats = [one.person for one in volunteers[14:20]]
    bodies = [row[0] for row in ASSOCIATIONS if row[0] != "bygdekvinnelag"] + [row[0] for row in BUSINESSES]
    village_of = {row[0]: row[3] for row in ASSOCIATIONS} | {row[0]: row[3] for row in BUSINESSES}
    for number, body in enumerate(bodies):
        if number % 4 == 3 and many_hats:
            hats.append(Hat(many_hats[number // 4 % len(many_hats)], body, "representative"))
        else:
            hats.append(Hat(crowd.anyone(28, 72, village=village_of[body]).key, body, "representative"))
    return hats
