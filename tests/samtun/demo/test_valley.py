"""Dalgrend has the proportions of document 004, reaches nobody real, and hangs together."""

from datetime import date

import phonenumbers
import pytest

from samtun.demo.valley import Valley, dalgrend, elvefjord, valleys
from samtun.demo.valley.words import Ends, Person, Text

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module", params=["dalgrend", "elvefjord", "many"])
def valley(request: pytest.FixtureRequest) -> Valley:
    made = {"dalgrend": dalgrend(TODAY), "elvefjord": elvefjord(TODAY), "many": next(valleys(1, 7, TODAY))}
    return made[request.param]


def band(valley: Valley, low: int, high: int) -> int:
    return sum(row.women + row.men for row in valley.census if low <= row.low and row.high <= high)


def test_the_figures_are_those_of_the_table() -> None:
    made = dalgrend(TODAY)
    assert made.inhabitants == 2211
    assert [band(made, 60, 79), band(made, 80, 89), band(made, 90, 120)] == [611, 127, 27]
    assert 0.34 < band(made, 60, 120) / made.inhabitants < 0.35
    later = {(row.year, row.low): row.count for row in made.projections}
    assert [later[2035, low] for low in (60, 80, 90)] == [619, 196, 42]
    assert [later[2050, low] for low in (60, 80, 90)] == [481, 229, 84]
    assert round((later[2050, 80] + later[2050, 90]) / (127 + 27) - 1, 2) == 1.03
    assert round(later[2055, 0] / 2211 - 1, 2) == -0.16


def test_dalgrend_is_as_the_issue_says() -> None:
    made = dalgrend(TODAY)
    assert (len(made.villages), len(made.associations), len(made.businesses)) == (5, 42, 4)
    assert {hall.village for hall in made.halls} == {village.key for village in made.villages}
    assert (len(made.volunteers), len(made.recipients)) == (60, 40)
    assert sum(one.drives and one.has_car for one in made.volunteers) == 16
    assert sum(len(one.hosts) == 2 for one in made.volunteers) >= 5
    langs = [person.lang for person in made.persons]
    assert langs.count("nn") > langs.count("nb") > 10
    centre = next(one for one in made.organisations if one.key == made.centre)
    assert [opening.weekday for opening in centre.openings] == [0, 2, 4]
    assert {(opening.start, opening.end) for opening in centre.openings} == {(540, 840)}
    assert centre.contact == "ragnhild-brekkhus"
    assert {one.kind for one in made.organisations} == {
        "association", "centre", "municipality", "unit", "office", "business"
    }  # fmt: skip


def test_those_one_must_meet_are_there() -> None:
    made = dalgrend(TODAY)
    magnhild = made.person("magnhild-kleivane")
    assert magnhild.age(TODAY) == 88
    assert magnhild.mobile is None
    assert magnhild.email is None
    assert magnhild.landline is not None
    wish = next(one for one in made.recipients if one.person == magnhild.key)
    assert wish.not_wanted == {"torleiv-haugseter"}
    unwanted = next(one for one in made.volunteers if one.person == "torleiv-haugseter")
    assert "snow" in unwanted.willing
    assert made.person("kare-myrlid").age(TODAY) == 74
    assert [person.key for person in made.persons if person.protected_address] == ["mona-vollset"]
    both = {one.person for one in made.volunteers} & {one.person for one in made.recipients}
    assert both == {"jorunn-nesvoll"}
    assert sum(one.household is not None for one in made.persons) >= 4
    (steps,) = [one for one in made.stories if one.key == "snow-magnhild"]
    assert (steps.recipient, steps.task_type, steps.ends) == (magnhild.key, "snow", Ends.READY)


def test_every_state_has_a_story() -> None:
    assert {one.ends for one in dalgrend(TODAY).stories} == set(Ends)
    assert len(dalgrend(TODAY).stories) >= 25


