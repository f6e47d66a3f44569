"""Home visits and talks on tomorrow's sheet."""

import datetime as dt

import pytest
from django.utils import translation

from samtun.operation.networks import actions
from samtun.operation.networks.models import Talk
from samtun.people.persons.actions import note_away
from samtun.people.persons.models import Away, Person
from samtun.work.sheets.queries import write_paper
from tests.factories.around import a_built_network, a_visit

TUESDAY = dt.date(2026, 11, 24)


def part_of(tun, day=TUESDAY):
    with translation.override("nn"):
        paper, persons = write_paper(tun.centre, day, at=tun.now)
    parts = [p for p in paper.parts if p.heading == "Heimebesøk og samtalar"]
    return [(r.what, r.more) for p in parts for g in p.groups for r in g.rows], persons


def test_who_visits_whom(tun):
    visit = a_visit(tun, on=TUESDAY)
    assert part_of(tun) == (
        [("Heimebesøk: Anna Stokke, 57 41 00 01", ("Sjukepleiar Berit dreg dit",))], {visit.request.recipient_id},
    )  # fmt: skip
    assert part_of(tun, TUESDAY + dt.timedelta(days=1))[0] == []
    actions.call_off_visit(visit=visit, by=tun.assessor(), at=tun.now)
    assert part_of(tun)[0] == []


def test_whom_to_ask_how_it_goes_and_not_while_the_network_rests(tun):
    network = a_built_network(tun)
    Talk.objects.update(due_on=TUESDAY)
    rows, persons = part_of(tun)
    assert rows == [
        ("Oddny Lien, 57 41 00 77", ("Høyr korleis det går",)), ("Anna Stokke, 57 41 00 01", ("Høyr korleis det går",)),
    ]  # fmt: skip
    assert persons == {network.person_id}
    note_away(
        person=network.person, starts=tun.now.date(), ends=None, where=Away.Where.AWAY, by=tun.viewer(), at=tun.now
    )
    assert part_of(tun)[0] == []


@pytest.mark.rule("R112")
def test_another_organisations_sheet_says_nothing_of_them(tun):
    a_visit(tun, on=TUESDAY)
    paper, persons = write_paper(tun.other, TUESDAY, at=tun.now)
    assert not persons
    assert "Berit" not in str(paper)


def test_a_protected_person_stands_with_initials(tun):
    a_visit(tun, on=TUESDAY)
    Person.objects.filter(given_name="Anna").update(address_protected=True)
    assert part_of(tun)[0][0][0] == "Heimebesøk: AS (sjå i Samtun)"
