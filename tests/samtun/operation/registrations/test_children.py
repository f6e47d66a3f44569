"""Children are signed up by a guardian; gear is borrowed; a free place is quiet; nobody's name stands anywhere open."""

import datetime as dt
import uuid

import pytest

from samtun.foundation.models import AccessEntry, AuditEvent
from samtun.foundation.notices import notice_of, render
from samtun.foundation.recipients import resolve
from samtun.foundation.viewer import Permission, Role
from samtun.notifications.messages.models import Message
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import leaving, signing
from samtun.operation.registrations.actions.signing import Comer, Gear
from samtun.operation.registrations.enums import Via
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.queries import taking_out
from samtun.operation.registrations.rules import count_token
from samtun.people.persons.actions import note_death
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from tests.factories import programme
from tests.factories.lending import a_hall
from tests.factories.programme import FRIDAY, weekly
from tests.factories.registrations import signs_up, walk

DAY = dt.timedelta(days=1)
NAMES = ("Iryna", "Koval", "Danylo", "Sofia", "90 00 07 01", "900007 01", "+4790000701")


@pytest.fixture
def row(page, scope):
    """Skiing for children: a price, and gear that can be borrowed."""
    with scope():
        return walk(
            page, groups=("children",), gear="Ski, støvlar og hovudlykt", is_free=False, price="50 kroner",
            transport="organiser_fetches",
        )[1]  # fmt: skip


def written(**changes):
    plain = {
        "key": str(uuid.uuid4()), "name": "Iryna Koval", "phone": "90 00 07 01", "children": "Danylo\nSofia",
        "guardian": "on", "others": "",
    }  # fmt: skip
    return {name: value for name, value in (plain | changes).items() if value is not None}


def lines(scope):
    with scope():
        return list(Registration.objects.select_related("contact").order_by("number"))


@pytest.mark.rule("R49")
@pytest.mark.practice("inkludering")
def test_a_guardian_signs_up_two_children_who_borrow_skis_on_a_free_place(page, scope, client, open_as, row):
    shown = client.get(f"/hva-skjer/{row.id}/").content.decode()
    for said in ("Ski, støvlar og hovudlykt", "choose a free place when you sign up", "50 kroner"):
        assert said in shown
    form = client.get(f"/paamelding/{row.id}/").content.decode()
    for said in ("under 13", "We ask nobody how old", "guardian of the children", "Free place", "borrow gear"):
        assert said in form
    assert "birth" not in form.casefold()
    answer = client.post(
        f"/paamelding/{row.id}/", written(borrows="on", gear_size="boots 31 and 34", pays="free", is_first_time="on")
    )
    rows = lines(scope)
    assert [(one.name, one.is_child, one.person_id, one.pays) for one in rows] == [
        ("Danylo", True, None, "free"), ("Sofia", True, None, "free"),
    ]  # fmt: skip
    with scope():
        assert {one.contact.full_name for one in rows} == {"Iryna Koval"}
        assert not Person.objects.filter(given_name__in=["Danylo", "Sofia"]).exists()
        assert Message.objects.get(notice="registrations.signed_up").to_person == rows[0].contact_id
    own = client.get(answer.url).content.decode()
    for said in ("They are on the list", "Danylo", "Child", "boots 31 and 34", "Free place"):
        assert said in own
    open_as(page.viewer())
    for path in ("dor/", "dor/ark/"):
        door = client.get(f"/program/gang/{row.id}/{path}").content.decode()
        for said in ("Danylo", "Sofia", "Iryna Koval", "boots 31 and 34", "Gear to bring"):
            assert said in door
        assert "Free place" not in door
    assert "Ring Iryna Koval:" in client.get(f"/program/gang/{row.id}/dor/").content.decode()


WRONG = (
    ({"guardian": None}, "A parent or guardian signs up a child. Tick here if that is you."),
    ({"children": "", "guardian": None}, "Write the name of each one who comes."),
    ({"phone": ""}, "id_phone_error"), ({"name": ""}, "id_name_error"),
    ({"children": "a" * 81}, "Write one name a line."),
    ({"children": "\n".join(f"barn {n}" for n in range(30))}, "So many cannot be signed up at once."),
    ({"gear_size": "x" * 61}, "id_gear_size_error"), ({"pays": "later"}, "id_pays_error"),
)  # fmt: skip


@pytest.mark.practice("inkludering")
def test_what_is_wrong_is_said_and_what_was_typed_stands(page, scope, client, row):
    for wrong, said in WRONG:
        data = written(**wrong)
        answer = client.post(f"/paamelding/{row.id}/", data)
        told = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert answer.status_code == 422
        assert said in told, wrong
        for kept in data.values():
            assert kept in {"on", "later"} or kept in told
    assert lines(scope) == []


