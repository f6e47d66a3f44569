"""One press hides the screen: nothing behind the login opens by any way until it is uncovered."""

import pytest

from tests.samtun.people.login import a_member, a_person, an_account, an_organisation, inside, put_in

BEHIND = ("/i-dag/", "/i-dag/alle/", "/meg/", "/inn/okter/", "/onske/")


@pytest.fixture
def kari(client, municipality, clock):
    """A coordinator's browser."""
    with inside(municipality):
        centre, person = an_organisation(), a_person()
        a_member(person, centre)
        account = an_account(person, phone="+4790000005")
    put_in(client, account, second_factor=True)
    return client


def test_hidden_nothing_opens_until_it_is_shown_again(kari, clock):
    assert kari.get("/i-dag/").status_code == 200
    answer = kari.post("/pause/")
    assert (answer.status_code, answer["Location"]) == (302, "/pause/")
    for page in BEHIND:
        answer = kari.get(page)
        assert (answer.status_code, answer["Location"]) == (302, "/pause/"), page
    answer = kari.get("/i-dag/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/pause/"
    clock.passes(minutes=9)
    assert kari.post("/pause/slutt/", {"next": "/i-dag/"})["Location"] == "/i-dag/"
    assert kari.get("/i-dag/").status_code == 200


def test_the_neutral_page_names_nobody_and_is_not_kept(kari):
    kari.post("/pause/")
    answer = kari.get("/pause/")
    page = answer.content.decode()
    assert "Kari" not in page
    assert "Frivilligsentral" not in page
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


def test_after_long_absence_the_way_back_is_the_login(kari, clock):
    kari.post("/pause/")
    clock.passes(minutes=11)
    assert kari.post("/pause/slutt/")["Location"] == "/inn/"
    assert kari.get("/i-dag/")["Location"].startswith("/inn/")


def test_the_page_that_hides_itself_is_told_without_words(kari, clock):
    assert kari.post("/pause/", {"quiet": "1"}).status_code == 204
    assert kari.get("/i-dag/")["Location"] == "/pause/"
    assert kari.post("/pause/slutt/", {"quiet": "1"}).status_code == 204
    kari.post("/pause/", {"quiet": "1"})
    clock.passes(minutes=11)
    assert kari.post("/pause/slutt/", {"quiet": "1"}).status_code == 401


def test_whoever_is_not_logged_in_has_nothing_to_hide(client, municipality):
    assert client.post("/pause/").status_code == 302
    assert client.get("/pause/").status_code == 200
    assert client.get("/").status_code == 200
