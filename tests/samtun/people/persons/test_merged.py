"""Someone who stood twice is one: the account and every hat follow the row that was kept (decisions 17)."""

import pytest

from samtun.foundation import hats, recipients
from samtun.foundation.viewer import Role
from samtun.people.persons.queries import identify, kept, merged_into
from tests.samtun.people.login import a_member, a_person, an_account, an_organisation


@pytest.fixture
def twice(in_municipality, clock):
    """Kari stood three times: the last was merged into the second, the second into the first."""
    first, second, third = a_person("Kari", "Nes"), a_person("Kari", "Ness"), a_person("K.", "Nes")
    second.merged_into = first
    second.save()
    third.merged_into = second
    third.save()
    return first, second, third


def test_the_account_is_the_one_that_was_kept(twice):
    first, second, third = twice
    for row in (second, third):
        who = identify(an_account(row, email=f"{row.id}@eksempel.test").id)
        assert (who.person, who.name) == (first.id, "Kari Nes")
    assert identify(an_account(first, email="a@eksempel.test").id).person == first.id


def test_hats_of_all_rows_are_worn_by_the_one_that_was_kept(twice):
    first, second, third = twice
    one = a_member(second, an_organisation(), "coordinator")
    two = a_member(third, an_organisation("Dalgrend sanitetsforening", "association"), "cashier")
    assert [h.role for h in hats.hats_of(first.id)] == [Role.RESIDENT, Role.COORDINATOR, Role.CASHIER]
    for row in (one, two):
        assert hats.hat_of(first.id, f"membership:{row.id}").key == f"membership:{row.id}"


def test_oneself_is_one_hat_and_the_row_kept(twice):
    first, second, _third = twice
    assert [h.key for h in hats.hats_of(first.id)] == [f"self:{first.id}"]
    assert hats.hat_of(first.id, f"self:{second.id}") is None


def test_a_hat_of_someone_else_is_still_not_worn(twice):
    first, *_rest = twice
    stranger = a_member(a_person("Liv", "Aas"), an_organisation(), "coordinator")
    assert hats.hat_of(first.id, f"membership:{stranger.id}") is None
    assert hats.hat_of(first.id, "membership:nonsense") is None


def test_a_ring_of_merges_ends(twice):
    first, second, third = twice
    first.merged_into = third
    first.save()
    assert set(merged_into(first.id)) <= {first.id, second.id, third.id}
    assert kept(first.id) is not None


def test_a_plain_login_costs_one_statement_and_a_standing_hat_no_more(
    in_municipality, clock, django_assert_num_queries
):
    person = a_person("Kari", "Nes")
    account = an_account(person, email="a@eksempel.test")
    row = a_member(person, an_organisation(), "coordinator")
    with django_assert_num_queries(1):
        assert identify(account.id).person == person.id
    with django_assert_num_queries(1):
        assert hats.hat_of(person.id, f"membership:{row.id}") is not None


def test_who_is_written_to_is_the_one_kept(twice):
    first, _second, third = twice
    assert recipients.resolve(third.id).person == first.id