def test_a_grown_up_may_come_along_with_the_children_and_others_are_not_asked(page, scope, client, row):
    client.post(f"/paamelding/{row.id}/", written(comes="on", others="Olena"))
    assert [(one.name, one.is_child) for one in lines(scope)] == [
        ("Iryna Koval", False), ("Danylo", True), ("Sofia", True), ("Olena", False),
    ]  # fmt: skip
    with scope():
        other = walk(page)[1]
    form = client.get(f"/paamelding/{other.id}/").content.decode()
    for asked in ("children", "guardian", "borrows", "gear_size", "pays", "comes"):
        assert f'name="{asked}"' not in form
    assert "free place" not in client.get(f"/hva-skjer/{other.id}/").content.decode()


def test_a_child_never_stands_without_somebody_to_ring(tun):
    _it, time = walk(tun, groups=("children",))
    for contact in (None, tun.person("Iryna", "Koval", "")):
        with pytest.raises(signing.ChildAlone):
            signing.sign_up(
                occurrence=time, contact=contact, comers=[Comer("Danylo", is_child=True)], sent_key="k", via=Via.OWN,
                by=tun.system(), at=tun.now,
            )  # fmt: skip


@pytest.mark.rule("R104")
def test_a_guardian_who_rings_is_written_down_and_a_child_alone_is_not(page, scope, client, open_as, row):
    open_as(page.viewer())
    path = f"/program/gang/{row.id}/skriv-paa/"
    for wrong in ({"phone": ""}, {"name": "", "phone": ""}, {"guardian": None}):
        answer = client.post(path, written(via="phone", **wrong))
        assert answer.status_code == 422
        assert "A parent or guardian signs up a child." in answer.content.decode()
        assert "Danylo" in answer.content.decode()
    assert client.post(path, written(via="phone", borrows="on", pays="free")).status_code == 302
    rows = lines(scope)
    assert [(one.name, one.is_child, one.borrows_gear, one.pays, one.via) for one in rows] == [
        ("Danylo", True, True, "free", "phone"), ("Sofia", True, True, "free", "phone"),
    ]  # fmt: skip


def family(tun, time, **changes):
    contact = tun.person("Iryna", "Koval", "+4790000701", phone_kind="mobile")
    comers = [Comer("Danylo", is_child=True), Comer("Sofia", is_child=True)]
    return signing.sign_up(
        occurrence=time, contact=contact, comers=comers, sent_key=str(uuid.uuid4()), via=Via.OWN, by=tun.system(),
        at=tun.now, **changes,
    )  # fmt: skip


def test_gear_is_for_those_who_come_and_goes_with_the_names(tun):
    _it, time = walk(tun, groups=("families",), gear="Ski", most=2)
    rows = family(tun, time, gear=Gear(wanted=True, size="31 og 34"))
    signing.sign_up(
        occurrence=time, contact=rows[0].contact, comers=[Comer("Per")], sent_key="line", via=Via.OWN, by=tun.system(),
        at=tun.now, gear=Gear(wanted=True),
    )  # fmt: skip
    assert queries.gear_to_bring(queries.door(tun.viewer(), time)) == [("Danylo, Sofia", "31 og 34")]
    signing.cancel(registrations=[rows[0].id], by=tun.viewer(), at=tun.now)
    assert ("Sofia", "31 og 34") in queries.gear_to_bring(queries.door(tun.viewer(), time))
    leaving.forget(by=tun.system(), at=time.ends_at + 29 * DAY)
    assert set(Registration.objects.values_list("name", "gear_size", "borrows_gear")) == {("", "", False)}


def test_nothing_is_borrowed_where_nothing_is_lent(tun):
    _it, time = walk(tun)
    rows = signs_up(tun, time, gear=Gear(wanted=True, size="36"))
    assert [(one.borrows_gear, one.gear_size) for one in rows] == [(False, "")]


def test_what_the_host_lends_out_is_linked_from_the_open_page(page, scope, client, row):
    with scope():
        skis = a_hall(page, kind="gear", name="Ski i alle storleikar")
        a_hall(page, owner=page.other, kind="gear", name="Kanoen til dei andre")
    for path in (f"/hva-skjer/{row.id}/", f"/hva-skjer/aktivitet/{row.activity_id}/"):
        shown = client.get(path).content.decode()
        assert f"/lokaler/{skis.id}/" in shown
        assert "Kanoen" not in shown


def test_a_text_to_a_guardian_names_no_child(tun):
    _it, time = walk(tun, groups=("children",))
    row = family(tun, time)[0]
    facts = notice_of("registrations.signed_up").facts(row.id, resolve(row.contact_id))
    for channel in ("sms", "letter", "call"):
        for language, said in (("nb", "Påmeldt"), ("nn", "Påmeld"), ("en", "Those you signed up")):
            text = render(
                notice_of("registrations.signed_up"), channel=channel, language=language, facts=facts | {"name": "I"}
            )
            assert said in text
            assert "Danylo" not in text


