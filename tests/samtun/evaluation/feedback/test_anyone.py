"""Those a thing concerns say something about it from their own page: who waits, who is helped, who comes."""

import pytest
from django.test import Client

from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.queries.about import thing_for
from samtun.kernel.errors import NotYours
from samtun.operation.callouts.models import CallOut
from tests.factories.feedback import oneself
from tests.factories.journey import log_in_person, make_tun
from tests.factories.regular import running
from tests.factories.things import call_out
from tests.factories.world import World

KEY = "5d4bd1f4-3d1f-4f3c-9f5f-1c2b3a4d5e6f"


@pytest.fixture
def tun(municipality, scope_of, now):
    with scope_of(municipality):
        return make_tun(municipality, now)


def own_page(person):
    client = Client()
    log_in_person(client, person)
    return client


def says(client, address):
    assert address in client.get("/meg/").content.decode()
    assert client.post(address, {"key": KEY, "words": "Det passar betre klokka ti"}).status_code == 302


def test_who_waits_for_help_says_it_from_their_own_page(tun, municipality, scope_of):
    with scope_of(municipality):
        anna = tun.recipient()
        wish = tun.request(anna)
        client = own_page(anna)
    says(client, f"/si/om/help_request/{wish.id}/")
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.sender_id, found.ref_id, found.owner) == (anna.id, wish.id, tun.centre)


@pytest.mark.parametrize("side", ["recipient", "volunteer"])
def test_both_who_meet_regularly_say_it_from_their_own_page(tun, municipality, scope_of, side):
    with scope_of(municipality):
        marit = tun.volunteer("Marit", "Fjelde", "+4790000099")
        made = running(tun, marit)
        person = made.recipient if side == "recipient" else marit.person
        client = own_page(person)
    says(client, f"/si/om/arrangement/{made.id}/")
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.sender_id, found.ref_kind, found.ref_id) == (person.id, "arrangement", made.id)


def test_it_is_nobody_elses(tun, municipality, scope_of):
    with scope_of(municipality):
        marit = tun.volunteer("Marit", "Fjelde", "+4790000099")
        made, wish = running(tun, marit), tun.request()
        per = oneself(tun, tun.person("Per", "Granne", "+4790000098"))
        asked = call_out(World(municipality, tun))
        for kind, key in (("arrangement", made.id), ("help_request", wish.id), ("call_out", asked), ("call_out", KEY)):
            with pytest.raises(NotYours):
                thing_for(per, kind, key)
        friend = CallOut.objects.get(id=asked).asked.get().volunteer.person
        assert thing_for(oneself(tun, friend), "call_out", asked).id == asked
