"""The pages of needs: what looks like somebody is asked about; found, joined, closed; counts for everyone."""

import pytest

from samtun.codesign.needs.models import Need
from samtun.foundation.viewer import Role
from tests.factories.ideas import a_need
from tests.factories.journey import log_in, make_tun

FACTS = {
    "key": "0192f0c0-0000-7000-8000-000000000001", "group": "men_alone", "source": "talk", "known_on_pick": "other",
    "known_on_other": "2026-11-20", "number": "3",
}  # fmt: skip
WORDS = "Menn som bur åleine, et middag åleine"


@pytest.fixture
def tun(scope, municipality, now, client):
    with scope():
        made = make_tun(municipality, now)
        log_in(client, made, role=Role.LEADER)
    return made


@pytest.fixture
def facts(tun):
    return FACTS | {"owner": str(tun.centre.id), "village": str(tun.near.id)}


@pytest.fixture
def need(tun, client, facts, scope):
    client.post("/behov/ny/", facts | {"words": WORDS})
    with scope():
        return Need.objects.get()


def test_what_looks_like_a_person_is_asked_about_and_nothing_typed_is_lost(tun, client, facts, scope):
    asked = client.post("/behov/ny/", facts | {"words": "Han Olav et middag åleine"})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "“Olav”" in page or "«Olav»" in page
    assert all(part in page for part in ("keep_words", "Han Olav et middag", "2026-11-20"))
    with scope():
        assert Need.objects.count() == 0
    kept = client.post("/behov/ny/", facts | {"words": "Ein Olav-song trengst", "keep_words": "on"})
    assert kept.status_code == 302


def test_found_joined_parted_closed_and_opened(tun, client, facts, need, scope):
    with scope():
        other = a_need(tun, words="Fleire vil ha nokon å ete med.")
    assert client.post(f"/behov/{need.id}/saman/", {"into": str(other.id)}).status_code == 302
    assert client.post(f"/behov/{need.id}/kvar-for-seg/").status_code == 302
    page = client.get("/behov/?ord=middag&kven=men_alone").content.decode()
    assert WORDS in page
    assert other.words not in page
    empty = client.post(f"/behov/{need.id}/lukk/", {"close-state": "met", "close-words": " "})
    assert empty.status_code == 422
    closed = client.post(f"/behov/{need.id}/lukk/", {"close-state": "met", "close-words": "Det er middag no"})
    assert closed.status_code == 302
    assert "Det er middag no" in client.get(f"/behov/{need.id}/").content.decode()
    assert client.post(f"/behov/{need.id}/opne/").status_code == 302


def test_what_somebody_else_has_changed_is_told(tun, client, facts, need, scope):
    changed = client.post(f"/behov/{need.id}/rett/", facts | {"words": "Menn et åleine", "version": "1"})
    assert changed.status_code == 302
    late = client.post(f"/behov/{need.id}/rett/", facts | {"words": "Noko anna", "version": "1"})
    assert late.status_code == 422
    assert "Noko anna" in late.content.decode()
    assert client.post(f"/behov/{need.id}/rett/", facts | {"words": "Så", "version": "x"}).status_code == 422


def test_everyone_reads_counts_and_no_words(tun, client, need):
    client.logout()
    page = client.get("/behov/tal/").content.decode()
    assert "Menn som bur åleine" in page
    assert WORDS not in page


@pytest.mark.parametrize("query", ["?stad=ikkje", "?side=99", "?kven=ingen", "?vis=rart"])
def test_a_strange_question_gets_a_page(tun, client, query):
    assert client.get(f"/behov/{query}").status_code == 200
