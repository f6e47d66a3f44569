"""One's own page: own only, name and address once agreed, the two sides never together, time and never money."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtun.foundation.models import AccessEntry
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.operation.volunteers.queries import hours_words
from samtun.people.persons.models import Person
from tests.factories.desk import coordinator, oneself, owner, person
from tests.factories.help import contribution, match, task_type, volunteer

SOON = clock.today() + dt.timedelta(days=2)


@pytest.fixture
def ours(municipality, scope_of):
    with scope_of(municipality):
        return owner()


@pytest.fixture
def marit(municipality, scope_of, ours):
    with scope_of(municipality):
        return volunteer(ours, "Marit", "Fjelde", task_type())


def helper(found):
    return oneself(found.person, Role.VOLUNTEER, f"volunteer:{found.id}")


def text(client):
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


def test_name_number_and_address_show_once_it_is_agreed(municipality, scope_of, open_as, ours, marit):
    with scope_of(municipality):
        solveig = person(ours, "Solveig", "Nesheim", address="Bakkevegen 3", phone="+4741999999")
        waiting = match(marit, solveig, marit.willing.first().task_type, state="proposed", on=SOON)
    html = text(open_as(helper(marit)))
    assert "Måke snø" in html
    assert "at 11.30" in html
    for secret in ("Solveig", "Bakkevegen", "41999999"):
        assert secret not in html
    with scope_of(municipality):
        type(waiting).objects.filter(id=waiting.id).update(state="agreed", agreed_at=clock.now())
    html = text(open_as(helper(marit)))
    for known in ("Solveig Nesheim", "Bakkevegen 3", "tel:+4741999999", reverse("cannot_come", args=[waiting.id])):
        assert known in html
    with scope_of(municipality):
        assert AccessEntry.objects.filter(persons__contains=[solveig.id]).count() == 1


@pytest.mark.rule("R81")
def test_a_protected_address_is_not_given_even_when_agreed(municipality, scope_of, open_as, ours, marit):
    with scope_of(municipality):
        solveig = person(ours, "Solveig", "Nesheim", address="Løynevegen 77")
        Person.objects.filter(id=solveig.id).update(address_protected=True)
        match(marit, solveig, marit.willing.first().task_type, on=SOON)
    html = text(open_as(helper(marit)))
    assert "Løynevegen" not in html
    assert "Ring us, and we tell you where to meet." in html


def test_for_a_week_one_may_still_say_that_something_seemed_different(municipality, scope_of, open_as, ours, marit):
    def done(days):
        on = clock.today() - dt.timedelta(days=days)
        solveig = person(ours, "Solveig", "Nesheim")
        return match(marit, solveig, marit.willing.first().task_type, state="done", on=on)

    with scope_of(municipality):
        lately, long_ago = done(7), done(8)
    html = text(open_as(helper(marit)))
    assert reverse("heads_up_task", args=[lately.id]) in html
    assert reverse("heads_up_task", args=[long_ago.id]) not in html
    assert "Nesheim" not in html
    with scope_of(municipality):
        Person.objects.filter(given_name="Solveig").update(death_known_at=clock.now(), died_on=clock.today())
    assert "What you did the last week" not in text(open_as(helper(marit)))


def test_another_volunteers_tasks_are_not_shown(municipality, scope_of, open_as, ours, marit):
    with scope_of(municipality):
        jonas = volunteer(ours, "Jonas", "Vik")
        match(jonas, person(ours, "Solveig", "Nesheim"), marit.willing.first().task_type, on=SOON)
    html = text(open_as(helper(marit)))
    assert "Nesheim" not in html
    assert "Nothing just now" in html


@pytest.mark.rule("R68")
def test_the_two_sides_never_stand_beside_each_other(municipality, scope_of, open_as, ours, marit):
    with scope_of(municipality):
        visits = task_type("visit", "Besøk heime")
        match(volunteer(ours, "Jonas", "Vik"), marit.person, visits, on=SOON)
        match(marit, person(ours, "Solveig", "Nesheim"), marit.willing.first().task_type, on=SOON)
    helping = text(open_as(helper(marit)))
    assert "Måke snø" in helping
    assert "Besøk heime" not in helping
    asking = text(open_as(oneself(marit.person)))
    assert "Besøk heime" in asking
    assert "Jonas Vik comes." in asking
    assert "Solveig" not in asking


@pytest.mark.rule("R96")
def test_the_year_is_told_in_hours_and_never_in_money(municipality, scope_of, open_as, ours, marit):
    with scope_of(municipality):
        day = clock.today().replace(month=1, day=1)
        contribution(marit.person, ours, on=day, minutes=90)
        contribution(marit.person, ours, on=day, minutes=60)
        contribution(marit.person, ours, on=day - dt.timedelta(days=2), minutes=600)
    for language, words in (("en", "2.5 hours"), ("nn", "2,5 timar"), ("nb", "2,5 timer")):
        html = " ".join(text(open_as(helper(marit), language)).split())
        assert f"<b>{words}</b>" in html
        assert "kr " not in html
        assert "kroner" not in html


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 minutes"), (1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (120, "2 hours")]
)
def test_time_is_said_as_people_say_it(minutes, words):
    from django.utils import translation

    with translation.override("en"):
        assert hours_words(minutes) == words


def test_a_hat_that_is_not_ones_own_shows_no_volunteers_side(municipality, scope_of, open_as, ours, marit):
    with scope_of(municipality):
        other = person(ours, "Olav", "Bruheim")
        match(marit, person(ours, "Solveig", "Nesheim"), marit.willing.first().task_type, on=SOON)
    html = text(open_as(oneself(other, Role.VOLUNTEER, f"volunteer:{marit.id}")))
    assert "Måke snø" not in html
    assert "Nothing yet" in html


def test_ten_tasks_take_as_many_statements_as_one(municipality, scope_of, open_as, ours, marit):
    client = open_as(helper(marit))

    def statements():
        with CaptureQueriesContext(connection) as caught:
            text(client)
        return len(caught)

    with scope_of(municipality):
        kind = marit.willing.first().task_type
        match(marit, person(ours), kind, on=SOON)
    text(client)
    one = statements()
    with scope_of(municipality):
        for _n in range(9):
            match(marit, person(ours), kind, on=SOON)
    assert statements() == one == 15


def test_the_page_is_closed_to_visitors(open_as, client, municipality, ours):
    viewer = coordinator(ours, permissions=frozenset())
    assert open_as(viewer).get(reverse("home")).status_code == 403
