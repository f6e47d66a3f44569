"""Tomorrow on paper: what stands on it and what never does, when it is made, and when it goes."""

import datetime as dt
import io

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from samtun.foundation.models import AccessEntry, AuditEvent
from samtun.foundation.scope import current_scope, open_scope
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.clock import OSLO
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.notices import AgreedRecipient
from samtun.partners.organisations.models import Leave, Membership
from samtun.people.persons.actions import note_away, note_death
from samtun.people.persons.models import Person
from samtun.work.sheets.actions import forget_old, make_sheet, make_tonights, withdraw
from samtun.work.sheets.models import Sheet
from samtun.work.sheets.queries import next_day, pdf_for, sheets_for
from samtun.work.todos.actions import open_todo
from tests.factories.help import match
from tests.factories.journey import log_in, make_tun

WEDNESDAY = dt.date(2026, 11, 25)
LIFE = "Hemmelegveien 9"


def evening(day, hour=18, minute=0):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=OSLO).astimezone(dt.UTC)


def text_of(sheet, tun):
    _found, plain = pdf_for(tun.viewer(), sheet.id)
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(plain)).pages)


@pytest.fixture
def paper(tun):
    """The centre's sheet for Wednesday as text, after `things` have been made."""

    def make():
        return text_of(make_sheet(owner=tun.centre, by=tun.system(), at=tun.now), tun)

    return make


def test_who_helps_whom_when_and_where(tun, paper):
    anna = tun.recipient()
    agreed = match(tun.volunteer("Marit", "Fjelde", "+4790000001"), anna, tun.snow, on=WEDNESDAY)
    other = match(tun.volunteer("Jon", "Vik", "+4790000002"), anna, tun.snow, on=WEDNESDAY + dt.timedelta(days=1))
    text = paper()
    for told in ("Onsdag 25. november", "Innbygda", "11.30", "Anna Stokke", "57 41 00 01", "Marit Fjelde", "Ope 09.00"):
        assert told in text.replace("\u00a0", " ").replace("Åpent", "Ope"), told
    assert "Jon Vik" not in text
    assert "Storgata" not in text, "the volunteer has it behind the link"
    assert Sheet.objects.get().persons == sorted([anna.id, agreed.volunteer.person_id])
    assert other.volunteer.person_id not in Sheet.objects.get().persons


def test_where_stands_only_for_one_who_must_be_told(tun, paper):
    helper = tun.volunteer("Marit", "Fjelde", "+4757410009", phone_kind="landline")
    match(helper, tun.recipient(), tun.snow, on=WEDNESDAY)
    assert "Storgata 4" in paper()


@pytest.mark.parametrize("who", ["recipient", "volunteer"])
def test_a_protected_address_is_never_on_it(tun, paper, who):
    where = {"recipient": "Vegen 1", "volunteer": "Vegen 2"} | {who: LIFE}
    recipient = tun.person("Solveig", "Nes", "+4757410003", phone_kind="landline", address=where["recipient"])
    helper = tun.volunteer("Marit", "Fjelde", "+4757410009", phone_kind="landline", address=where["volunteer"])
    Person.objects.filter(address=LIFE).update(address_protected=True)
    agreed = match(helper, recipient, tun.snow, on=WEDNESDAY)
    queue(notice=AgreedRecipient, ref_kind="match", ref_id=agreed.id, to=recipient.id, owner=tun.centre.id,
          by=tun.system(), at=tun.now)  # fmt: skip
    text = paper()
    assert LIFE not in text
    if who == "recipient":
        assert "Innbygda" not in text
        assert "SN (sjå i Samtun)" in text
        assert "57 41 00 03" not in text
        assert text.count("Solveig") == 0


def test_what_is_due_and_whom_to_ring(tun, paper):
    anna = tun.recipient()
    request = tun.request(anna, on=dt.date(2026, 12, 1))
    open_todo(ref=Ref("help_request", request.id), reason="ring_me", about="Snø · AS", due=tun.now,
              owner=tun.centre.id, audience=Permission.HANDLE_REQUESTS, at=tun.now)  # fmt: skip
    theirs = tun.person("Gudrun", "Vik", "+4757410005", owner=tun.other)
    HelpRequest.objects.create(
        owner=tun.other, recipient=theirs, source="call", task_type=tun.snow, on=WEDNESDAY, minutes=30, state="new",
        asking="first_yes", made_at=tun.now,
    )  # fmt: skip
    tun.request(tun.person("Olga", "Moe", "+4757410006", owner=tun.other), tun.grey)
    text = paper()
    assert "Finn nokon" in text
    assert "Kven si" not in text, "that is the assessor's"
    assert "Anna Stokke" in text
    assert "Gudrun" not in text


