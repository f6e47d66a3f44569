"""Organisations begin; opening days over Christmas; the page keeps what was typed."""

import datetime as dt
import re

import pytest

from samtun.kernel.clock import OSLO
from samtun.kernel.errors import NotYours
from samtun.kernel.opening import Opening
from samtun.partners.organisations import actions
from samtun.partners.organisations.actions import bodies
from samtun.partners.organisations.models import Closure, OpeningHour, Organisation
from samtun.partners.organisations.queries import opening_hours_of, organisation_of, receiving_owner
from samtun.partners.organisations.rules import is_number, read_hours, say_hours
from tests.samtun.people.login import START, a_member, a_person, an_account, an_organisation, inside, put_in, viewer

WEEK = [Opening(day, dt.time(9), dt.time(15)) for day in range(5)]


@pytest.fixture
def centre(in_municipality, clock):
    """A centre open on weekdays from 9 to 15, and who leads it."""
    centre = an_organisation(hosts_volunteers=True)
    by = viewer(in_municipality, "leader", centre.owner)
    actions.set_opening_hours(organisation=centre, week=WEEK, by=by, at=START)
    return centre, by


def wall(year, month, day, hour=12):
    return dt.datetime(year, month, day, hour, tzinfo=OSLO)


@pytest.mark.rule("R114")
def test_opening_days_over_christmas(centre):
    """Wednesday the 23rd at 16: Thursday the 24th is open, the 25th and 26th are holidays, then a weekend."""
    hours = opening_hours_of(centre[0].owner_id)
    assert hours.after_days(wall(2026, 12, 23, 16), 0) == wall(2026, 12, 24, 15)
    assert hours.after_days(wall(2026, 12, 23, 16), 1) == wall(2026, 12, 28, 15)
    assert hours.next_opening(wall(2026, 12, 24, 16)) == wall(2026, 12, 28, 9)
    assert hours.next_opening(wall(2026, 12, 31, 16)) == wall(2027, 1, 4, 9)
    open_days = [d for d in range(20, 32) if hours.on(dt.date(2026, 12, d))]
    assert open_days == [21, 22, 23, 24, 28, 29, 30, 31]


@pytest.mark.rule("R114")
@pytest.mark.parametrize(
    "day", [(2026, 5, 1), (2026, 5, 17), (2026, 4, 2), (2026, 4, 3), (2026, 4, 6), (2026, 5, 14), (2026, 5, 25)]
)
def test_norwegian_holidays_are_closed(centre, day):
    assert not opening_hours_of(centre[0].owner_id).on(dt.date(*day))


@pytest.mark.rule("R114")
def test_closed_days_push_deadlines_and_open_again(centre):
    body, by = centre
    closure = actions.close_dates(
        organisation=body, starts=dt.date(2026, 12, 24), ends=dt.date(2027, 1, 3), by=by, at=START
    )
    assert opening_hours_of(body.owner_id).after_days(wall(2026, 12, 23), 1) == wall(2027, 1, 4, 15)
    actions.open_dates_again(closure=closure, by=by, at=START)
    assert opening_hours_of(body.owner_id).after_days(wall(2026, 12, 23), 1) == wall(2026, 12, 24, 15)


def test_the_hours_can_be_asked_after_the_scope_has_closed(municipality, clock):
    with inside(municipality):
        centre = an_organisation()
        OpeningHour.objects.create(organisation=centre, weekday=0, opens=dt.time(9), closes=dt.time(15))
        Closure.objects.create(organisation=centre, starts=dt.date(2026, 11, 30), ends=dt.date(2026, 11, 30))
        hours = opening_hours_of(centre.owner_id)
    assert hours.next_opening(wall(2026, 11, 24)) == wall(2026, 12, 7, 9)


def test_another_organisations_hours_are_its_own(centre, in_municipality):
    other = an_organisation("Klubben", "association")
    assert opening_hours_of(other.owner_id).week == ()
    with pytest.raises(NotYours):
        actions.set_opening_hours(organisation=other, week=WEEK, by=centre[1], at=START)


def test_hours_that_overlap_are_refused_and_nothing_is_lost(centre):
    body, by = centre
    with pytest.raises(bodies.HoursOverlap):
        actions.set_opening_hours(
            organisation=body, week=[Opening(0, dt.time(9), dt.time(12)), Opening(0, dt.time(11), dt.time(15))],
            by=by, at=START,
        )  # fmt: skip
    assert OpeningHour.objects.count() == 5


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("9-15", [((9, 0), (15, 0))]), ("9.30–15", [((9, 30), (15, 0))]),
        ("09:00 - 12:00, 17-19", [((9, 0), (12, 0)), ((17, 0), (19, 0))]),
        ("9-12 og 13-15", [((9, 0), (12, 0)), ((13, 0), (15, 0))]),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(text, read):
    assert read_hours(text) == [(dt.time(*a), dt.time(*b)) for a, b in read]
    again = ", ".join(say_hours(*pair) for pair in read_hours(text))
    assert read_hours(again) == read_hours(text)


@pytest.mark.parametrize("text", ["9", "15-9", "25-26", "9-9", "ni til tre", "9-15-17", "9.75-10"])
def test_hours_that_cannot_be(text):
    with pytest.raises(ValueError, match=r"\d|ni"):
        read_hours(text)


