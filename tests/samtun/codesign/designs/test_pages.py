"""Pages of service designs: what a party writes, what nobody else sees, what is refused, versions and paper."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtun.codesign.designs import actions, queries
from samtun.codesign.designs.enums import ChangeKind
from samtun.codesign.designs.models import Change, Design
from samtun.foundation import sight
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Organisation
from tests.factories.designs import GOAL, make_design
from tests.factories.forums import make_committee
from tests.factories.journey import log_in, log_in_person, make_tun


@pytest.fixture
def drawn(municipality, scope_of, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope_of(municipality):
        return make_design(make_tun(municipality, now))


@pytest.fixture
def scope(municipality, scope_of):
    return lambda: scope_of(municipality)


@pytest.fixture
def leader(client, drawn, scope):
    with scope():
        log_in(client, drawn.tun, role=Role.LEADER)
    return client


def text(response):
    return response.content.decode()


def page(client, drawn, name="design", *more):
    return client.get(reverse(name, args=[drawn.design.id, *more]))


@pytest.mark.rule("R08")
def test_the_three_questions_are_answered_and_shown_and_what_is_not_says_so(leader, drawn):
    leader.cookies["samtun_language"] = "en"
    asked = ("What do the volunteers wish?", "What do those it is for need?", "What does the place expect?")
    empty, address = "Not answered yet.", reverse("design_write", args=[drawn.design.id, "sporsmal"])
    shown = text(page(leader, drawn))
    assert shown.count(empty) == 3
    answers = {"volunteers_wish": "Ei fast vakt", "recipients_need": "", "place_expects": ""}
    assert leader.post(address, answers | {"edition": drawn.design.edition}).status_code == 302
    shown = text(page(leader, drawn))
    assert (shown.count(empty), "Ei fast vakt" in shown) == (2, True)
    answers |= {"recipients_need": "Nokon å snakke med", "place_expects": "At døra blir låst etterpå"}
    assert leader.post(address, answers | {"edition": drawn.design.edition + 1}).status_code == 302
    shown = text(page(leader, drawn))
    assert empty not in shown
    for words in (*asked, *answers.values()):
        assert words in shown


def test_a_party_begins_one_and_writes_it_in_parts(leader, drawn, scope):
    facts = {"owner": str(drawn.tun.centre.id), "title": "Turgruppa", "purpose": "Ut på tur"}
    assert leader.post(reverse("design_new"), facts).status_code == 302
    with scope():
        made = Design.objects.get(title="Turgruppa")
    address = reverse("design_write", args=[made.id, "sporsmal"])
    wish = {"volunteers_wish": "Ei fast vakt", "recipients_need": "", "place_expects": "", "edition": made.edition}
    assert leader.post(address, wish).status_code == 302
    assert "Ei fast vakt" in text(leader.get(reverse("design", args=[made.id])))
    stale = wish | {"volunteers_wish": "Noko heilt anna"}
    response = leader.post(address, stale)
    assert response.status_code == 422
    assert "Noko heilt anna" in text(response), "nothing typed is lost"
    with scope():
        assert Design.objects.get(id=made.id).volunteers_wish == "Ei fast vakt"


def test_a_word_of_illness_is_asked_about(leader, drawn):
    facts = {"owner": str(drawn.tun.centre.id), "title": "Turgruppa", "purpose": "For dei med demens"}
    assert leader.post(reverse("design_new"), facts).status_code == 422
    assert leader.post(reverse("design_new"), facts | {"keep_words": "on"}).status_code == 302


def test_who_is_no_party_sees_nothing(client, drawn, scope):
    with scope():
        council = Organisation.objects.get(owner=drawn.tun.council)
        log_in(client, drawn.tun, organisation=council, role=Role.LEADER)
    assert page(client, drawn).status_code == 404
    assert drawn.design.title not in text(client.get(reverse("designs")))
    with scope():
        party = actions.ask_party(design=drawn.design, owner=drawn.tun.council, by=drawn.centre, at=drawn.tun.now)
    assert page(client, drawn).status_code == 200, "whoever is asked may read before they answer"
    assert page(client, drawn, "design_place").status_code == 404, "and write nothing"
    address = reverse("design_party_say", args=[party.id, "ja"])
    assert client.post(address).status_code == 302
    assert page(client, drawn, "design_place").status_code == 200


def test_another_municipality_sees_nothing_of_it(drawn, neighbour, scope_of):
    with scope_of(neighbour):
        assert not Design.objects.exists()
        with pytest.raises(NotYours):
            queries.design_for(drawn.centre, drawn.design.id)


@pytest.mark.rule("R07")
def test_the_facts_stand_on_the_page_and_no_label_can_be_chosen(leader, drawn, scope):
    shown = text(page(leader, drawn))
    assert "Ingen det er for" in shown or "Nobody it is for" in shown
    with scope():
        drawn.on_trial()
    shown = text(page(leader, drawn))
    assert "2 partar avgjorde saman: Dalgrend frivilligsentral og Dalgrend helselag." in shown
    assert "<select" not in shown


@pytest.mark.rule("R98")
def test_who_does_something_like_it_is_shown(leader, drawn, scope):
    with scope():
        by = drawn.of(drawn.tun.council)
        other = actions.begin(owner=drawn.tun.council, title="Brøytelaget", purpose="Snø", by=by, at=drawn.tun.now)
        actions.divide(design=other, words="Snø", parts={}, task_type=drawn.tun.snow, by=by, at=drawn.tun.now)
    assert "Brøytelaget" in text(page(leader, drawn))


@pytest.mark.rule("R100")
def test_the_way_of_the_service_is_drawn_step_by_step(leader, client, drawn, scope):
    def way(response):
        drawn_steps = text(response).split('class="steps')[1].split("</ol>")[0]
        return re.findall(r"<li( data-done)?( aria-current=\"step\")?>([^<]+)</li>", drawn_steps)

    here = ' aria-current="step"'
    assert [row[1] for row in way(page(leader, drawn))] == ["", here, "", ""]
    with scope():
        drawn.on_trial()
        drawn.yes(drawn.propose(ChangeKind.PUBLIC, open=True), drawn.tun.other)
        drawn.yes(drawn.propose(ChangeKind.OPERATION), drawn.tun.other)
    shown = way(client.get(reverse("design_public", args=[drawn.design.id])))
    assert [(row[1], row[2]) for row in shown] == [
        ("", "Ein idé"),
        ("", "Blir teikna"),
        ("", "Blir prøvd ut"),
        (here, "I drift"),
    ]
    with scope():
        drawn.yes(drawn.propose(ChangeKind.END), drawn.tun.other)
    assert [row[2] for row in way(page(leader, drawn))] == ["Ein idé", "Blir teikna", "Blir prøvd ut", "Slutt"]


def test_a_task_out_and_in(leader, drawn, scope):
    facts = {"words": "Skyss frå døra", "task_type": str(drawn.tun.visit.id), f"o{drawn.tun.other.id}": "answers"}
    assert leader.post(reverse("design_task_new", args=[drawn.design.id]), facts).status_code == 302
    shown = text(page(leader, drawn))
    assert "Skyss frå døra" in shown
    with scope():
        task = drawn.design.tasks.get(words="Skyss frå døra")
        assert sight.uppers(Ref("task_type", drawn.tun.visit.id), "design") == [drawn.design.id]
    assert leader.post(reverse("design_task_out", args=[drawn.design.id, task.id])).status_code == 302
    assert "<strong>Skyss frå døra" not in text(page(leader, drawn))


def test_the_points_of_law(leader, drawn, scope):
    address = reverse("design_legal", args=[drawn.design.id])
    with scope():
        edition = drawn.fresh().edition
    facts = {"edition": edition} | dict.fromkeys(
        ["confidentiality", "police", "food", "paid_rides", "children", "insurance", "photos"], "not_relevant"
    )
    response = leader.post(address, facts | {"food": "settled"})
    assert response.status_code == 422
    assert leader.post(address, facts | {"food": "settled", "food_words": "Kjøkkenet er meldt inn"}).status_code == 302
    assert "Kjøkkenet er meldt inn" in text(page(leader, drawn))


def test_versions_are_compared(leader, drawn, scope):
    with scope():
        drawn.on_trial()
        edition = drawn.fresh().edition
    address = reverse("design_write", args=[drawn.design.id, "kva"])
    facts = {"title": drawn.design.title, "whose_need": "Alle utan bil.", "edition": edition}
    assert leader.post(address, facts).status_code == 422, "why is asked for once it has begun"
    assert leader.post(address, facts | {"why": "Fleire ville vere med"}).status_code == 302
    shown = text(page(leader, drawn, "design_versions"))
    for words in ("<del>Eldre på Innbygda utan bil.</del>", "<ins>Alle utan bil.</ins>", "Fleire ville vere med"):
        assert words in shown
    assert page(leader, drawn, "design_versions").status_code == 200
    assert leader.get(reverse("design_versions", args=[drawn.design.id]), {"fra": "99", "til": "x"}).status_code == 200


def test_a_trial_from_the_page_and_the_others_say_yes(leader, client, drawn, scope):
    with scope():
        drawn.at_the_table()
    address = reverse("design_larger", args=[drawn.design.id, "prove"])
    facts = {"goal": GOAL, "ends_pick": "other", "ends_other": "2027-02-26", "words": "Vi er klare"}
    assert leader.post(address, facts).status_code == 302
    with scope():
        change = Change.objects.get(kind=ChangeKind.TRIAL)
        mine, theirs = drawn.party(drawn.tun.centre), drawn.party(drawn.tun.other)
        body = Organisation.objects.get(owner=drawn.tun.other)
        assert drawn.fresh().state == "drawing"
    shown = text(leader.get(reverse("design_change", args=[change.id])))
    assert GOAL in shown
    assert leader.post(reverse("design_answer", args=[change.id, mine.id, "ja"])).status_code == 422
    with scope():
        log_in(client, drawn.tun, organisation=body, role=Role.ORGANISATION_REPRESENTATIVE)
    assert client.post(reverse("design_answer", args=[change.id, theirs.id, "nei"]), {"words": ""}).status_code == 422
    assert client.post(reverse("design_answer", args=[change.id, theirs.id, "ja"])).status_code == 302
    with scope():
        assert drawn.fresh().state == "trial"


def test_one_with_a_seat_reads_what_was_taken_up_and_writes_nothing(client, drawn, scope):
    with scope():
        committee = make_committee(drawn.tun)
        log_in_person(client, committee.politician.person)
    assert page(client, drawn).status_code == 404
    with scope():
        actions.propose_to_forum(
            design=drawn.design, forum=committee.forum, title="Kaffi", words="", by=drawn.centre, at=drawn.tun.now
        )
    shown = page(client, drawn)
    assert shown.status_code == 200
    assert reverse("design_place", args=[drawn.design.id]) not in text(shown)
    assert page(client, drawn, "design_place").status_code == 404


def test_open_to_everyone_when_all_have_said_yes(leader, client, drawn, scope):
    address = reverse("design_public", args=[drawn.design.id])
    assert client.get(address).status_code == 404
    with scope():
        person = drawn.tun.person("Hilde", "Heimdal", "+4790000046")
        actions.add_place(
            design=drawn.design, behalf="party", owner=drawn.tun.centre, way="at_table", person=person,
            by=drawn.centre, at=drawn.tun.now,
        )  # fmt: skip
        drawn.yes(drawn.propose(ChangeKind.PUBLIC, open=True), drawn.tun.other)
    shown = client.get(address)
    assert shown.status_code == 200
    assert "Hilde" not in text(shown)
    with scope():
        (seen,) = sight.describe(drawn.of(drawn.tun.council), [Ref("design", drawn.design.id)])
    assert (seen.title, seen.url) == (drawn.design.title, address)


def test_on_one_a4(leader, drawn, scope):
    with scope():
        drawn.on_trial()
    response = page(leader, drawn, "design_paper")
    assert response.content.startswith(b"%PDF")
    assert response.content.count(b"/Type /Page\n") <= 1 or b"/Count 1" in response.content


def test_the_page_asks_no_more_for_more_rows(leader, drawn, scope):
    page(leader, drawn)
    with CaptureQueriesContext(connection) as few:
        page(leader, drawn)
    with scope():
        for n in range(6):
            actions.divide(
                design=drawn.design, words=f"Oppgåve {n}", parts={drawn.tun.other.id: "does"}, by=drawn.centre,
                at=drawn.tun.now,
            )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page(leader, drawn)
    assert len(many) == len(few)
