"""What a person has asked for, on the person's page: for own owners' desk only (R68, R112)."""

import datetime as dt

import pytest
from django.urls import reverse

from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel.refs import Ref
from samtun.people.persons.models import Person
from tests.factories.desk import DESK, coordinator, owner, person
from tests.factories.help import match, task_type, volunteer
from tests.factories.journey import make_tun

ON = dt.date(2026, 11, 23)


def shown(viewer, person_id):
    found = [
        f
        for f in fragments(viewer, Ref("person", person_id), on=ON, of=Person.objects.get(id=person_id))
        if f.template.endswith("help_requests/on_person.html")
    ]
    return [row["id"] for row in found[0].context["requests"]] if found else None


@pytest.fixture
def scene(in_municipality):
    ours, theirs = owner(), owner("Røde Kors", "organisation")
    anna = person(ours)
    kind = task_type()
    mine = match(volunteer(ours), anna, kind).request
    other = match(volunteer(theirs, "Jon", "Lie"), anna, kind).request
    return ours, theirs, anna, mine, other


@pytest.mark.rule("R112")
def test_each_desk_sees_what_was_asked_of_it(scene):
    ours, theirs, anna, mine, other = scene
    assert shown(coordinator(ours), anna.id) == [mine.id]
    assert shown(coordinator(theirs), anna.id) == [other.id]
    assert shown(coordinator(owner("Tredje", "organisation")), anna.id) == []


@pytest.mark.rule("R68")
def test_the_side_of_volunteers_does_not_see_the_side_of_those_who_ask(scene):
    ours, _theirs, anna, mine, _other = scene
    assert shown(coordinator(ours, permissions=DESK - {Permission.HANDLE_REQUESTS}), anna.id) is None
    assert shown(coordinator(ours), mine.matches.get().volunteer.person_id) == []


def test_an_assessor_sees_no_more_of_a_person_than_the_desk(scene):
    ours, _theirs, anna, mine, other = scene
    other.state = "new"
    other.save()
    assert shown(coordinator(ours, permissions=DESK | {Permission.ASSESS_REQUESTS}), anna.id) == [mine.id]


def test_one_statement_whatever_the_number_and_ten_at_most(scene, django_assert_num_queries):
    from samtun.operation.help_requests.queries import requests_of_person

    ours, _theirs, anna, mine, _other = scene
    for day in range(12):
        mine.pk, mine._state.adding = None, True
        from samtun.kernel.ids import uuid7

        mine.id, mine.on = uuid7(), ON + dt.timedelta(days=day + 1)
        mine.save(force_insert=True)
    with django_assert_num_queries(1):
        rows = requests_of_person(coordinator(ours), anna.id)
        assert [r.task_type.key for r in rows] == ["snow"] * 10
    assert [r.on for r in rows] == sorted((r.on for r in rows), reverse=True)


def test_those_merged_into_the_person_count_too(scene):
    ours, _theirs, anna, mine, _other = scene
    kept = person(ours, "Anna", "Nesheim")
    Person.objects.filter(id=anna.id).update(merged_into=kept)
    assert shown(coordinator(ours), kept.id) == [mine.id]


def test_the_page_shows_it_with_a_way_to_the_request(municipality, scope_of, open_as, now):
    with scope_of(municipality):
        tun = make_tun(municipality, now)
        request = tun.request()
    html = open_as(tun.viewer()).get(reverse("person", args=[request.recipient_id])).content.decode()
    assert "Has asked for" in html
    assert reverse("help_request", args=[request.id]) in html
    nn = open_as(tun.viewer(), "nn").get(reverse("person", args=[request.recipient_id])).content.decode()
    assert "Har spurt om" in nn