def test_organisation_numbers():
    assert is_number("974760673")
    assert not is_number("974760674")
    assert not is_number("12345678")


def test_making_an_organisation_makes_its_wall(in_municipality, clock):
    council = an_organisation("Dalgrend kommune", "municipality")
    admin = viewer(in_municipality, "municipal_administrator", council.owner)
    made = actions.create_organisation(name="  Dalgrend   Røde Kors ", kind="association", by=admin, at=START)
    assert (made.name, made.owner.kind, made.owner.name) == ("Dalgrend Røde Kors", "organisation", "Dalgrend Røde Kors")
    assert organisation_of(made.owner_id) == made
    with pytest.raises(bodies.NameTaken):
        actions.create_organisation(name="Dalgrend Røde Kors", kind="association", by=admin, at=START)
    with pytest.raises(bodies.NameMissing):
        actions.create_organisation(name=" ", kind="association", by=admin, at=START)
    with pytest.raises(bodies.NumberWrong):
        actions.create_organisation(name="X", kind="association", number="123456789", by=admin, at=START)
    with pytest.raises(NotYours):
        actions.create_organisation(
            name="Y", kind="association", by=viewer(in_municipality, "leader", council.owner), at=START
        )


def test_the_public_form_speaks_for_the_centre(in_municipality, clock):
    assert receiving_owner() is None
    council = an_organisation("Dalgrend kommune", "municipality")
    assert receiving_owner() == council.owner
    centre = an_organisation(hosts_volunteers=True)
    assert receiving_owner() == centre.owner


@pytest.fixture
def liv(municipality, clock):
    """Somebody who answers for an association, and its page."""
    with inside(municipality):
        club = an_organisation("Dalgrend sanitetsforening", "association")
        person = a_person("Liv", "Aas")
        a_member(person, club, "organisation_representative")
        an_organisation("Dalgrend kommune", "municipality")
        return an_account(person, phone="+4790000005"), f"/lag/{club.id}/", club


def test_the_page_changes_contact_hours_and_shares(client, municipality, liv, clock):
    account, page, club = liv
    put_in(client, account)
    assert (
        client.post(
            f"{page}kontakt/", {"contact-phone": "57 00 11 33", "contact-email": "post@eksempel.test"}
        ).status_code
        == 302
    )
    assert client.post(f"{page}tid/", {"week-day_0": "9-15", "week-day_3": "17–19.30"}).status_code == 302
    assert client.post(f"{page}stengt/", {"closed-starts": "2026-12-24", "closed-ends": "3.1.2027"}).status_code == 302
    with inside(municipality):
        council = Organisation.objects.get(kind="municipality")
        club.refresh_from_db()
        assert (club.phone, club.email) == ("+4757001133", "post@eksempel.test")
        assert [(o.weekday, o.opens) for o in OpeningHour.objects.order_by("weekday")] == [
            (0, dt.time(9)),
            (3, dt.time(17)),
        ]
        assert Closure.objects.get().ends == dt.date(2027, 1, 3)
    answer = client.post(f"{page}deling/", {
        "share-receiver": str(council.owner_id), "share-what": "volunteers", "share-purpose": "Snømåking i vinter",
        "share-ends": "2027-03-01",
    })  # fmt: skip
    assert answer.status_code == 302
    shown = client.get(page).content.decode().replace("\u00a0", " ")
    for words in ("Dalgrend kommune", "Snømåking i vinter", "17–19.30", "Liv Aas", "57 00 11 33"):
        assert words in shown, words


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("kontakt/", {"contact-phone": "ring Kari", "contact-email": "post"}, "ring Kari"),
        ("kontakt/", {"contact-number": "123456789"}, "123456789"),
        ("tid/", {"week-day_2": "ni til tre"}, "ni til tre"),
        ("tid/", {"week-day_2": "9-12, 11-15"}, "9-12, 11-15"),
        ("stengt/", {"closed-starts": "2026-12-24", "closed-ends": "2026-12-01"}, "2026-12-24"),
        ("deling/", {"share-ends": "i morgon", "share-receiver": "x", "share-what": "y"}, "i morgon"),
        ("folk/", {"appoint-given_name": "Gunnhild", "appoint-phone": "57 00 11 22", "appoint-role": "x"}, "Gunnhild"),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(client, municipality, liv, clock, path, typed, kept):
    account, page, _ = liv
    put_in(client, account)
    answer = client.post(page + path, typed)
    shown = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 200
    assert "ds-error-summary" in shown
    assert kept in shown


def test_leaving_names_its_effect_first(client, municipality, liv, clock):
    account, page, club = liv
    put_in(client, account)
    shown = client.get(f"{page}slutt/").content.decode()
    assert re.search(r"<li>1 person [^<]+</li>", shown)
    with inside(municipality):
        club.owner.refresh_from_db()
        assert club.owner.left_on is None
    answer = client.post(f"{page}fil/")
    assert answer["Content-Type"] == "application/zip"
    assert client.post(f"{page}slutt/").status_code == 302
    assert client.get(page).status_code == 403