def test_who_steps_in_stands_on_top(tun, paper):
    post = Membership.objects.get(role="leader")
    jon = Membership.objects.create(
        person=tun.person("Jon", "Moe", "+4790000032"), organisation=post.organisation, role="leader", is_deputy=True,
        starts=dt.date(2026, 1, 1),
    )  # fmt: skip
    Leave.objects.create(membership=post, cover=jon, starts=WEDNESDAY, ends=WEDNESDAY)
    assert "Turid Lunde er borte til og med 25. november. Jon Moe trer inn." in paper()


def test_nothing_is_smaller_than_14_points_and_the_paper_is_a4(tun):
    match(tun.volunteer("Marit", "Fjelde", "+4790000001"), tun.recipient(), tun.snow, on=WEDNESDAY)
    _found, plain = pdf_for(tun.viewer(), make_sheet(owner=tun.centre, by=tun.system(), at=tun.now).id)
    sizes = set()
    for page in PdfReader(io.BytesIO(plain)).pages:
        assert [round(float(x)) for x in page.mediabox] == [0, 0, 595, 842]
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _f, size: text.strip() and sizes.add(round(size * abs(tm[0])))
        )
    assert min(sizes) >= 14


def test_at_six_each_evening_once_and_an_hour_late_after_a_stop(tun):
    system = Viewer.system(tun.municipality.id)
    assert make_tonights(by=system, at=evening(23, 17, 59)) == 0
    assert make_tonights(by=system, at=evening(23, 18)) == 1
    assert make_tonights(by=system, at=evening(23, 19)) == 0
    first = Sheet.objects.get()
    assert (first.owner, first.day) == (tun.centre, WEDNESDAY)
    assert make_tonights(by=system, at=evening(24, 21)) == 1, "anew the evening before"
    assert Sheet.objects.get().id != first.id
    assert AuditEvent.objects.filter(act="sheets.make").count() == 2


def test_it_is_gone_two_days_after_its_day(tun):
    make_sheet(owner=tun.centre, by=tun.system(), at=tun.now)
    assert forget_old(by=tun.system(), at=evening(27)) == 0
    assert forget_old(by=tun.system(), at=evening(28)) == 1
    assert Sheet.objects.count() == 0


def test_behind_the_wall_and_logged(tun):
    made = make_sheet(owner=tun.centre, by=tun.system(), at=tun.now)
    for other in (tun.viewer(tun.other), tun.assessor()):
        with pytest.raises(NotYours):
            pdf_for(other, made.id)
        assert sheets_for(other, on=tun.now.date()) == []
        for act in (make_tonights, forget_old):
            with pytest.raises(NotYours):
                act(by=other, at=tun.now)
        with pytest.raises(NotYours):
            make_sheet(owner=tun.centre, by=other, at=tun.now)
    Sheet.objects.update(persons=[tun.centre.id])
    pdf_for(tun.viewer(), made.id)
    assert current_scope().seen["exported"] == {tun.centre.id}
    assert bytes(made.sealed_pdf)[:4] != b"%PDF", "encrypted where it lies"


@pytest.mark.rule("R114")
def test_for_the_next_opening_day(tun):
    assert next_day(tun.centre.id, dt.date(2026, 11, 27)) == dt.date(2026, 11, 30)
    assert next_day(tun.other.id, dt.date(2026, 11, 27)) == dt.date(2026, 11, 30), "no hours: the next weekday"


@pytest.mark.django_db
def test_every_hour_each_municipality_has_its_turn(municipality, monkeypatch, now):
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        log_in_as(tun)
    monkeypatch.setattr(clock, "now", lambda: evening(23))
    periodic = app.periodic_registry.periodic_tasks[("sheets.tonight.hourly", "sheets.tonight")]
    assert periodic.cron == "0 * * * *"
    app.tasks["sheets.tonight.hourly"](timestamp=0)
    app.tasks["sheets.tonight"](tenant=str(municipality.id))
    with open_scope(municipality.id):
        assert Sheet.objects.count() == 1


