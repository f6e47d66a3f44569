"""Leave and cover: the post is closed when it is empty, clocks wait, and nobody is told past the one who steps in."""

import datetime as dt
from types import SimpleNamespace

import pytest

from samtun.foundation.models import AuditEvent
from samtun.foundation.presence import there_words
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import OSLO
from samtun.kernel.errors import NotYours
from samtun.kernel.opening import Opening
from samtun.partners.organisations import actions
from samtun.partners.organisations.actions import covering
from samtun.partners.organisations.actions.bodies import DatesTurned
from samtun.partners.organisations.models import Leave
from samtun.partners.organisations.queries import covers_of, leave_for, leaves_of, opening_hours_of, stands_in_for
from tests.samtun.people.login import START, a_member, a_person, an_account, an_organisation, inside, put_in, viewer

DAY = dt.date
WEEK = [Opening(day, dt.time(9), dt.time(15)) for day in range(5)]
THIS_WEEK = {"starts": DAY(2026, 11, 24), "ends": DAY(2026, 11, 27)}


def wall(day, hour=12):
    return dt.datetime(2026, 11, day, hour, tzinfo=OSLO)


@pytest.fixture
def centre(in_municipality, clock):
    """A centre with a leader in half a post and a deputy."""
    body = an_organisation(hosts_volunteers=True)
    system = Viewer.system(in_municipality.id)
    actions.set_opening_hours(organisation=body, week=WEEK, by=system, at=START)
    turid, jon = a_person("Turid", "Lunde"), a_person("Jon", "Moe")
    post = a_member(turid, body, "leader")
    deputy = a_member(jon, body, "leader", is_deputy=True)
    return SimpleNamespace(
        body=body, turid=turid, jon=jon, post=post, deputy=deputy, system=system,
        her=viewer(in_municipality, "leader", body.owner, person=turid, name="Turid Lunde"),
        him=viewer(in_municipality, "leader", body.owner, person=jon, name="Jon Moe"),
    )  # fmt: skip


def away(centre, cover=None, **days):
    return actions.go_on_leave(membership=centre.post, cover=cover, by=centre.her, at=START, **(THIS_WEEK | days))


@pytest.mark.rule("R114")
def test_without_cover_the_empty_post_is_closed_and_clocks_wait(centre):
    hours = opening_hours_of(centre.body.owner_id)
    assert hours.after_days(wall(23), 1) == wall(24, 15)
    away(centre)
    hours = opening_hours_of(centre.body.owner_id)
    assert hours.after_days(wall(23), 1) == wall(30, 15)
    assert hours.next_opening(wall(24)) == wall(30, 9)


@pytest.mark.rule("R114")
def test_with_cover_the_days_are_as_before(centre):
    away(centre, centre.deputy)
    assert opening_hours_of(centre.body.owner_id).after_days(wall(23), 1) == wall(24, 15)


@pytest.mark.rule("R114")
def test_another_who_is_there_keeps_the_post_open(centre):
    a_member(a_person("Liv", "Aas"), centre.body, "coordinator")
    a_member(a_person("Per", "Bø"), centre.body, "cashier")
    away(centre)
    assert opening_hours_of(centre.body.owner_id).on(DAY(2026, 11, 24))


@pytest.mark.rule("R114")
def test_those_who_do_not_answer_for_what_comes_in_keep_nothing_open(centre):
    a_member(a_person("Per", "Bø"), centre.body, "cashier")
    away(centre)
    assert not opening_hours_of(centre.body.owner_id).on(DAY(2026, 11, 24))


def test_when_the_cover_goes_the_post_is_empty(centre):
    away(centre, centre.deputy)
    actions.end_membership(membership=centre.deputy, by=centre.system, at=START)
    assert not opening_hours_of(centre.body.owner_id).on(DAY(2026, 11, 24))


def test_the_one_who_steps_in_is_told_so_and_nobody_else(centre):
    away(centre, centre.deputy)
    assert covers_of(centre.him, on=DAY(2026, 11, 23)) == []
    (line,) = covers_of(centre.him, on=DAY(2026, 11, 24))
    assert (line.away, line.until) == ("Turid Lunde", DAY(2026, 11, 27))
    assert covers_of(centre.her, on=DAY(2026, 11, 24)) == []
    assert covers_of(centre.him, on=DAY(2026, 11, 28)) == []
    assert [c.cover for c in stands_in_for(centre.body.owner_id, on=DAY(2026, 11, 25))] == ["Jon Moe"]


def test_back_before_time_and_taken_back(centre, clock):
    first = away(centre, centre.deputy)
    actions.take_back_leave(leave=first, by=centre.her, at=START)
    assert leaves_of(centre.body, on=START.date()) == []
    second = away(centre)
    clock.passes(days=2)
    actions.take_back_leave(leave=second, by=centre.her, at=clock())
    hours = opening_hours_of(centre.body.owner_id)
    assert not hours.on(DAY(2026, 11, 24))
    assert hours.on(DAY(2026, 11, 25))
    assert Leave.objects.count() == 2, "a state, never a deletion"