def test_the_same_seed_and_day_give_the_same_valley() -> None:
    assert dalgrend(TODAY) == dalgrend(TODAY)
    assert dalgrend(TODAY, seed=2) != dalgrend(TODAY)
    assert list(valleys(3, 1, TODAY)) == list(valleys(5, 1, TODAY))[:3]
    assert list(valleys(1, 1, TODAY)) != list(valleys(1, 2, TODAY))


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2026, 12, 31), date(2027, 1, 1), date(2026, 11, 22)])
def test_the_valley_lives_on_any_day(today: date) -> None:
    made = dalgrend(today)
    assert made.person("magnhild-kleivane").age(today) == 88
    for story in made.stories:
        assert story.told_on <= today, story.key
        assert story.told_on <= story.day, story.key
        past = story.ends in (Ends.DONE, Ends.THANKED, Ends.RING_ME)
        assert story.day < today if past else True, story.key
        open_ends = (Ends.READY, Ends.ASKED, Ends.AGREED, Ends.AWAITS_RECIPIENT, Ends.AWAITS_CONSENT)
        assert story.day >= today if story.ends in open_ends else True, story.key


def test_everything_that_is_named_exists(valley: Valley) -> None:
    persons = {person.key for person in valley.persons}
    bodies = {one.key for one in valley.organisations}
    villages = {one.key for one in valley.villages}
    kinds = {one.key for one in valley.task_types}
    assert len(persons) == len(valley.persons)
    assert len(bodies) == len(valley.organisations)
    assert len({one.name for one in valley.organisations}) == len(valley.organisations)
    assert {host for one in valley.volunteers for host in one.hosts} <= bodies
    assert all(one.hosts for one in valley.volunteers)
    assert {fact.host for one in valley.volunteers for fact in one.facts} <= bodies
    assert {kind for one in valley.volunteers for kind in one.willing} <= kinds
    assert {one.person for one in (*valley.volunteers, *valley.recipients, *valley.hats)} <= persons
    assert {key for one in valley.recipients for key in one.knows | one.not_wanted} <= persons
    assert {one.next_of_kin for one in valley.recipients} <= persons | {None}
    assert {hat.organisation for hat in valley.hats} <= bodies
    assert {one.contact for one in valley.organisations} <= persons | {None}
    assert {one.village for one in (*valley.persons, *valley.organisations, *valley.halls)} <= villages
    assert {hall.owner for hall in valley.halls} <= bodies
    assert {key for one in valley.task_types for key in one.cleared_by + one.bought_from} <= bodies
    assert all(one.contact for one in valley.associations)


def test_nobody_real_can_be_reached(valley: Valley) -> None:
    numbers = [one for person in valley.persons for one in (person.mobile, person.landline) if one]
    numbers += [one.phone for one in valley.organisations if one.phone]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        parsed = phonenumbers.parse(number, "NO")
        assert phonenumbers.is_possible_number(parsed), number
        assert not phonenumbers.is_valid_number(parsed), number
        assert phonenumbers.parse(number.removeprefix("+47"), "NO") == parsed
    addresses = [one.email for one in (*valley.persons, *valley.organisations) if one.email]
    assert all(address.endswith("@eksempel.test") and address.isascii() for address in addresses)
    assert all(reachable(person) for person in valley.persons)
    for one in valley.organisations:
        assert one.number[0] == "3", one.key
        digits = [int(digit) for digit in one.number]
        assert sum(a * b for a, b in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11 == 0, one.key


def reachable(person: Person) -> bool:
    """The channel that someone prefers is one they have."""
    return {"sms": person.mobile, "email": person.email, "ring": person.landline or person.mobile, "letter": "post"}[
        person.channel
    ] is not None


def test_numbers_are_never_shared_by_two_valleys() -> None:
    many = [dalgrend(TODAY), elvefjord(TODAY), *valleys(20, 1, TODAY)]
    numbers = [one for made in many for person in made.persons for one in (person.mobile, person.landline) if one]
    numbers += [one.phone for made in many for one in made.organisations if one.phone]
    assert len(set(numbers)) == len(numbers)
    assert len({made.slug for made in many}) == len({made.name for made in many}) == len(many)


@pytest.mark.parametrize("count", [-1, 1901])
def test_an_impossible_number_of_valleys_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="Between 0 and 1900"):
        valleys(count, 1, TODAY)


