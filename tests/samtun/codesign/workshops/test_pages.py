"""Pages of workshops: by code and key without an account, the clock in hand, the wall, the report and paper."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtun.codesign.workshops import actions, queries
from samtun.codesign.workshops.enums import Much
from samtun.codesign.workshops.models import Note, Participant, Question, Workshop
from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from tests.factories.journey import log_in, make_tun
from tests.factories.workshops import make_workshop

KEY = "nykel-til-kari-21"


@pytest.fixture
def day(municipality, scope_of, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope_of(municipality):
        return make_workshop(make_tun(municipality, now))


@pytest.fixture
def leader(client, day, scope):
    with scope():
        log_in(client, day.tun, role=Role.LEADER)
    return client


@pytest.fixture
def kari(day, scope):
    """Kari at table one, in a browser of her own, while the workshop goes on in the group."""
    with scope():
        day.starts(1)
        day.comes(KEY)
    return Client()


def text(response):
    return response.content.decode()


def page(client, day, name="workshop", *more, **query):
    return client.get(reverse(name, args=[day.workshop.id, *more]), query)


def acts(client, act, at=KEY, headers=None, **fields):
    return client.post(reverse("workshop_own", args=[at]), {"act": act, **fields}, headers=headers)


def note(client, day, words, at=KEY, headers=None, **more):
    with day_scope(day):
        question = str(day.question().id)
    fields = {"key": str(uuid.uuid4()), "question": question, "note": words, "share": "on"}
    return acts(client, "note", at, headers=headers, **fields | more)


def day_scope(day):
    from samtun.foundation.scope import open_scope

    return open_scope(day.tun.municipality.id)


@pytest.mark.rule("R99")
def test_one_comes_by_code_without_an_account_and_finds_back(client, day, scope):
    assert client.get(reverse("workshop_find"), {"kode": day.code.upper()}).status_code == 302
    shown = client.get(reverse("workshop_join", args=[day.code]))
    key = re.search(r'name="key" value="([^"]+)"', text(shown))[1]
    for _twice in range(2):
        answer = client.post(reverse("workshop_join", args=[day.code]), {"name": "Kari", "group": "2", "key": key})
        assert answer.headers["Location"] == reverse("workshop_own", args=[key])
    with scope():
        assert queries.people_in(day.workshop) == 1
    again = client.get(reverse("workshop_join", args=[day.code]))
    assert again.headers["Location"] == reverse("workshop_own", args=[key]), "the telephone finds back"
    assert "no-store" in again.headers["Cache-Control"]


def test_a_wrong_code_and_a_wrong_key_say_so_clearly(client, day):
    for address in (reverse("workshop_join", args=["feilkode"]), reverse("workshop_own", args=["feil"]),
                    reverse("workshop_find") + "?kode=feil"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 404
        assert reverse("workshop_find") in text(answer)


def test_an_address_that_is_over_says_so(kari, day, scope):
    with scope():
        actions.cancel(workshop=day.workshop, words="Vegen er stengd", by=day.by, at=day.now)
    for address in (reverse("workshop_own", args=[KEY]), reverse("workshop_join", args=[day.code])):
        answer = kari.get(address)
        assert answer.status_code == 410
        assert "Vegen er stengd" in text(answer)
    assert kari.get(reverse("workshop_own_now", args=[KEY])).headers["HX-Refresh"] == "true"


def test_another_municipality_finds_no_workshop(kari, day, neighbour):
    for address in (reverse("workshop_own", args=[KEY]), reverse("workshop_join", args=[day.code])):
        assert kari.get(address, headers={"host": "fjordnes.testserver"}).status_code == 404


@pytest.mark.rule("R99")
def test_a_note_is_on_the_cloth_of_the_table_and_not_of_another(kari, day, scope):
    with scope():
        day.comes("olav-ved-bord-to", table=2)
    note(kari, day, "Skyss heim")
    assert "Skyss heim" in text(kari.get(reverse("workshop_own", args=[KEY])))
    assert "Skyss heim" not in text(kari.get(reverse("workshop_own", args=["olav-ved-bord-to"])))
    with scope():
        actions.go_on(workshop=day.workshop, by=day.by, at=day.now)
    assert "Skyss heim" in text(kari.get(reverse("workshop_own", args=["olav-ved-bord-to"]))), "together all see it"


def test_what_is_private_is_on_no_page_but_ones_own(kari, day, scope, leader):
    with scope():
        day.comes("olav-ved-bord-ein")
    note(kari, day, "Berre mitt", share="")
    assert "Berre mitt" in text(kari.get(reverse("workshop_own", args=[KEY])))
    others = [kari.get(reverse("workshop_own", args=["olav-ved-bord-ein"])), page(leader, day),
              page(leader, day, "workshop_wall"), page(leader, day, "workshop_report")]  # fmt: skip
    with scope():
        others.append(None)
        group = day.table().id
    others[-1] = page(leader, day, "workshop_table", group)
    assert [r.status_code for r in others] == [200] * 5
    assert not any("Berre mitt" in text(r) for r in others)
    assert acts(kari, "share", note_id="").status_code == 302
    assert "Berre mitt" in text(page(leader, day, "workshop_wall"))


def test_the_script_gets_short_answers_and_the_same_note_twice_is_one(kari, day, scope):
    headers = {"X-Workshop": "1"}
    key = str(uuid.uuid4())
    assert [note(kari, day, "Skyss", headers=headers, key=key).status_code for _ in "ab"] == [200, 200]
    with scope():
        assert Note.objects.count() == 1
    refused = note(kari, day, "a" * 301, headers=headers)
    assert (refused.status_code, refused.headers["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert note(kari, day, "x", headers=headers, question=str(uuid.uuid4())).status_code == 404


def test_what_was_refused_stands_in_the_field(kari, day):
    answer = note(kari, day, "Lang " * 80)
    assert answer.status_code == 422
    assert "Lang Lang" in text(answer)


def test_gathering_dots_parts_and_moving(kari, day, scope):
    note(kari, day, "Skyss heim")
    with scope():
        first = Note.objects.get()
    hx = {"HX-Request": "true"}
    answer = acts(kari, "gather", headers=hx, note_id=str(first.id), name="Skyss")
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (200, "fresh")
    acts(kari, "dot", note_id=str(first.id))
    with scope():
        cluster = Note.objects.get().cluster
    acts(kari, "dot", cluster_id=str(cluster.id))
    acts(kari, "undot", note_id=str(first.id))
    acts(kari, "part", part="scribe")
    with scope():
        assert queries.dots_left(day.workshop, day.question(), Participant.objects.get(name="Kari")) == 2
    note(kari, day, "Frå ein lapp", via="paper")
    with scope():
        assert Note.objects.get(words="Frå ein lapp").participant.is_table
    assert acts(kari, "dot", note_id=str(uuid.uuid4())).status_code == 422
    for wrong in ({"act": "eple"}, {"act": "part", "part": "sjef"}, {"act": "move", "group": "77"}):
        assert kari.post(reverse("workshop_own", args=[KEY]), wrong).status_code == 404
    acts(kari, "move", group="3")
    assert "Table 3" in text(kari.get(reverse("workshop_own", args=[KEY]))) or "Bord 3" in text(
        kari.get(reverse("workshop_own", args=[KEY]))
    )


@pytest.mark.rule("R99")
def test_one_telephone_can_serve_a_whole_table(kari, day, scope, leader):
    with scope():
        table = day.table_phone()
    assert reverse("workshop_own", args=[table]) not in text(page(leader, day)), "only on the card"
    assert page(leader, day, "workshop_cards").status_code == 200
    note(kari, day, "Frå heile bordet", at=table)
    assert "Frå heile bordet" in text(kari.get(reverse("workshop_own", args=[KEY])))


def test_who_asks_for_what_is_new_costs_two_statements_when_nothing_is(kari, day, scope):
    with scope():
        version = day.fresh().version
        at = f"{day.workshop.question_id}{day.workshop.phase}"
    address = reverse("workshop_own_now", args=[KEY])
    kari.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert kari.get(address, {"v": version, "q": at}).status_code == 204
    mine = [q for q in asked.captured_queries if "codesign_workshops" in q["sql"]]
    assert len(mine) == 1
    note(kari, day, "Noko nytt")
    answer = text(kari.get(address, {"v": version, "q": at}))
    assert "Noko nytt" in answer
    assert 'id="skriv"' not in answer, "what is being written stays"
    assert 'id="skriv"' in text(kari.get(address, {"v": version, "q": "noko anna"}))


def test_a_cloth_costs_as_many_statements_with_many_notes_as_with_few(kari, day, scope):
    address = reverse("workshop_own", args=[KEY])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            kari.get(address)
        return len(asked.captured_queries)

    note(kari, day, "Ein")
    few = cost()
    with scope():
        for n in range(20):
            day.writes(day.comes(f"k{n}"), f"Note {n}")
    assert cost() == few <= 15


def test_the_leader_holds_the_clock(leader, day, scope):
    assert page(leader, day).status_code == 200
    for act, phase in (("start", "alone"), ("vidare", "group"), ("attende", "alone"), ("minutt", "alone"),
                       ("pause", "alone"), ("fortset", "alone")):  # fmt: skip
        assert leader.post(reverse("workshop_lead", args=[day.workshop.id, act])).status_code == 302
        with scope():
            assert day.fresh().phase == phase
        assert page(leader, day).status_code == 200
        assert page(leader, day, "workshop_wall").status_code == 200
    for _twice in range(2):
        leader.post(reverse("workshop_lead", args=[day.workshop.id, "vidare"]), {"place": "0"})
    with scope():
        assert day.fresh().phase == "group"
        version = day.workshop.version
    assert page(leader, day, "workshop_now", v=version).status_code == 204
    assert page(leader, day, "workshop_wall_now", v=version).status_code == 204
    assert page(leader, day, "workshop_now", v=version - 1).status_code == 200
    assert page(leader, day, "workshop_wall_now").status_code == 200
    assert leader.post(reverse("workshop_lead", args=[day.workshop.id, "dans"])).status_code == 404


def test_a_new_one_has_the_programme_of_the_template(leader, day, scope):
    facts = {"owner": str(day.tun.centre.id), "title": "Ny dag", "purpose": "", "day_pick": "other",
             "day_other": "2026-12-01", "begins": "18:00", "place": "Salen", "groups": "10", "dots": "3"}  # fmt: skip
    answer = leader.post(reverse("workshop_new"), facts)
    assert answer.status_code == 302
    with scope():
        made = Workshop.objects.get(title="Ny dag")
        assert (len(queries.questions_of(made)), len(queries.groups_of(made))) == (8, 10)
    assert leader.post(reverse("workshop_new"), facts | {"groups": "40"}).status_code == 422
    assert leader.post(reverse("workshop_new"), facts | {"purpose": "Om demens"}).status_code == 422
    assert "Ny dag" in text(leader.get(reverse("workshops")))


def test_the_programme_is_changed_on_pages(leader, day, scope):
    address = reverse("workshop_question_new", args=[day.workshop.id])
    facts = {"question": "Kva no?", "kind": "open", "alone": "1", "group": "5", "plenary": "0"}
    assert leader.post(address, facts).status_code == 302
    assert leader.post(address, facts | {"alone": "0", "group": "0"}).status_code == 422
    with scope():
        added = Question.objects.get(words="Kva no?")
    own = reverse("workshop_question", args=[day.workshop.id, added.id])
    assert leader.post(own, facts | {"question": "Kva så?"}).status_code == 302
    out = reverse("workshop_question_out", args=[day.workshop.id, added.id])
    assert leader.post(out).status_code == 302
    change = reverse("workshop_change", args=[day.workshop.id])
    told = {"title": "Flytta", "day_pick": "other", "day_other": "2026-12-02", "groups": "4", "dots": "5"}
    assert leader.post(change, told).status_code == 302
    with scope():
        assert (day.fresh().title, day.workshop.dots, len(queries.questions_of(day.workshop))) == ("Flytta", 5, 2)


def test_paper_is_typed_in_at_the_leaders_page(leader, day, scope):
    with scope():
        day.starts(1)
        group, question = day.table().id, str(day.question().id)
    address = reverse("workshop_table", args=[day.workshop.id, group])
    fields = {"act": "note", "key": str(uuid.uuid4()), "question": question, "note": "Frå ein lapp"}
    leader.post(address, fields)
    leader.post(address, fields | {"note": ""})
    leader.post(address, fields | {"question": str(uuid.uuid4()), "note": "x"})
    assert "Frå ein lapp" in text(leader.get(address))
    with scope():
        found = str(Note.objects.get().id)
    leader.post(address, {"act": "off", "note_id": found})
    assert "Frå ein lapp" not in text(leader.get(address))


@pytest.mark.rule("R99")
def test_what_is_recommended_becomes_something_and_stands_in_the_report(leader, day, kari, scope):
    note(kari, day, "Skyss heim")
    new = reverse("workshop_recommend", args=[day.workshop.id])
    for what in ("Fast skyss", "Ring rundt", "Del bilen"):
        told = {"what": what, "who": "Helselaget", "how": "Kvar torsdag"}
        assert leader.post(new, told).status_code == 302
    assert leader.post(reverse("workshop_lead", args=[day.workshop.id, "slutt"])).status_code == 302
    with scope():
        idea, design, todo = queries.recommendations_of(day.workshop)

    def become(one, act, **fields):
        return leader.post(reverse("workshop_become", args=[day.workshop.id, one.id, act]), fields)

    assert become(idea, "ide", near="").status_code == 422, "a centre looks around first"
    assert become(idea, "ide", near="Ingen gjer det i dag").status_code == 302
    assert become(design, "opplegg").status_code == 302
    assert become(todo, "gjeremal").status_code == 302
    assert become(todo, "kake").status_code == 404
    with CaptureQueriesContext(connection) as asked:
        shown = text(page(leader, day, "workshop_report"))
    assert len(asked.captured_queries) <= 25
    assert all(words in shown for words in ("Skyss heim", "Fast skyss", "Helselaget"))
    assert "Kari" not in shown, "nobody's name"
    assert page(leader, day, "workshop_paper").content.startswith(b"%PDF")
    assert text(kari.get(reverse("workshop_own", args=[KEY]))).count("Skyss heim") == 1, "at once for those there"
    with scope():
        outcomes = {r.became for r in queries.recommendations_of(day.workshop)}
        assert outcomes == {"idea", "design", "todo"}
        assert AuditEvent.objects.filter(act="workshops.became").count() == 3


def test_how_it_was_is_answered_on_own_page_and_hidden_while_few(leader, day, kari, scope):
    with scope():
        for _n in range(3):
            actions.go_on(workshop=day.workshop, by=day.by, at=day.now)
    assert acts(kari, "answer", heard="", useful="yes").status_code == 422
    assert acts(kari, "answer", heard="yes", useful="partly", more="Meir kaffi").status_code == 302
    assert "Meir kaffi" not in text(page(leader, day, "workshop_report"))
    with scope():
        for n in range(4):
            who = day.comes(f"k{n}")
            actions.answer(participant=who, heard=Much.NO, useful=Much.YES, words="", by=day.nobody, at=day.now)
    assert "Meir kaffi" in text(page(leader, day, "workshop_report"))


def test_a_scribe_recommends_from_the_table(leader, day, kari, scope):
    with scope():
        added = actions.write_question(
            workshop=day.workshop, planned=actions.planning.Planned("Råd?", "advice", 0, 5, 0), by=day.by, at=day.now
        )
        for _n in range(3):
            actions.go_on(workshop=day.workshop, by=day.by, at=day.now)
        assert day.fresh().question_id == added.id
    assert acts(kari, "recommend", what="Skyss").status_code == 404
    acts(kari, "part", part="scribe")
    assert acts(kari, "recommend", what="Skyss", who="", how="").status_code == 302
    assert "Skyss" in text(kari.get(reverse("workshop_own", args=[KEY])))
    assert "Skyss" in text(page(leader, day, "workshop_wall"))
