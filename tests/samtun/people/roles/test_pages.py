"""Pages of people and access: few statements, however many rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.samtun.people.login import START, a_grant, a_member, a_person, an_account, an_organisation, inside, put_in

TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@pytest.fixture
def everything(municipality, clock):
    """Somebody with many hats, in an organisation with many members and shares."""
    from samtun.foundation.models import Share

    with inside(municipality):
        council, club = an_organisation("Dalgrend kommune", "municipality"), an_organisation("Klubben", "association")
        person = a_person("Liv", "Aas")
        grant = a_grant(person, "municipal_administrator", council.owner)
        row = a_member(person, club, "organisation_representative")
        account = an_account(person, email="liv@eksempel.test")

        def fill(number):
            for n in range(number):
                a_member(a_person(f"P{n}"), club, "cashier")
                Share.objects.create(
                    giver=club.owner, receiver=council.owner, what="volunteers", purpose="Snø", starts=START.date(),
                    ends=START.date().replace(year=2027),
                )  # fmt: skip

        fill(1)
    return account, club, row, grant, fill


@pytest.mark.parametrize("address", ["/hatt/", "/roller/", "/innsyn/", "/inn/okter/", "/lag/{club}/"])
def test_at_most_fifteen_statements_whatever_the_number_of_rows(client, municipality, everything, address):
    account, club, row, grant, fill = everything
    key = f"grant:{grant.id}" if address == "/roller/" else f"membership:{row.id}"
    put_in(client, account, second_factor=True, hats={str(municipality.id): key})
    path = address.format(club=club.id)
    client.get(path)
    counts = []
    for more in (0, 12):
        with inside(municipality):
            fill(more)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        assert answer.status_code == 200
        counts.append(sum(not q["sql"].startswith(TRANSACTION) for q in queries.captured_queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 15