@pytest.mark.rule("R24", "R25")
def test_what_volunteers_decline_has_a_reason_and_a_way_on(valley: Valley) -> None:
    declined = [one for one in valley.task_types if one.whose in ("business", "municipality")]
    assert {one.key for one in declined} == {"estate", "moving", "taxi", "care"}
    assert not any(one.cleared_by for one in declined)
    for one in declined:
        assert one.bought_from if one.whose == "business" else one.group == "professional"
    for one in valley.task_types:
        for text in (one.name, one.limits, one.way_on):
            assert all((text.nb, text.nn, text.en)), one.key


def test_a_police_certificate_is_never_asked_without_a_listed_purpose(valley: Valley) -> None:
    listed = {f"police:{one.key}" for one in valley.police_purposes}
    assert {code for one in valley.task_types for code in one.requires if code.startswith("police")} <= listed
    assert all("§" in one.law for one in valley.police_purposes)


def test_stories_ask_only_those_who_may_be_asked(valley: Valley) -> None:
    kinds = {one.key: one for one in valley.task_types}
    volunteers = {one.person: one for one in valley.volunteers}
    recipients = {one.person: one for one in valley.recipients}
    for story in valley.stories:
        kind, wish = kinds[story.task_type], recipients[story.recipient]
        assert not set(story.asked) & wish.not_wanted, story.key
        assert story.recipient not in story.asked, story.key
        assert set(story.said_no) <= set(story.asked), story.key
        assert story.helper is None or story.helper in set(story.asked) - set(story.said_no), story.key
        assert kind.whose == "volunteer" or story.ends in (Ends.ANOTHER_WAY, Ends.AWAITS_ASSESSMENT), story.key
        assert not wish.do_not_contact, story.key
        for person in story.asked:
            one = volunteers[person]
            held = {f.code for f in one.facts if f.shown <= story.told_on and (f.expires or story.day) >= story.day}
            held |= {"own_car"} if one.has_car else set()
            age = valley.person(person).age(valley.today)
            if valley.slug in ("dalgrend", "elvefjord"):
                assert story.task_type in one.willing, (story.key, person)
                assert kind.requires <= held, (story.key, person)
                assert age >= max(kind.min_age, 18 if kind.one_to_one else 0), (story.key, person)
            if kind.asking == "known_only":
                assert person in wish.knows, (story.key, person)


def test_hosts_let_their_volunteers_do_what_they_are_willing_to() -> None:
    """At least one kind each: a volunteer of an association that allows none of it could never be asked."""
    made = dalgrend(TODAY)
    allowed = {one.key: one.takes_on for one in made.organisations}
    for one in made.volunteers:
        assert any(allowed[host] is None or one.willing & (allowed[host] or set()) for host in one.hosts), one.person


def test_both_forms_are_kept_apart_in_the_texts(valley: Valley) -> None:
    """Words of the one form never stand in the other."""
    texts = [text for one in valley.task_types for text in (one.name, one.limits, one.way_on)]
    texts += [one.name for one in valley.police_purposes] + [one.answer for one in valley.stories if one.answer]
    for text in texts:
        assert not words(text.nn) & {
            "ikke",
            "hva",
            "hvordan",
            "hjelpe_",
            "noe",
            "en",
            "fra",
            "hjem",
            "hjemme",
            "jeg",
        }, text
        assert not words(text.nb) & {"ikkje", "kva", "korleis", "noko", "ein", "frå", "heim", "heime", "eg"}, text
    for story in valley.stories:
        other = {"ikke", "jeg", "noen", "hjem"} if story.lang == "nn" else {"ikkje", "eg", "nokon", "heim"}
        assert not words(story.words) & other, story.key


def words(text: str | Text) -> set[str]:
    return set(str(text).lower().replace(".", " ").replace(",", " ").replace("?", " ").split())
