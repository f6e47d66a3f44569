"""The ways in: strangers learn nothing of a no or a double, and everyone who asks is asked in turn."""

import datetime as dt
import re

import pytest

from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.rules import door_code
from samtun.operation.referrals.enums import Kind, State
from samtun.operation.referrals.models import Referral
from tests.factories.journey import log_in, make_tun

ODDNY = {"for_whom": "other", "other_name": "Oddny Lien", "other_phone": "57 41 00 77"}
LEFT_IN_PEACE, RING = "left in peace", "This cannot be sent from here. Ring us"


@pytest.fixture
def tun(client, municipality, now):
    client.cookies["samtun_language"] = "en"
    with open_scope(municipality.id):
        return make_tun(municipality, now)


@pytest.fixture
def oddny(tun, scope):
    """She has asked to be left in peace."""
    with scope():
        known = tun.person("Oddny", "Lien", "+4757410077")
        known.do_not_contact = True
        known.save(update_fields=["do_not_contact"])
    return known


@pytest.fixture
def turid(client, tun, scope):
    with scope():
        log_in(client, tun)
    return client


def day(number=3):
    return (clock.today() + dt.timedelta(days=number)).isoformat()


def form(tun, **changes):
    return {
        "task_type": str(tun.snow.id), "on_pick": day(), "at": "", "minutes": "45", "words": "",
        "for_whom": "self", "name": "Olga Vik", "phone": "900 00 055", "phone_kind": "mobile",
        "village": str(tun.near.id), "other_name": "", "other_phone": "", "gives": "",
    } | changes  # fmt: skip


def call(tun, **changes):
    return {
        "q": "", "person": "new", "given_name": "Anna", "family_name": "Stokke", "phone": "57 41 00 01",
        "phone_kind": "landline", "village": str(tun.near.id), "address": "Storgata 4", "task_type": str(tun.snow.id),
        "words": "", "on_pick": day(), "at": "10", "minutes": "45", "save": "1",
    } | changes  # fmt: skip


def words(answer):
    """The page, without what is new each time it is shown."""
    return re.sub(r'(?:nonce|value)="[^"]{16,}"|\?v=\w+|/kode/[0-9a-f-]+/', "", answer.content.decode())


def told_apart(answer):
    """What a sender can see of an answer: where it leads, and the page there."""
    return [re.sub(r"[0-9a-f-]{36}", "", where) for where, _code in answer.redirect_chain], words(answer)


# --- a no
@pytest.mark.rule("R32")
@pytest.mark.parametrize("sent", [ODDNY, {"name": "Oddny Lien", "phone": "57 41 00 77", "phone_kind": "landline"}])
def test_the_public_never_reads_that_somebody_wants_to_be_left_in_peace(client, tun, oddny, scope, sent):
    answer = client.post("/hjelp/", form(tun, **sent))
    assert answer.status_code == 422
    assert LEFT_IN_PEACE not in words(answer)
    assert RING in words(answer), "there is a way for the one who asks for herself"
    assert "tel:+4757001122" in words(answer)
    assert "57 41 00 77" in words(answer).replace("\xa0", " "), "what is typed is kept"
    with scope():
        assert not HelpRequest.objects.exists()


@pytest.mark.rule("R32")
def test_the_dead_and_those_who_want_peace_are_answered_alike(client, tun, oddny, scope):
    with scope():
        dead = tun.person("Solveig", "Vik", "+4757410078")
        dead.death_known_at = tun.now
        dead.save(update_fields=["death_known_at"])
    seen = []
    for name, phone in (("Oddny Lien", "57 41 00 77"), ("Solveig Vik", "57 41 00 78")):
        answer = words(client.post("/hjelp/", form(tun, for_whom="other", other_name=name, other_phone=phone)))
        seen.append(answer.replace(name, "").replace(phone.replace(" ", "\xa0"), "").replace(phone, ""))
    assert seen[0] == seen[1]


@pytest.mark.rule("R32")
def test_the_coordinator_is_told_that_contact_is_not_wanted(turid, tun, oddny):
    answer = turid.post("/samtale/", call(tun, given_name="Oddny", family_name="Lien", phone="57 41 00 77"))
    assert answer.status_code == 422
    assert LEFT_IN_PEACE in words(answer)


@pytest.mark.rule("R32")
def test_with_another_number_the_one_who_rings_is_told_that_a_no_may_stand(turid, tun, oddny, scope):
    turid.post("/hjelp/", form(tun, **ODDNY | {"other_phone": "57 41 00 99"}))
    turid.post("/hjelp/", form(tun, **ODDNY | {"other_name": "Oddny Moen", "other_phone": "57 41 00 98"}))
    with scope():
        hers, another = (HelpRequest.objects.get(recipient__family_name=name).id for name in ("Lien", "Moen"))
    assert LEFT_IN_PEACE in words(turid.get(f"/onske/{hers}/"))
    assert LEFT_IN_PEACE not in words(turid.get(f"/onske/{another}/"))


