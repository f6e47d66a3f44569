"""The centre's pages about those who publish."""

import pytest

from samtun.foundation.viewer import Role
from samtun.partners.catalogue.models import Publisher
from tests.factories.catalogue import asked, publishes
from tests.factories.journey import make_tun

pytestmark = pytest.mark.django_db


@pytest.fixture
def tun(municipality, now, scope_of):
    with scope_of(municipality):
        return make_tun(municipality, now)


@pytest.fixture
def page(tun, municipality, scope_of):
    with scope_of(municipality):
        return f"/sjekk/{asked(tun).id}/"


@pytest.fixture
def row(municipality, scope_of):
    """Return where it stands now."""

    def read():
        with scope_of(municipality):
            return Publisher.objects.get().state

    return read


def test_the_centre_sees_what_it_says_of_itself_and_says_yes(tun, page, open_as, row):
    client = open_as(publishes(tun, tun.centre, Role.COORDINATOR))
    shown = client.get(page).content.decode()
    assert "Dalgrend helselag" in shown
    assert "Yes, they are" in shown
    assert "Dalgrend helselag" in client.get("/sjekk/").content.decode()
    answer = client.post(f"{page}ja/", follow=True).content.decode()
    assert "What it publishes is open at once" in answer
    assert "Yes, they are" not in answer
    assert row() == "checked"
    again = client.post(f"{page}ja/", follow=True).content.decode()
    assert "Somebody has looked at this already" in again


def test_a_no_needs_words_and_keeps_what_was_typed(tun, page, open_as, row):
    client = open_as(publishes(tun, tun.centre, Role.COORDINATOR))
    answer = client.post(f"{page}nei/", {"why": ""})
    assert answer.status_code == 422
    assert "Fill in" in answer.content.decode()
    long = "Ingen svarer. " * 40
    answer = client.post(f"{page}nei/", {"why": long})
    assert answer.status_code == 422
    assert long.strip() in answer.content.decode()
    assert client.post(f"{page}nei/", {"why": "Ingen svarer på nummeret."}).status_code == 302
    assert "Ingen svarer på nummeret." in client.get(page).content.decode()


def test_others_who_publish_see_nothing_of_it(tun, page, open_as, row):
    client = open_as(publishes(tun, tun.other))
    assert {client.get(page).status_code, client.get("/sjekk/").status_code} == {404}
    assert client.post(f"{page}ja/").status_code == 404
    assert row() == "waiting"
