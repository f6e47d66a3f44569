"""How a person is reached: equal channels, chosen per person (R104)."""

import pytest

from samtun.foundation import recipients
from samtun.foundation.models import AuditEvent
from samtun.kernel.errors import NotYours
from samtun.people.places.models import Village
from samtun.people.preferences import actions
from samtun.people.preferences.queries import chooses_for_me, preference_of
from tests.samtun.people.login import START, a_person, an_organisation, viewer

MOBILE = {"phone": "+4790000001"}
LANDLINE = {"phone": "+4757000001", "phone_kind": "landline"}
HOME, MAIL = {"address": "Dalvegen 3"}, {"email": "kari@eksempel.test"}


@pytest.mark.parametrize(
    ("facts", "chosen", "channel"),
    [
        (MOBILE | HOME | MAIL, None, "sms"),
        (LANDLINE | HOME, None, "call"),
        (HOME, None, "letter"),
        (MAIL | HOME, None, "email"),
        ({}, None, "call"),
        (MOBILE | HOME, "letter", "letter"),
        (MOBILE, "call", "call"),
        (MOBILE | MAIL, "email", "email"),
        (LANDLINE, "sms", "call"),
        (MOBILE, "letter", "sms"),
        (MOBILE, "email", "sms"),
    ],
)
@pytest.mark.rule("R104")
def test_the_channel(in_municipality, facts, chosen, channel):
    person = a_person(**facts)
    if chosen:
        actions.set_preferences(
            person=person, channel=chosen, by=viewer(in_municipality, "resident", person=person), at=START
        )
    assert recipients.resolve(person.id).channel == channel


@pytest.mark.parametrize(("own", "written"), [("", "nn"), ("nb", "nb"), ("en", "en")])
def test_the_language_is_the_persons_or_the_municipalitys(in_municipality, own, written):
    assert recipients.resolve(a_person(language=own).id).language == written


@pytest.mark.rule("R81")
def test_a_protected_address_is_never_given(in_municipality):
    village = Village.objects.create(name="Indre Dal")
    person = a_person(village=village, **MOBILE, **HOME)
    assert recipients.resolve(person.id).address == "Dalvegen 3, Indre Dal"
    actions.set_preferences(
        person=person, channel="letter", by=viewer(in_municipality, "resident", person=person), at=START
    )
    person.address_protected = True
    person.save()
    reached = recipients.resolve(person.id)
    assert (reached.address, reached.channel) == ("", "sms")
    assert "Dal" not in repr(reached)


def test_who_wants_no_contact_is_silent(in_municipality):
    assert recipients.resolve(a_person(do_not_contact=True, **MOBILE).id).silent


def test_a_merged_person_is_reached_as_the_one_kept(in_municipality):
    kept = a_person("Kari", **MOBILE)
    middle = a_person("Kari", merged_into=kept)
    assert recipients.resolve(a_person("Kari", merged_into=middle).id).person == kept.id


def test_nobody(in_municipality, neighbour):
    import uuid

    assert recipients.resolve(uuid.uuid4()) is None


def test_a_choice_leaves_the_others_as_they_were(in_municipality):
    person = a_person(**LANDLINE)
    by = viewer(in_municipality, "resident", person=person)
    actions.set_preferences(person=person, large_print=False, by=by, at=START)
    actions.set_preferences(person=person, chooses_for_me=True, by=by, at=START)
    row = preference_of(person.id)
    assert (row.channel, row.large_print, row.chooses_for_me) == ("call", False, True)
    assert chooses_for_me(person.id)
    assert not recipients.resolve(person.id).large_print
    assert [e.words for e in AuditEvent.objects.order_by("id")] == [
        {"fields": ["large_print"]}, {"fields": ["chooses_for_me"]},
    ]  # fmt: skip


def test_asks_stop_and_begin_again(in_municipality):
    person = a_person(**MOBILE)
    by = viewer(in_municipality, "resident", person=person)
    actions.stop_asks(person=person, by=by, at=START)
    assert recipients.resolve(person.id).asks_stopped
    actions.allow_asks(person=person, by=by, at=START)
    assert not recipients.resolve(person.id).asks_stopped


def test_only_the_person_and_those_who_know_them(in_municipality):
    centre, club = an_organisation(), an_organisation("Klubben", "association")
    person = a_person(owner=centre.owner, **MOBILE)
    actions.set_preferences(
        person=person, channel="call", by=viewer(in_municipality, "coordinator", centre.owner), at=START
    )
    others = [("coordinator", club.owner), ("cashier", centre.owner), ("resident", club.owner)]
    for by in [viewer(in_municipality, role, owner, person=a_person()) for role, owner in others]:
        with pytest.raises(NotYours):
            actions.set_preferences(person=person, channel="sms", by=by, at=START)
    with pytest.raises(actions.NoSuchWay):
        actions.set_preferences(
            person=person, channel="fax", by=viewer(in_municipality, "coordinator", centre.owner), at=START
        )