# --- a double
def test_a_double_on_the_web_is_answered_as_the_first_also_after_the_code(client, tun, scope):
    seen, after = [], []
    for _twice in range(2):
        answer = client.post("/hjelp/", form(tun), follow=True)
        seen.append(told_apart(answer))
        with scope():
            code = Message.objects.filter(notice="help_requests.code").latest("made_at", "id").ref_id
        after.append(told_apart(client.post(answer.redirect_chain[-1][0], {"code": door_code(code)}, follow=True)))
    assert seen[0] == seen[1]
    assert after[0] == after[1]
    with scope():
        assert HelpRequest.objects.count() == 2


# --- everyone who asks is also asked
def test_what_a_next_of_kin_would_give_on_the_web_is_an_offer_of_theirs(client, tun, scope):
    assert client.post("/hjelp/", form(tun, **ODDNY, gives="Baker gjerne")).status_code == 302
    with scope():
        offer = Referral.objects.get()
        assert (offer.kind, offer.name, offer.phone) == (Kind.OFFER, "Olga Vik", "+4790000055")
        assert (offer.words, offer.person) == ("Baker gjerne", None)


def test_what_a_next_of_kin_would_give_on_the_telephone_is_an_offer_of_theirs(turid, tun, scope):
    kin = {"asked_by": "Ola Stokke, son", "asked_by_phone": "919 19 191", "gives": "Kan køyre"}
    assert turid.post("/samtale/", call(tun, **kin)).status_code == 302
    with scope():
        offer = Referral.objects.get()
        assert (offer.kind, offer.name, offer.phone) == (Kind.OFFER, "Ola Stokke", "+4791919191")
    page = words(turid.get(f"/ord/{offer.id}/"))
    assert "Ola Stokke" in page
    assert "Kan køyre" in page


def test_what_the_person_would_give_is_still_their_own_offer(turid, tun, scope):
    assert turid.post("/samtale/", call(tun, gives="Strikkar")).status_code == 302
    with scope():
        offer = Referral.objects.get()
        assert (offer.name, offer.person) == ("Anna Stokke", HelpRequest.objects.get().recipient)


@pytest.mark.parametrize("asks", [{"gives": "Kan køyre"}, {"wants_too": "on"}])
def test_without_a_number_for_the_next_of_kin_it_asks_for_one(turid, tun, scope, asks):
    answer = turid.post("/samtale/", call(tun, asked_by="Ola Stokke", **asks))
    assert answer.status_code == 422
    assert "Write their number, so that we can ring them about it." in words(answer)
    assert "Storgata 4" in words(answer)
    with scope():
        assert not HelpRequest.objects.exists()


# --- a next of kin may be the one who needs a hand
def test_a_next_of_kin_may_want_a_hand_and_is_rung_about_it(turid, tun, scope):
    page = words(turid.get("/hjelp/"))
    assert "And you, would you like a hand yourself?" in page
    turid.post("/hjelp/", form(tun, **ODDNY, wants_too="on"))
    with scope():
        asker = Referral.objects.get()
        assert (asker.kind, asker.name, asker.phone, asker.words) == (Kind.ASKER, "Olga Vik", "+4790000055", "")
    assert "may want a hand too: ring" in words(turid.get("/i-dag/"))
    page = words(turid.get(f"/ord/{asker.id}/"))
    assert "Olga Vik" in page
    assert "Oddny" not in page
    assert "Would like help: write it down" in page
    turid.post("/samtale/", call(tun, given_name="Olga", family_name="Vik", referral=str(asker.id)))
    with scope():
        asker.refresh_from_db()
        assert (asker.state, asker.name) == (State.WISH, "")


def test_on_the_call_screen_too(turid, tun, scope):
    assert "Would the one who rings like a hand too?" in words(turid.get("/samtale/"))
    turid.post("/samtale/", call(tun, asked_by="Ola Stokke", asked_by_phone="919 19 191", wants_too="on"))
    with scope():
        assert list(Referral.objects.values_list("kind", "name")) == [("asker", "Ola Stokke")]


def test_one_who_asks_for_themselves_is_not_rung_twice(client, tun, scope):
    client.post("/hjelp/", form(tun, wants_too="on"))
    with scope():
        assert not Referral.objects.exists()


@pytest.mark.rule("R113")
def test_nothing_is_put_on_the_desk_about_a_dead_asker(client, tun, scope):
    with scope():
        olga = tun.person("Olga", "Vik", "+4790000055")
        olga.death_known_at = tun.now
        olga.save(update_fields=["death_known_at"])
    assert client.post("/hjelp/", form(tun, **ODDNY, wants_too="on", gives="Kaker")).status_code == 302
    with scope():
        assert not Referral.objects.exists()


@pytest.mark.parametrize(("kind", "hears"), [("mobile", "text"), ("landline", "call")])
def test_how_a_next_of_kin_hears_is_as_they_have_said(client, tun, scope, kind, hears):
    client.post("/hjelp/", form(tun, **ODDNY, phone_kind=kind))
    with scope():
        assert HelpRequest.objects.get().asker_hears == hears
