"""Names, numbers and ages: whatever a valley needs many of."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from samtun.demo.valley.words import Census, Channel, Junction, Person, Spot, Village


def listed(words: str) -> list[str]:
    """Split words at blanks."""
    return words.split()


def dice_for(valley: str, seed: int) -> Random:
    """Make the dice of one valley: the same throws for the same valley and seed."""
    return Random(f"{valley}|{seed}")  # noqa: S311  # it draws invented people, nothing secret


OLD_WOMEN = listed(
    "Borghild Solveig Gudrun Ragnhild Ingebjørg Torbjørg Aslaug Gerd Else Liv Bjørg Sigrid Astrid Randi "
    "Målfrid Oddny Eldbjørg Klara Signe Margit Haldis Åse Edel Ruth Tordis"
)
OLD_MEN = listed(
    "Olav Knut Nils Arne Lars Per Sverre Einar Gunnar Harald Sigurd Jon Magne Leif Rolf Odd Bjarne Trygve "
    "Asbjørn Halvard Steinar Torstein Reidar Birger Aksel"
)
WOMEN = listed(
    "Kari Anne Marit Turid Inger Berit Wenche Grete Tone Hilde Trude Heidi Monica Camilla Kristin Silje "
    "Hanne Maria Linn Ida Nora Sara Emma Vilde Tuva"
)
MEN = listed(
    "Geir Terje Frode Øyvind Svein Tor Kjell Morten Rune Stian Eirik Vegard Anders Thomas Martin Håkon "
    "Jonas Mathias Emil Henrik Tobias Sander Even Jostein Roar"
)
FAMILIES = listed(
    "Kvernmo Nesvoll Øvstegard Sundbakk Strandheim Lidarende Brekkhus Stavdal Haugseter Myrlid Vollset "
    "Tveitane Sandvoll Ramsøy Skarbø Fossheim Hellebust Årskog Bergheim Dyrhaug Eikemo Flatjord Grønlid "
    "Hovdevik Instebø Juvik Kjosheim Lundemo Moldskred Nordhella Oppheim Rindal Seljemo Torvanger "
    "Ulvestad Vikane"
)

NUMBERS_A_VALLEY = 500
"""Telephone numbers set aside for each valley, so that no two valleys share one."""


@dataclass
class Crowd:
    """Makes persons of one valley, each name and number once, the same for the same seed."""

    today: date
    block: int
    lang: str
    other_lang: str
    villages: tuple[Village, ...]
    junctions: dict[int, Junction]
    dice: Random
    persons: list[Person] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)
    _doors: dict[str, int] = field(default_factory=dict)

    def born(self, age: int) -> date:
        """Give a birthday that makes someone exactly `age` today."""
        birthday = date(self.today.year - age, self.today.month, min(self.today.day, 28))
        return birthday - timedelta(days=self.dice.randrange(330))

    def number(self, first: str) -> str:
        """Give the next number of the form +47 `first`...; such series are not in use (see the test)."""
        used = len(self.persons) + 1
        if used >= NUMBERS_A_VALLEY:
            raise ValueError(f"A valley has at most {NUMBERS_A_VALLEY - 1} named persons.")
        return f"+47{first}{self.block * NUMBERS_A_VALLEY + used:06d}"

    def home(self, village: str) -> tuple[str, Spot]:
        """Find the next free door of a village: its address, and a spot beside the gate."""
        there = next(one for one in self.villages if one.key == village)
        taken = self._doors.get(village, 0)
        self._doors[village] = taken + 1
        gate = self.junctions[there.doors[taken % len(there.doors)]].spot
        house = 1 + taken // len(there.doors) * 2 + taken % len(there.doors) % 2
        lane = taken % len(there.doors) // 2
        way = f"{there.name}vegen" if self.lang == "nn" else f"{there.name}veien"
        aside = 0.00006 * (1 + taken // len(there.doors))
        spot = Spot(round(gate.lat + aside, 6), round(gate.lon + aside, 6))
        return f"{way} {house}{'' if lane == 0 else chr(ord('A') + lane)}", spot

    def add(
        self,
        name: str,
        age: int,
        village: str,
        *,
        lang: str | None = None,
        channel: Channel = Channel.SMS,
        landline_only: bool = False,
        at_home_with: Person | None = None,
        protected: bool = False,
    ) -> Person:
        """Add a person by name, "First Family"; raises ValueError for a name that is taken."""
        if name in self._names:
            raise ValueError(f"There is already a {name} in the valley.")
        self._names.add(name)
        first, family = name.rsplit(" ", 1)
        address, spot = (at_home_with.address, at_home_with.spot) if at_home_with else self.home(village)
        key = name.lower().replace(" ", "-").replace("æ", "ae").replace("ø", "o").replace("å", "a")
        person = Person(
            key=key,
            first_name=first,
            family_name=family,
            born=self.born(age),
            village=village,
            address=address,
            spot=spot,
            lang=lang or self.lang,
            channel=Channel.RING if landline_only else channel,
            mobile=None if landline_only else self.number("49"),
            landline=self.number("60") if landline_only or age >= 80 else None,
            email=None if landline_only else f"{key}@eksempel.test",
            household=at_home_with.key if at_home_with else None,
            protected_address=protected,
        )
        self.persons.append(person)
        return person

    def anyone(self, low: int, high: int, *, village: str | None = None) -> Person:
        """Add someone between two ages, names after their generation, home by the size of the villages."""
        age = self.dice.randint(low, high)
        women, men = (OLD_WOMEN, OLD_MEN) if age >= 62 else (WOMEN, MEN)
        for _ in range(1000):
            name = f"{self.dice.choice(self.dice.choice((women, men)))} {self.dice.choice(FAMILIES)}"
            if name not in self._names:
                break
        weights = [one.weight for one in self.villages]
        home = village or self.dice.choices(self.villages, weights)[0].key
        return self.add(
            name,
            age,
            home,
            lang=self.other_lang if self.dice.random() < 0.2 else None,
            channel=self.dice.choice((Channel.SMS, Channel.SMS, Channel.RING, Channel.LETTER))
            if age >= 75
            else Channel.SMS,
            landline_only=age >= 80 and self.dice.random() < 0.3,
        )


def shared_out(total: int, weights: tuple[int, ...]) -> list[int]:
    """Share whole people by weight so that the sum is `total`; the largest remainders get what is left over."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for number in by_rest[: total - sum(shares)]:
        shares[number] += 1
    return shares


def census(villages: tuple[Village, ...], bands: tuple[tuple[int, int, int], ...]) -> tuple[Census, ...]:
    """Spread age bands (low, high, count) over the villages; more of the oldest are women."""
    rows = []
    for low, high, count in bands:
        for village, share in zip(villages, shared_out(count, tuple(one.weight for one in villages)), strict=True):
            women = shared_out(share, (62, 38) if low >= 80 else (49, 51))[0]
            rows.append(Census(village.key, low, high, women, share - women))
    return tuple(rows)


def synthetic_number(serial: int) -> str:
    """Make an organisation number that passes the check digit and begins with 3, as test numbers do.

    Weights 3 2 7 6 5 4 3 2, modulus 11; serials whose check digit would be 10 are passed over.
    """
    number = 31_000_000 + serial * 13
    while True:
        digits = [int(digit) for digit in str(number)]
        check = (11 - sum(a * b for a, b in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11) % 11
        if check < 10:
            return f"{number}{check}"
        number += 1
