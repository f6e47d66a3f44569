"""Pages of persons: found by three letters, behind walls, the protected address nowhere, nothing typed lost."""

import pytest
from django.urls import reverse

from samtun.foundation.models import AccessEntry
from samtun.foundation.viewer import Permission
from samtun.kernel.errors import NotYours
from samtun.people.persons import actions, queries
from samtun.people.persons.models import Person
from samtun.people.preferences import queries as preferences
from tests.factories.desk import DESK, coordinator, oneself, owner, person

CANARY = "Løynevegen 77"


@pytest.fixture
def ours(municipality, scope_of):
    with scope_of(municipality):
        return owner()


@pytest.fixture
def theirs(municipality, scope_of):
    with scope_of(municipality):
        return owner("Røde Kors", "organisation")


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def text(response):
    return response.content.decode()


def test_two_letters_find_nobody_and_three_do(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        person(ours, "Solveig", "Nesheim")
    client = open_as(coordinator(ours))
    assert "Nesheim" not in text(page(client, "persons", q="So"))
    assert "Write at least three letters" in text(page(client, "persons", q="So"))
    assert "Solveig Nesheim" in text(page(client, "persons", q="Sol"))
    assert "Solveig Nesheim" in text(page(client, "person_find", q="sol nes"))


def test_at_most_ten_are_shown(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        for n in range(12):
            person(ours, f"Kari{n:02}", "Fjelde")
    client = open_as(coordinator(ours))
    assert text(page(client, "persons", q="Kari")).count('class="row"') == 10
    assert text(page(client, "person_find", q="Kari", field="who")).count('name="who"') == 11  # and someone new


def test_the_fragment_takes_no_strange_field_name(open_as, ours, municipality, scope_of):
    with scope_of(municipality):
        person(ours)
    html = text(page(open_as(coordinator(ours)), "person_find", q="Solveig", field='x" onfocus="y'))
    assert 'name="person"' in html
    assert "onfocus" not in html


@pytest.mark.rule("R112")
def test_another_owners_person_is_out_of_sight(municipality, scope_of, open_as, ours, theirs):
    with scope_of(municipality):
        found = person(theirs, "Olav", "Bruheim")
    client = open_as(coordinator(ours))
    assert "Bruheim" not in text(page(client, "persons", q="Olav"))
    assert "Bruheim" not in text(page(client, "persons", q=found.phone))
    for name in ("person", "person_change", "person_protect", "person_leave_alone"):
        assert page(client, name, found.id).status_code == 404
        assert client.post(reverse(name, args=[found.id]), {}).status_code in {404, 405}
    assert page(open_as(coordinator(theirs)), "person", found.id).status_code == 200


def test_what_one_looks_at_is_logged(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = person(ours)
    page(open_as(coordinator(ours)), "person", found.id)
    with scope_of(municipality):
        rows = AccessEntry.objects.filter(persons__contains=[found.id], how="opened")
        assert [r.purpose for r in rows] == ["looking up a person"]


@pytest.mark.rule("R81")
def test_a_protected_address_is_nowhere_for_the_wrong_role(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = person(ours, "Inger", "Lie", address=CANARY, birth_year=1950)
    client = open_as(coordinator(ours))
    assert CANARY in text(page(client, "person", found.id))
    assert client.post(reverse("person_protect", args=[found.id])).status_code == 302
    for response in (
        page(client, "person", found.id), page(client, "person_change", found.id),
        page(client, "persons", q="Inger"), page(client, "person_find", q="Inger"),
        page(client, "persons", q="Inger Lie 1950"), page(client, "persons", q=found.phone),
        client.post(reverse("person_change", args=[found.id]), {"given_name": "Inger", "version": 99}),
        client.post(reverse("person_change", args=[found.id]), {"given_name": "", "version": 99}),
    ):  # fmt: skip
        assert CANARY not in text(response)
    assert 'row-title">Inger Lie' not in text(page(client, "persons", q="Inger Lie 1950"))
    assert page(client, "person_unprotect", found.id).status_code == 404
    assert client.post(reverse("person_unprotect", args=[found.id])).status_code == 404
    entitled = open_as(coordinator(ours, permissions=DESK | {Permission.SEE_PROTECTED}))
    assert CANARY in text(page(entitled, "person", found.id))
    assert 'row-title">Inger Lie' not in text(page(entitled, "persons", q="Inger"))
    assert 'row-title">Inger Lie' in text(page(entitled, "persons", q="Inger Lie 1950"))


@pytest.mark.rule("R81")
def test_saving_without_seeing_the_address_leaves_it(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = person(ours, "Inger", "Lie", address=CANARY)
        Person.objects.filter(id=found.id).update(address_protected=True)
    posted = {"given_name": "Inger", "family_name": "Li", "phone": found.phone, "version": 1, "address": "Other"}
    assert open_as(coordinator(ours)).post(reverse("person_change", args=[found.id]), posted).status_code == 302
    with scope_of(municipality):
        found.refresh_from_db()
        assert (found.address, found.family_name) == (CANARY, "Li")


@pytest.mark.rule("R32")
def test_no_contact_names_its_effect_and_can_be_taken_back(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = person(ours)
    client = open_as(coordinator(ours))
    assert "No texts, letters or calls" in text(page(client, "person_leave_alone", found.id))
    with scope_of(municipality):
        assert not Person.objects.get(id=found.id).do_not_contact
    client.post(reverse("person_leave_alone", args=[found.id]))
    shown = text(page(client, "person", found.id))
    assert "Does not want contact" in shown
    assert "tel:" + found.phone not in shown
    client.post(reverse("person_contact", args=[found.id]))
    assert "tel:" + found.phone in text(page(client, "person", found.id))


def test_bad_input_gives_sentences_and_loses_nothing(open_as, ours):
    posted = {"given_name": "", "family_name": "Å" * 61, "phone": "5700112", "birth_year": "38", "email": "kari@"}
    response = open_as(coordinator(ours)).post(reverse("person_new"), posted)
    html = text(response)
    assert response.status_code == 422
    for sentence in (
        "Fill in “First name”.", "1 character too long", "eight digits", "for example 1938", "the whole e-mail",
    ):  # fmt: skip
        assert sentence in html
    assert "5700112" in html
    assert "Å" * 61 in html


def test_a_person_who_cannot_be_reached_is_not_written_down(open_as, ours):
    response = open_as(coordinator(ours)).post(reverse("person_new"), {"given_name": "Per"})
    assert response.status_code == 422
    assert "so that we can reach them" in text(response)


def test_writing_down_the_same_person_twice_makes_one(municipality, scope_of, open_as, ours):
    client = open_as(coordinator(ours))
    posted = {"given_name": "Per", "family_name": "Vik", "phone": "41 00 00 01"}
    first = client.post(reverse("person_new"), posted)
    again = client.post(reverse("person_new"), posted, follow=True)
    assert first.url == again.redirect_chain[0][0]
    assert "Per Vik stood here already" in text(again)


def test_two_who_change_the_same_both_see_both(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = person(ours, "Astrid", "Haug")
    client, url = open_as(coordinator(ours)), reverse("person_change", args=[found.id])
    base = {"given_name": "Astrid", "phone": found.phone, "phone_kind": "mobile"}
    assert client.post(url, {**base, "family_name": "Haugen", "version": 1}).status_code == 302
    late = client.post(url, {**base, "family_name": "Haugland", "version": 1})
    html = text(late)
    assert late.status_code == 409
    assert "<td>Haugen</td><td>Haugland</td>" in html
    assert 'value="Haugland"' in html
    assert 'name="version" value="2"' in html
    assert client.post(url, {**base, "family_name": "Haugland", "version": 2}).status_code == 302
    with scope_of(municipality):
        assert Person.objects.get(id=found.id).family_name == "Haugland"


def test_actions_refuse_strangers_and_strange_years(municipality, scope_of, ours, theirs, now):
    with scope_of(municipality):
        found = person(ours)
        stranger = coordinator(theirs)
        for act in (
            lambda: actions.change_person(person=found, version=1, by=stranger, at=now, family_name="X"),
            lambda: actions.set_protection(person=found, protected=True, by=stranger, at=now),
            lambda: actions.set_do_not_contact(person=found, do_not_contact=True, by=stranger, at=now),
        ):
            with pytest.raises(NotYours):
                act()
        with pytest.raises(actions.StrangeBirthYear):
            actions.change_person(person=found, version=1, by=coordinator(ours), at=now, birth_year=190)
        with pytest.raises(actions.StrangeBirthYear):
            person(ours, birth_year=19380)
        actions.set_do_not_contact(person=found, do_not_contact=True, by=oneself(found), at=now)


def test_pages_are_closed_without_the_permission(open_as, ours):
    client = open_as(coordinator(ours, permissions=frozenset({Permission.SEE_DESK})))
    for name in ("persons", "person_find", "person_new"):
        assert page(client, name).status_code == 403


def test_a_person_has_two_numbers_to_ring_and_is_found_by_either(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = person(ours, "Solveig", "Nesheim", phone="+4790000011")
    client = open_as(coordinator(ours))
    typed = {
        "given_name": "Solveig",
        "family_name": "Nesheim",
        "phone": "90000011",
        "phone_kind": "mobile",
        "version": 1,
    }
    change = reverse("person_change", args=[found.id])
    wrong = client.post(change, typed | {"other_phone": "57 41"})
    assert wrong.status_code == 422
    assert "57\u00a041" in text(wrong)
    assert client.post(change, typed | {"other_phone": "57410001"}).status_code == 302
    shown = text(page(client, "person", found.id))
    assert shown.count('href="tel:+4790000011"') == shown.count('href="tel:+4757410001"') == 1
    assert "Another telephone" in shown
    for number in ("90000011", "57410001", "57 41 00 01"):
        assert "Solveig Nesheim" in text(page(client, "persons", q=number))
    with scope_of(municipality):
        assert queries.persons_at("+4757410001") == [found.id]
        again = person(ours, "Solveig", "Nesheim", phone="+4757410001")
        assert again.id == found.id
        assert preferences.recipient(found.id).phone == "+4790000011"


@pytest.mark.parametrize(
    ("first", "other", "numbers"),
    [
        ("90000011", "90000011", ("+4790000011",)),
        ("", "57410001", ("+4757410001",)),
        ("90000011", "57410001", ("+4790000011", "+4757410001")),
    ],
)
def test_the_same_number_twice_is_one_and_the_only_one_is_the_first(
    municipality, scope_of, open_as, ours, first, other, numbers
):
    typed = {"given_name": "Olav", "phone": first, "other_phone": other, "phone_kind": "mobile"}
    answer = open_as(coordinator(ours)).post(reverse("person_new"), typed)
    assert answer.status_code == 302
    with scope_of(municipality):
        assert Person.objects.get().numbers == numbers