def test_what_cannot_be_is_refused_with_a_sentence(centre, in_municipality):
    with pytest.raises(DatesTurned):
        away(centre, starts=DAY(2026, 11, 28))
    for days in ({"starts": DAY(2026, 11, 22)}, {"ends": DAY(2027, 11, 30)}):
        with pytest.raises(covering.DaysWrong):
            away(centre, **days)
    away(centre, centre.deputy)
    with pytest.raises(covering.AwayAlready):
        away(centre, starts=DAY(2026, 11, 27), ends=DAY(2026, 12, 1))
    with pytest.raises(covering.StepsInThen):
        actions.go_on_leave(membership=centre.deputy, cover=None, by=centre.him, at=START, **THIS_WEEK)


def test_only_one_with_as_wide_a_role_steps_in(centre):
    coordinator = a_member(a_person("Liv", "Aas"), centre.body, "coordinator")
    short = a_member(a_person("Ola", "Vik"), centre.body, "leader", ends=DAY(2026, 11, 26))
    other = a_member(a_person("Eva", "Lie"), an_organisation("Klubben", "centre"), "leader")
    for cover in (coordinator, short, other, centre.post):
        with pytest.raises(covering.CannotStepIn):
            away(centre, cover)
    actions.go_on_leave(membership=centre.deputy, cover=None, by=centre.him, at=START, **THIS_WEEK)
    with pytest.raises(covering.CoverIsAway):
        away(centre, centre.deputy)


def test_ones_own_or_ones_organisations_and_no_other(centre, in_municipality):
    other = viewer(in_municipality, "leader", an_organisation("Klubben", "centre").owner)
    colleague = viewer(in_municipality, "coordinator", centre.body.owner, person=a_person("Liv", "Aas"))
    for by in (other, colleague):
        with pytest.raises(NotYours):
            actions.go_on_leave(membership=centre.post, cover=None, by=by, at=START, **THIS_WEEK)
    leave = away(centre)
    with pytest.raises(NotYours):
        leave_for(other, leave.id)
    with pytest.raises(NotYours):
        actions.take_back_leave(leave=leave, by=colleague, at=START)
    event = AuditEvent.objects.get(act="organisations.go_on_leave")
    assert event.words == {"person": "Turid Lunde", "cover": "", "starts": "2026-11-24", "ends": "2026-11-27"}


@pytest.mark.rule("R114")
@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (wall(23), "Nokon er her no."), (wall(23, 8), "Nokon er her i dag kl. 9."),
        (wall(23, 16), "Nokon er her i morgon kl. 9."), (wall(27, 16), "Nokon er her måndag kl. 9."),
    ],
)  # fmt: skip
def test_answers_say_when_somebody_is_there(centre, moment, said):
    assert there_words(centre.body.owner_id, moment.astimezone(dt.UTC), "nn") == said


@pytest.mark.rule("R114")
def test_answers_count_the_days_when_the_post_is_empty(centre):
    away(centre, ends=DAY(2026, 12, 2))
    said = there_words(centre.body.owner_id, wall(24).astimezone(dt.UTC), "nb")
    assert said == "Noen er her torsdag 3. desember kl. 9."
    assert there_words(None, START) == there_words(an_organisation("X", "unit").owner_id, START) == ""


def test_the_page_keeps_what_was_typed_and_says_who_steps_in(client, municipality, clock):
    with inside(municipality):
        body, person = an_organisation(), a_person()
        post = a_member(person, body, "coordinator")
        cover = a_member(a_person("Jon", "Moe"), body, "coordinator", is_deputy=True)
        a_member(a_person("Per", "Bø"), body, "cashier")
        account = an_account(person, phone="+4790000005")
    put_in(client, account, second_factor=True)
    client.cookies["samtun_language"] = "en"
    page = client.get("/borte/").content.decode()
    assert "Jon Moe" in page
    assert "Per Bø" not in page
    typed = {"who": str(post.id), "starts": "2026-11-27", "ends": "2026-11-24", "cover": str(cover.id)}
    answer = client.post("/borte/", typed)
    assert answer.status_code == 422
    assert "The last day is before the first. Turn them round." in answer.content.decode()
    answer = client.post("/borte/", typed | {"starts": "2026-11-24", "ends": "2026-11-27"}, follow=True)
    page = answer.content.decode()
    assert "Jon Moe steps in" in page
    with inside(municipality):
        leave = Leave.objects.get()
    assert "there again from today" in client.post(f"/borte/{leave.id}/", follow=True).content.decode()


def test_the_deputy_has_the_same_desk(client, municipality, clock):
    with inside(municipality):
        body, turid, jon = an_organisation(), a_person("Turid", "Lunde"), a_person("Jon", "Moe")
        post, deputy = a_member(turid, body, "leader"), a_member(jon, body, "leader", is_deputy=True)
        leave = Leave.objects.create(membership=post, cover=deputy, starts=DAY(2026, 11, 23), ends=DAY(2026, 11, 27))
        assert leave
        account = an_account(jon, phone="+4790000006")
    put_in(client, account, second_factor=True)
    client.cookies["samtun_language"] = "en"
    assert "You step in for Turid Lunde until Friday 27. November." in client.get("/i-dag/").content.decode()