def test_a_guardian_who_has_died_is_not_rung_and_the_child_keeps_its_place(tun):
    _it, time = walk(tun, groups=("children",))
    row = family(tun, time)[0]
    note_death(person=Person.objects.get(id=row.contact_id), by=tun.viewer(), at=tun.now)
    [first, _second] = queries.door(tun.viewer(), time)
    assert (first.row.state, first.phone, first.other) == ("coming", "", "")


@pytest.mark.rule("R54")
def test_a_child_who_is_long_away_is_named_on_no_other_desk(tun):
    it, _time = walk(tun, groups=("children",), sign_up="period", when_=weekly(until=FRIDAY + 28 * DAY))
    family(tun, programme.times(it)[0])
    there = signs_up(tun, programme.times(it)[0], "Ola Dal", n=7)[0]
    from samtun.operation.activities.actions import times
    from samtun.operation.registrations.actions import attending

    for one in programme.times(it)[:3]:
        over = one.ends_at + dt.timedelta(hours=1)
        times.note_held(occurrence=one, head_count=None, by=tun.viewer(), at=over)
        attending.note_attendance(occurrence=one, registration=there.id, came=True, by=tun.viewer(), at=over)
    assert leaving.ask_after(by=tun.system(), at=over) == 0
    assert not Todo.objects.filter(reason="long_away").exists()


@pytest.mark.rule("R49")
def test_a_free_place_is_told_to_nobody_but_the_person_and_the_cashier(page, scope, client, open_as, row):
    answer = client.post(f"/paamelding/{row.id}/", written(pays="free"))
    first = lines(scope)[0]
    with scope():
        told = notice_of("registrations.signed_up").facts(first.id, resolve(first.contact_id))
        written_down = [str(event.words) for event in AuditEvent.objects.all()]
        taken = str(taking_out.tables(page.centre.id))
    assert "Free place" in client.get(answer.url).content.decode()
    for words in (str(told), taken, *written_down):
        assert "free" not in words.casefold()
        assert "gratis" not in words.casefold()
    open_as(page.viewer())
    for path in ("dor/", "dor/ark/", "ring/", "ring/ark/", ""):
        shown = client.get(f"/program/gang/{row.id}/{path}").content.decode()
        assert "Free place" not in shown
        assert 'value="free"' not in shown
    open_as(page.viewer(role=Role.CASHIER, permissions={Permission.OWN_PAGE, Permission.HANDLE_CASH}))
    assert "Free place" in client.get(f"/program/gang/{row.id}/kasse/").content.decode()


OPEN = (
    "/hva-skjer/", "/hva-skjer/?kven=children", "/hva-skjer/2026-11/", "/hva-skjer/kalender.ics", "/hva-skjer/ramme/",
    "/hva-skjer/{row}/", "/hva-skjer/{row}/kalender.ics", "/hva-skjer/aktivitet/{it}/", "/hva-skjer/papir/",
    "/hva-skjer/papir/tekst.txt", "/paamelding/{row}/", "/antall/{row}/{count}/", "/hva-skjer/abonner/",
)  # fmt: skip


@pytest.mark.rule("R59")
@pytest.mark.practice("inkludering")
def test_no_open_page_feed_or_paper_shows_who_comes(page, scope, client, open_as, row):
    with scope():
        family(page, row, gear=Gear(wanted=True, size="støvlar 31"))
        facts = {"row": row.id, "it": row.activity_id, "count": count_token(row.id)}
    seen = [client.get(path.format(**facts)) for path in OPEN]
    open_as(page.viewer(page.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH}))
    seen += [client.get(path.format(**facts)) for path in OPEN]
    for answer in seen:
        told = answer.content.decode()
        assert answer.status_code == 200
        for name in (*NAMES, "støvlar 31", "2 are coming"):
            assert name not in told, (answer.request["PATH_INFO"], name)
    for path in ("dor/", "dor/ark/", "ring/", ""):
        assert client.get(f"/program/gang/{row.id}/{path}").status_code == 404


@pytest.mark.journey
@pytest.mark.practice("inkludering")
def test_no_poster_shows_who_comes(page, scope, client, row):
    from io import BytesIO

    from pypdf import PdfReader

    with scope():
        family(page, row)
    for path in (
        f"/hva-skjer/{row.id}/plakat.pdf", f"/hva-skjer/aktivitet/{row.activity_id}/plakat.pdf",
        "/hva-skjer/papir/plakat.pdf?naar=month", "/hva-skjer/papir/hefte.pdf?naar=month",
    ):  # fmt: skip
        told = "".join(one.extract_text() for one in PdfReader(BytesIO(client.get(path).content)).pages)
        assert "Fjelltur" in told
        for name in NAMES:
            assert name not in told


def test_whoever_reads_the_door_list_is_logged_with_the_guardian(page, scope, open_as, client, row):
    with scope():
        contact = family(page, row)[0].contact_id
    open_as(page.viewer())
    client.get(f"/program/gang/{row.id}/dor/")
    with scope():
        assert any(contact in entry.persons for entry in AccessEntry.objects.all())
