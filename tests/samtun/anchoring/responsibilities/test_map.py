"""Whose task something is: proposed by one, holds when all it concerns have said yes, kept, read by everyone."""

import io

import pypdf
import pytest
from django.urls import reverse

from samtun.anchoring.responsibilities import actions, queries
from samtun.anchoring.responsibilities.actions import NothingNew, TheyAnswerThemselves, WaitsAlready, WriteWhy
from samtun.anchoring.responsibilities.enums import Part
from samtun.anchoring.responsibilities.models import MapAnswer, MapChange, Placed
from samtun.anchoring.responsibilities.rules import trouble
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.accounts.models import Account
from samtun.people.persons.models import AccountLink
from samtun.work.todos.models import Todo
from tests.factories.designs import make_design
from tests.factories.journey import log_in, make_tun
from tests.factories.mapping import Map

pytestmark = [pytest.mark.django_db, pytest.mark.practice("levels")]


@pytest.fixture
def table(in_municipality, now):
    return Map(make_tun(in_municipality, now))


def holds(table):
    rows = Placed.objects.filter(ref_id=table.snow.id, ended_on=None)
    return sorted(rows.values_list("owner__name", "part"))


def asked(table):
    return {t.owner.name for t in Todo.objects.filter(ref_kind="map_answer", done_at=None).select_related("owner")}


@pytest.mark.rule("R16")
@pytest.mark.rule("R01")
def test_it_holds_when_everyone_it_concerns_has_said_yes(table):
    council, centre, other = table.tun.council, table.tun.centre, table.tun.other
    change = table.propose((council, Part.ANSWERS), (centre, Part.DOES), (other, Part.SUPPORTS))
    assert (holds(table), asked(table)) == ([], {council.name, other.name}), "who proposes has said yes by that"
    table.answer(change, other)
    assert holds(table) == []
    table.answer(change, council)
    assert holds(table) == [(centre.name, "does"), (other.name, "supports"), (council.name, "answers")]
    assert asked(table) == set()
    with pytest.raises(actions.AnsweredAlready):
        table.answer(change, council)


def test_a_no_needs_no_reason_and_changes_nothing(table):
    change = table.propose((table.tun.council, Part.ANSWERS), (table.tun.other, Part.DOES))
    made = table.answer(change, table.tun.other, yes=False)
    assert (made.state, holds(table), asked(table)) == ("declined", [], set())


def test_who_answers_for_it_today_is_asked_too_and_what_was_stays_to_be_read(table):
    council, centre, other = table.tun.council, table.tun.centre, table.tun.other
    table.agreed((council, Part.ANSWERS), (other, Part.DOES))
    with pytest.raises(NothingNew):
        table.propose((council, Part.ANSWERS), (other, Part.DOES))
    with pytest.raises(WriteWhy):
        table.propose((council, Part.ANSWERS), why=" ")
    change = table.propose((council, Part.ANSWERS), (centre, Part.DOES))
    assert asked(table) == {council.name, other.name}
    with pytest.raises(WaitsAlready):
        table.propose((centre, Part.ANSWERS))
    for owner in (council, other):
        table.answer(change, owner)
    assert holds(table) == [(centre.name, "does"), (council.name, "answers")]
    assert Placed.objects.filter(owner=other, ended_on__isnull=False).count() == 1
    assert [c.state for c in queries.changes_of(table.snow)] == ["made", "made"]


@pytest.mark.rule("R01")
def test_who_does_it_or_supports_is_asked_when_who_answers_changes_and_each_hears_it(table):
    council, centre, other = table.tun.council, table.tun.centre, table.tun.other
    table.agreed((council, Part.ANSWERS), (centre, Part.DOES), (other, Part.SUPPORTS))
    people = {}
    for owner, name, phone in ((council, "Kari", "+4790000056"), (other, "Hilde", "+4790000057")):
        person = table.tun.person(name, "Leiar", phone, owner=owner)
        body = Organisation.objects.get(owner=owner)
        Membership.objects.create(
            person=person, organisation=body, role=Role.ORGANISATION_REPRESENTATIVE, starts=table.tun.now.date()
        )
        people[owner] = person.id
    change = table.propose((centre, Part.ANSWERS), (centre, Part.DOES), (other, Part.SUPPORTS))
    assert asked(table) == {council.name, other.name}, "the one that only supports has a say too"
    told = Message.objects.filter(notice="responsibilities.asked")
    assert {m.to_person for m in told} == set(people.values())
    table.answer(change, council)
    assert (centre.name, "answers") not in holds(table)
    table.answer(change, other)
    assert (centre.name, "answers") in holds(table)


def test_nobody_answers_for_another(table):
    change = table.propose((table.tun.council, Part.ANSWERS), (table.tun.centre, Part.DOES))
    stranger = table.tun.viewer(Owner.objects.create(kind="organisation", name="Songlaget"), Role.LEADER)
    row = MapAnswer.objects.get(change=change, owner=table.tun.council)
    for by in (stranger, table.of(table.tun.other)):
        with pytest.raises(NotYours):
            actions.answer_change(answer=row, yes=True, words="", noted="Ordføraren", by=by, at=table.tun.now)
        with pytest.raises(NotYours):
            actions.withdraw_change(change=change, by=by, at=table.tun.now)
    actions.withdraw_change(change=change, by=table.at_desk(), at=table.tun.now)
    assert (holds(table), asked(table)) == ([], set())
    with pytest.raises(NotYours):
        table.propose((table.tun.other, Part.DOES), by=table.of(table.tun.other))


