"""A unit gives a child a place on a closed list: a name, its guardian who said yes, gear, and a quiet free place."""

import uuid

import pytest

from samtun.foundation.models import AuditEvent
from samtun.foundation.notices import notice_of, render
from samtun.foundation.recipients import resolve
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import allocating, signing
from samtun.operation.registrations.actions.signing import Comer
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.queries import own_path
from samtun.people.persons.models import Person
from tests.factories.registrations import a_closed_list

pytestmark = pytest.mark.practice("kristiansund")
CHILDREN = (Comer("Danylo", is_child=True), Comer("Sofia", is_child=True))


def a_closed_one(tun, **changes):
    """A group for children whose places a unit gives out, held by a club; with its first time, and the unit."""
    facts = {"groups": ("children",), "gear": "Ski og sko", "is_free": False, "price": "50 kroner", "most": 2} | changes
    return a_closed_list(tun, title="Sorggruppe for barn", **facts)


def written(**changes):
    plain = {
        "act": "give", "key": str(uuid.uuid4()), "name": "Iryna Koval", "phone": "90 00 07 01",
        "children": "Danylo\nSofia", "guardian": "on",
    }  # fmt: skip
    return {name: value for name, value in (plain | changes).items() if value is not None}


@pytest.mark.rule("R56")
@pytest.mark.rule("R49")
def test_the_unit_gives_two_children_a_place_with_skis_and_nobody_sees_how_they_pay(page, scope, client, open_as):
    with scope():
        it, time, gives, host = a_closed_one(page)
    path = f"/program/{it.id}/plassar/"
    open_as(gives)
    shown = client.get(path).content.decode()
    for said in ("Parent or guardian", "has said yes", "borrow gear", "Free place", "only you and those"):
        assert said.casefold() in shown.casefold()
    assert 'name="others"' not in shown
    assert client.post(path, written(borrows="on", gear_size="28 og 31", pays="free")).status_code == 302
    with scope():
        rows = list(Registration.objects.select_related("contact").order_by("number"))
        assert [(r.name, r.is_child, r.person_id, r.via, r.pays, r.state, r.borrows_gear) for r in rows] == [
            (name, True, None, "given", "free", "coming", True) for name in ("Danylo", "Sofia")
        ]  # fmt: skip
        assert {row.contact.full_name for row in rows} == {"Iryna Koval"}
        assert not Person.objects.filter(given_name__in=["Danylo", "Sofia"]).exists()
        assert AuditEvent.objects.filter(act="registrations.guardian_yes").count() == 1
        own = own_path(rows[0].group)
    shown = client.get(path).content.decode()
    assert "Ring Iryna Koval:" in shown
    assert "2 have a place" in shown
    listed = shown[: shown.index('name="act" value="give"')]
    assert "28 og 31" not in listed
    assert "Free place" not in listed
    assert "Free place" in client.get(own).content.decode()
    assert "Sorggruppe" not in client.get(own).content.decode()
    open_as(host)
    door = client.get(f"/program/gang/{time.id}/dor/").content.decode()
    for said in ("Danylo", "Ring Iryna Koval:", "Danylo, Sofia: 28 og 31", "In order"):
        assert said in door
    assert "Free place" not in door
    open_as(page.viewer())
    for hidden in (path, f"/program/gang/{time.id}/dor/", f"/program/gang/{time.id}/dor/ark/"):
        assert client.get(hidden).status_code == 404


WRONG = (
    ({"guardian": None}, "Ask a parent or guardian first"), ({"name": ""}, "id_name_error"),
    ({"phone": ""}, "id_phone_error"), ({"phone": "12"}, "id_phone_error"),
    ({"children": ""}, "Write the name of each one who comes."), ({"children": "a" * 81}, "Write one name a line."),
    ({"children": "\n".join(f"barn {n}" for n in range(30))}, "So many cannot be signed up at once."),
    ({"gear_size": "x" * 61}, "id_gear_size_error"), ({"pays": "later"}, "id_pays_error"),
)  # fmt: skip


def test_what_is_wrong_is_said_and_what_was_typed_stands(page, scope, client, open_as):
    with scope():
        it, _time, gives, _host = a_closed_one(page)
    open_as(gives)
    for wrong, said in WRONG:
        data = written(**wrong)
        answer = client.post(f"/program/{it.id}/plassar/", data)
        told = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert answer.status_code == 422
        assert said in told, wrong
        for kept in data.values():
            assert kept in {"on", "later", "give"} or kept in told
    with scope():
        assert not Registration.objects.exists()


@pytest.mark.rule("R59")
def test_the_text_and_the_letter_to_a_guardian_give_nothing_away(tun):
    _it, time, gives, _host = a_closed_one(tun)
    mother = tun.person("Iryna", "Koval", "+4790000701", owner=tun.other, phone_kind="mobile")
    row = allocating.give_place(
        occurrence=time, contact=mother, comers=CHILDREN, sent_key="k", guardian_said_yes=True, by=gives, at=tun.now
    )[0]
    assert Message.objects.get(notice="registrations.signed_up").to_person == mother.id
    facts = notice_of("registrations.signed_up").facts(row.id, resolve(mother.id))
    for channel in ("sms", "letter", "call", "email"):
        for language in ("nb", "nn", "en"):
            text = render(
                notice_of("registrations.signed_up"), channel=channel, language=language, facts=facts | {"name": "I"}
            )
            for unsaid in ("Sorg", "barn", "Danylo", "Sofia", "Tildeling", time.place_name, "Ski"):
                assert unsaid not in text


def test_no_child_gets_a_place_before_its_guardian_has_said_yes_and_only_the_unit_gives_it(tun):
    it, time, gives, host = a_closed_one(tun)
    mother = tun.person("Iryna", "Koval", "+4790000701", owner=tun.other, phone_kind="mobile")
    asked = {"occurrence": time, "contact": mother, "sent_key": "k", "at": tun.now}
    with pytest.raises(allocating.AskGuardian):
        allocating.give_place(comers=CHILDREN, by=gives, **asked)
    for viewer in (host, tun.viewer()):
        with pytest.raises(NotYours):
            allocating.give_place(comers=CHILDREN, guardian_said_yes=True, by=viewer, **asked)
    without = tun.person("Olha", "Koval", "", owner=tun.other)
    with pytest.raises(signing.ChildAlone):
        allocating.give_place(comers=CHILDREN, guardian_said_yes=True, by=gives, **(asked | {"contact": without}))
    assert not Registration.objects.exists()
    for _twice in range(2):
        allocating.give_place(comers=CHILDREN, guardian_said_yes=True, by=gives, **asked)
    assert Registration.objects.count() == 2
    allocating.give_place(comers=[Comer("Kari")], by=gives, **(asked | {"sent_key": "line"}))
    assert [(row.name, row.state) for row in queries.places_of(gives, it)] == [
        ("Danylo", "coming"), ("Sofia", "coming"), ("Kari", "waiting"),
    ]  # fmt: skip


def test_where_no_children_come_a_name_and_a_number_is_all(page, scope, client, open_as):
    with scope():
        it, _time, gives, _host = a_closed_one(page, groups=(), gear="", is_free=True, price="")
    open_as(gives)
    shown = client.get(f"/program/{it.id}/plassar/").content.decode()
    for asked in ("children", "guardian", "comes", "borrows", "gear_size", "pays", "others", "at_short_notice"):
        assert f'name="{asked}"' not in shown