def log_in_as(tun):
    from samtun.partners.organisations.models import Organisation

    Membership.objects.create(
        person=tun.person("Turid", "Lunde", "+4790000031"), role="coordinator", starts=dt.date(2026, 1, 1),
        organisation=Organisation.objects.get(owner=tun.centre),
    )  # fmt: skip


@pytest.mark.django_db
def test_from_the_desk_to_the_paper(client, municipality, monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        match(tun.volunteer("Marit", "Fjelde", "+4790000001"), tun.recipient(), tun.snow, on=WEDNESDAY)
        log_in(client, tun)
    assert "/i-dag/ark/" in client.get("/i-dag/").content.decode()
    assert client.post("/i-dag/ark/", follow=True).status_code == 200
    with open_scope(municipality.id):
        made = Sheet.objects.get()
        AccessEntry.objects.filter(how="exported").count()
    assert f"/i-dag/ark/{made.id}.pdf" in client.get("/i-dag/ark/").content.decode()
    answer = client.get(f"/i-dag/ark/{made.id}.pdf")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    with open_scope(municipality.id):
        entry = AccessEntry.objects.get(how="exported")
        assert sorted(entry.persons) == made.persons


def test_days_on_which_nobody_is_there_stand_on_the_sheet_before(tun, paper):
    for number, given in enumerate(("Marit", "Jon", "Kari")):
        on = WEDNESDAY + dt.timedelta(days=number - 1)
        who = tun.person(f"Anna{number}", "Stokke", f"+475741001{number}")
        match(tun.volunteer(given, "Fjelde", f"+479000001{number}"), who, tun.snow, on=on)
    text = " ".join(paper().split())
    heading, ours = text.index("Tysdag 24. november: Avtalt hjelp"), text.index("Anna0 Stokke")
    assert heading < ours < text.index("Anna1 Stokke")
    assert text.count("Anna0") == text.count("Anna1") == 1
    assert "Anna2" not in text
    assert "Onsdag 25. november:" not in text


@pytest.mark.rule("R113")
@pytest.mark.django_db
@pytest.mark.parametrize("what", ["died", "away"])
def test_a_sheet_that_names_one_who_has_died_or_is_away_is_made_anew(municipality, monkeypatch, now, what):
    monkeypatch.setattr(clock, "now", lambda: now)
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        anna, other = tun.recipient(), tun.person("Sverre", "Hovland", "+4757410009")
        for who, helper in ((anna, "Marit"), (other, "Jon")):
            match(tun.volunteer(helper, "Fjelde", f"+479000000{len(helper)}"), who, tun.snow, on=WEDNESDAY)
        sheet = make_sheet(owner=tun.centre, by=tun.system(), at=now, day=WEDNESDAY)
        before = text_of(sheet, tun)
        if what == "died":
            note_death(person=anna, by=tun.viewer(), at=now)
        else:
            note_away(person=anna, starts=now.date(), ends=WEDNESDAY, where="away", by=tun.system(), at=now)
        assert not Sheet.objects.exists()
        job = ProcrastinateJob.objects.get(task_name="sheets.again")
    app.tasks["sheets.again"].func(**job.args)
    with open_scope(municipality.id):
        anew = Sheet.objects.get()
        after = text_of(anew, tun)
    assert anew.day == WEDNESDAY
    assert "Sverre Hovland" in after
    assert "Anna Stokke" in before
    if what == "died":
        assert anna.id not in anew.persons
        assert "Anna Stokke" not in after
    else:  # whoever was to come is rung first: some would go there all the same
        assert "er borte" in after
        assert "er borte" not in before


def test_a_sheet_that_names_others_stands(tun):
    match(tun.volunteer("Marit", "Fjelde", "+4790000001"), tun.recipient(), tun.snow, on=WEDNESDAY)
    sheet = make_sheet(owner=tun.centre, by=tun.system(), at=tun.now)
    note_death(person=tun.person("Sverre", "Hovland", "+4757410009"), by=tun.viewer(), at=tun.now)
    assert Sheet.objects.get().id == sheet.id
    with pytest.raises(NotYours):
        withdraw(person=tun.recipient().id, by=tun.viewer(), at=tun.now)