@pytest.mark.rule("R104")
def test_another_writes_down_a_yes_where_nobody_can_log_in(table):
    other = table.tun.other
    change = table.propose((table.tun.centre, Part.ANSWERS), (other, Part.DOES))
    row = MapAnswer.objects.get(change=change, owner=other)
    told = {"answer": row, "yes": True, "words": "", "by": table.at_desk(), "at": table.tun.now}
    with pytest.raises(actions.WriteWho):
        actions.answer_change(**told)
    hilde = table.tun.person("Hilde", "Helselag", "+4790000055", owner=other)
    body = Organisation.objects.get(owner=other)
    Membership.objects.create(
        person=hilde, organisation=body, role=Role.ORGANISATION_REPRESENTATIVE, starts=table.tun.now.date()
    )
    account = Account.objects.create(email="hilde@eksempel.test")
    link = AccountLink.objects.create(account=account, person=hilde)
    with pytest.raises(TheyAnswerThemselves):
        actions.answer_change(noted="Hilde", **told)
    link.delete()
    actions.answer_change(noted="Hilde", **told)
    row.refresh_from_db()
    assert (row.said_by, row.noted_by) == ("Hilde", "Turid Myklebust")


def test_holes_and_overlaps_are_told():
    one, two = object(), object()
    assert trouble({}) == ["nobody_answers", "nobody_does"]
    assert trouble({"answers": [one], "does": [two]}) == []
    assert trouble({"answers": [one, two], "does": [two]}) == ["several_answer"]


def test_who_leaves_is_taken_off_and_then_there_is_a_hole(table):
    council, other = table.tun.council, table.tun.other
    table.agreed((council, Part.ANSWERS), (other, Part.DOES))
    table.propose((council, Part.ANSWERS), (other, Part.SUPPORTS))
    Owner.objects.filter(id=other.id).update(left_on=table.tun.now.date())
    actions.owner_left(owner=other, by=table.tun.system(), at=table.tun.now)
    assert (holds(table), asked(table)) == ([(council.name, "answers")], set())
    assert queries.row_of(table.of(council), table.snow).trouble == ["nobody_does"]
    with pytest.raises(NotYours):
        actions.owner_left(owner=other, by=table.of(council), at=table.tun.now)


def test_a_service_stands_on_the_map_and_only_who_sees_it_sees_it_there(table):
    drawn = make_design(table.tun)
    ref = Ref("design", drawn.design.id)
    cells = [(table.tun.centre.id, Part.ANSWERS), (table.tun.centre.id, Part.DOES)]
    told = {"ref": ref, "cells": cells, "why": "", "at": table.tun.now}
    with pytest.raises(NotYours):
        actions.propose_change(owner=table.tun.council, by=table.of(table.tun.council), **told)
    actions.propose_change(owner=table.tun.centre, by=drawn.centre, **told)
    assert ref in {row.ref for row in queries.the_map(drawn.centre)}
    assert ref not in {row.ref for row in queries.the_map(table.of(table.tun.council))}
    with pytest.raises(NotYours):
        queries.row_of(table.of(table.tun.council), ref)


@pytest.fixture
def pages(client, municipality, now, monkeypatch, scope_of):
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope_of(municipality):
        table = Map(make_tun(municipality, now))
        log_in(client, table.tun, role=Role.LEADER)

    def run(work):
        with scope_of(municipality):
            return work()

    return client, table, run


def test_a_change_is_proposed_and_answered_on_its_pages(pages):
    client, table, run = pages
    council, centre = table.tun.council, table.tun.centre
    address = f"/ansvar/task_type/{table.snow.id}/"
    assert "Ingen svarer for det" in client.get("/ansvar/").content.decode()
    fields = {"owner": centre.id, "new_1": centre.id, "new_1_parts": ["does"], "new_2": council.id,
              "new_2_parts": ["answers"], "new_3": "", "why": ""}  # fmt: skip
    assert client.post(f"{address}forslag/", fields | {"new_1": "tull"}).status_code == 422
    assert client.post(f"{address}forslag/", fields).status_code == 302
    assert client.post(f"{address}forslag/", fields).status_code == 422, "one waits already"
    row = run(lambda: MapAnswer.objects.get(owner=council))
    page = client.get(address).content.decode()
    assert "Dalgrend frivilligsentral gjer det" in page
    run(lambda: log_in(client, table.tun, organisation=Organisation.objects.get(owner=council), role=Role.LEADER))
    assert f"/ansvar/svar/{row.id}/ja/" in client.get(address).content.decode()
    assert client.post(f"/ansvar/svar/{row.id}/ja/", {"words": ""}).status_code == 302
    assert run(lambda: MapChange.objects.get().state) == "made"
    page = client.get("/ansvar/").content.decode()
    assert "svarer for det" in page
    client.logout()
    page = client.get("/ansvar/ope/").content.decode()
    assert "Svarer for det" in page
    assert "Dalgrend frivilligsentral" in page
    paper = pypdf.PdfReader(io.BytesIO(client.get("/ansvar/papir/").content))
    assert len(paper.pages) == 1
    assert "Dalgrend frivilligsentral" in paper.pages[0].extract_text().replace(" \n", " ")


def test_who_says_whose_task_a_request_is_reads_the_map_there(pages):
    client, table, run = pages
    request = run(lambda: table.tun.request(task_type=table.tun.grey))
    address = reverse("help_request", args=[request.id])
    run(lambda: log_in(client, table.tun))
    assert "Kartet seier ikkje enno" in client.get(address).content.decode()
    run(lambda: Placed.objects.create(
        ref_kind="task_type", ref_id=table.tun.grey.id, owner=table.tun.council, part="answers",
        since=table.tun.now.date()))  # fmt: skip
    page = client.get(address).content.decode()
    assert "Svarer for det" in page
    assert "Ingen gjer det" in page
