"""The pages of ideas: nothing typed is lost, a number is proved, and open pages name nobody who did not choose it."""

import pytest

from samtun.codesign.ideas.models import Addition, Helper, Idea, Initiative
from samtun.codesign.ideas.rules import helper_token, lead_token, proof_code
from samtun.foundation.viewer import Role
from samtun.notifications.messages.models import Message
from tests.factories.ideas import a_helper, a_promise, an_idea, an_initiative, answered, with_contact
from tests.factories.journey import log_in, make_tun

FACTS = {
    "key": "0192f0c0-0000-7000-8000-000000000001", "title": "Middag saman", "words": "Eg lagar middag",
    "name": "Ragnhild Aasen", "phone": "90 00 09 01", "phone_kind": "mobile", "is_public": "on", "shown_as": "Ragnhild",
}  # fmt: skip


@pytest.fixture
def tun(scope, municipality, now):
    with scope():
        return make_tun(municipality, now)


@pytest.fixture
def life(tun, scope):
    with scope():
        made = with_contact(tun, an_initiative(tun))
        a_promise(tun, made)
        a_helper(tun, made)
    return made


def code_of(scope):
    with scope():
        return proof_code(Message.objects.filter(notice="ideas.code").latest("made_at").ref_id)


@pytest.mark.rule("R18")
def test_without_a_login_a_code_leads_to_ones_own_page(tun, client, scope):
    sent = client.post("/ide/", FACTS)
    with scope():
        idea = Idea.objects.get()
    assert (sent.headers["Location"], idea.state) == (f"/ide/kode/ide/{idea.id}/", "unproven")
    wrong = client.post(sent.headers["Location"], {"code": "000000"})
    assert wrong.status_code == 422
    right = client.post(sent.headers["Location"], {"code": code_of(scope)})
    assert right.headers["Location"] == f"/ide/mi/{lead_token(idea.id, 1)}/"
    assert "Eg lagar middag" in client.get(right.headers["Location"]).content.decode()
    again = client.post("/ide/", FACTS)
    assert again.headers["Location"] == "/ide/takk/"
    with scope():
        assert Idea.objects.get().state == "received"


def test_one_with_a_landline_is_rung_and_nothing_is_lost_on_the_way(tun, client, scope):
    short = client.post("/ide/", FACTS | {"phone": "57 41"})
    page = short.content.decode()
    assert short.status_code == 422
    assert all(part in page for part in ("Middag saman", "Eg lagar middag", "57\xa041"))
    sent = client.post("/ide/", FACTS | {"phone_kind": "landline", "phone": "57 41 00 99"})
    assert sent.headers["Location"] == "/ide/takk/"
    with scope():
        assert Message.objects.count() == 0


def test_a_code_opens_only_what_it_was_sent_for(tun, client, scope, life):
    client.post("/ide/", FACTS)
    with scope():
        other = Idea.objects.get(id=life.idea_id)
    assert client.get(f"/ide/kode/ide/{other.id}/").status_code == 404
    assert client.get(f"/ide/kode/tull/{other.id}/").status_code == 404


def test_what_is_not_open_is_not_there(tun, client, scope):
    with scope():
        shy = answered(tun, an_idea(tun))
        waiting = an_idea(tun, tun.person("Berit", "Lie", "+4790000920"), put={"is_public": True})
    for idea in (shy, waiting):
        for more in ("", "og/", "med/", "spor/"):
            assert client.get(f"/ide/{idea.id}/{more}").status_code == 404
    assert "Middag" not in client.get("/ide/alle/").content.decode()
    assert client.get("/ide/mi/ikkje-noko/").status_code == 404


def test_open_pages_show_the_contact_and_promises_and_no_name_that_was_not_chosen(tun, client, life):
    for address in ("/ide/alle/", f"/ide/{life.idea_id}/"):
        page = client.get(address).content.decode()
        assert "Ragnhild" in page
        assert not [name for name in ("Aasen", "Olav", "Bruflot", "90 00 09") if name in page]
    assert all(words in page for words in ("Torunn Kvamme", "Leige av grendahuset"))


def test_joining_and_adding_are_proved_and_a_helper_leads_on_when_asked(tun, client, scope, life):
    who = {"name": "Berit Lie", "phone": "90 00 09 21", "phone_kind": "mobile"}
    sent = client.post(f"/ide/{life.idea_id}/med/", who | {"words": "Køyre"})
    with scope():
        berit = Helper.objects.get(state="unproven")
    client.post(sent.headers["Location"], {"code": code_of(scope)})
    own = f"/ide/mi/{lead_token(life.idea_id, 1)}/"
    assert client.post(own, {"act": "offer", "offer-helper": str(berit.id)}).headers["Location"] == own
    mine = f"/ide/med/{helper_token(berit.id)}/"
    taken = client.post(mine, {"act": "yes"})
    assert taken.headers["Location"] == f"/ide/mi/{lead_token(life.idea_id, 2)}/"
    assert client.get(own).status_code == 404
    key = {"key": "0192f0c0-0000-7000-8000-000000000002"}
    added = client.post(f"/ide/{life.idea_id}/og/", who | key | {"words": "… og kaffi", "shown_as": "Berit"})
    client.post(added.headers["Location"], {"code": code_of(scope)})
    assert "… og kaffi" in client.get(f"/ide/{life.idea_id}/").content.decode()
    with scope():
        assert Addition.objects.get().state == "stands"


def test_nobodys_act_does_nothing_and_a_strange_one_is_no_fault(tun, client, scope, life):
    own = f"/ide/mi/{lead_token(life.idea_id, 1)}/"
    for post in ({"act": "rart"}, {"act": "not_now", "helper": "x"}, {}):
        assert client.post(own, post).status_code == 404
    assert client.post(own, {"act": "end", "end-words": ""}).status_code == 422
    stale = {"act": "words", "words-title": "Ny", "words-words": "Nye ord", "version": "1"}
    late = client.post(own, stale)
    assert late.status_code == 422
    assert "Nye ord" in late.content.decode()
    with scope():
        assert Initiative.objects.get().state == "living"


@pytest.mark.rule("R98")
def test_at_the_desk_the_way_stands_drawn_and_what_exists_nearby(tun, client, scope, life):
    with scope():
        log_in(client, tun, role=Role.COORDINATOR)
    page = client.get(f"/ide/mottak/{life.idea_id}/").content.decode()
    assert '<ol class="steps plain">' in page
    assert page.count("data-done") == 2
    assert page.count('aria-current="step"') == 1
    assert "Dalgrend helselag" in page
    assert "Snø på trappa" in page


def test_their_word_is_written_down_at_the_desk_and_the_form_keeps_what_was_typed(tun, client, scope, life):
    with scope():
        log_in(client, tun, role=Role.COORDINATOR)
    word = f"/ide/mottak/{life.idea_id}/ord/"
    asked = client.post(word, {"act": "rest", "rest-words": "Til nyttår"})
    assert asked.status_code == 422, "how did they say it?"
    assert "Til nyttår" in asked.content.decode()
    assert client.post(word, {"act": "rest", "rest-words": "Til nyttår", "via": "form"}).status_code == 422
    assert client.post(word, {"act": "rest", "rest-words": "Til nyttår", "via": "phone"}).status_code == 302
    with scope():
        assert Initiative.objects.get().state == "paused"
    ended = client.post(word, {"act": "end", "end-words": "a" * 801, "via": "phone"})
    assert ended.status_code == 422
    assert "a" * 801 in ended.content.decode()
