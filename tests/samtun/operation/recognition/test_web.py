"""Thanks: a human rings three names, for what and never how much, in the recipient's own words with leave."""

import datetime as dt
import io
import re

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.recognition import actions
from samtun.operation.recognition.adapters.card import Card, card_pdf
from samtun.operation.recognition.models import Thanks
from samtun.operation.recognition.queries import week_of
from samtun.people.persons.actions import note_death
from samtun.people.persons.models import Person
from samtun.work.todos.actions import open_todo
from samtun.work.todos.queries import due_for
from tests.factories.desk import DESK, coordinator, owner, person
from tests.factories.help import contribution, task_type

WORDS = "Du er snillare enn sola."


@pytest.fixture
def ours(municipality, scope_of):
    with scope_of(municipality):
        return owner()


@pytest.fixture
def theirs(municipality, scope_of):
    with scope_of(municipality):
        return owner("Røde Kors", "organisation")


@pytest.fixture
def marit(municipality, scope_of, ours):
    with scope_of(municipality):
        task_type()
        task_type("visit", "Besøk heime")
        found = person(ours, "Marit", "Fjelde", phone="+4741888888")
        for _n in range(7):
            contribution(found, ours, "snow", clock.today())
        contribution(found, ours, "visit", clock.today() - dt.timedelta(days=20))
        contribution(found, ours, "old-kind", clock.today() - dt.timedelta(days=200))
        return found


def thanks(who, host, **more):
    return Thanks.objects.create(person=who, owner=host, week_of=week_of(clock.today()), for_words="", **more)


def text(response):
    return response.content.decode()


def pdf(response):
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


@pytest.mark.rule("R67")
def test_the_week_has_names_with_number_and_what_they_did(municipality, scope_of, open_as, ours, marit):
    with scope_of(municipality):
        thanks(marit, ours, words=WORDS)
    html = text(open_as(coordinator(ours)).get(reverse("thanks")))
    for part in ("Marit Fjelde", "tel:+4741888888", "Besøk heime, Måke snø", WORDS, "I have rung", "Make a card"):
        assert part in html
    assert "old-kind" not in html


@pytest.mark.rule("R111")
def test_nobody_is_thanked_for_how_much(municipality, scope_of, open_as, ours, marit):
    with scope_of(municipality):
        row = thanks(marit, ours)
    client = open_as(coordinator(ours))
    panel = text(client.get(reverse("thanks"))).split('class="columns"')[1].split("</section>")[0]
    said = re.sub(r"<[^>]+>", " ", panel).replace("41\u00a088\u00a088\u00a088", "")
    assert "Besøk heime" in said
    assert not any(c.isdigit() for c in said)
    for counted in ("times", "minutes", "hours"):
        assert counted not in said
    page = pdf(client.post(reverse("thanks_card", args=[row.id]))).pages[0].extract_text()
    assert not any(c.isdigit() for c in page)


@pytest.mark.rule("R67")
def test_ringing_or_a_card_is_noted_and_closes_the_weeks_todo(municipality, scope_of, open_as, ours, marit):
    by = coordinator(ours)
    client = open_as(by)
    client.post(reverse("thanks_draw"))
    with scope_of(municipality), translation.override("en"):
        row = Thanks.objects.get()
        line = due_for(by, at=clock.now())[0]
        assert (line.sentence, line.button, line.url) == (
            "Ring and say thank you to this week's names", "See who", "/takk/",
        )  # fmt: skip
    client.post(reverse("thanks_rung", args=[row.id]))
    with scope_of(municipality):
        row.refresh_from_db()
        assert row.rung_by == "Turid Lunde"
        assert due_for(by, at=clock.now()) == []
        assert AuditEvent.objects.filter(act="recognition.rung", ref_id=marit.id).count() == 1
    html = text(client.get(reverse("thanks")))
    assert "Everyone has been thanked" in html
    assert "I have rung" not in html


def test_the_card_is_tagged_lying_down_and_carries_the_words(municipality, scope_of, open_as, ours, marit):
    with scope_of(municipality):
        row = thanks(marit, ours, words=WORDS)
        Person.objects.filter(id=marit.id).update(language="nb")
    made = pdf(open_as(coordinator(ours), "nn").post(reverse("thanks_card", args=[row.id])))
    assert len(made.pages) == 1
    box = made.pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (210, 148)
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("nb")
    said = " ".join(made.pages[0].extract_text().split())
    assert "Takk, Marit!" in said
    assert WORDS in said
    assert "Frivilligsentralen" in said
    with scope_of(municipality):
        row.refresh_from_db()
        assert row.card_made_at is not None


def test_the_longest_card_still_fits_one_page():
    card = Card(
        language="nn", heading="Tusen takk, Anne-Margrethe Elisabeth!", text="Du har gitt ei hand med:",
        done=["Følgje til lege, butikk og bank"] * 9, rest="Det betyr meir enn du kanskje trur.",
        quote="Å så godt det var at nokon kom då det snødde som verst. " * 5 + "Takk skal du ha!",
        quote_from="frå den du hjelpte", greeting="Helsing frå", sender="Dalgrend frivilligsentral og innbyggjartorg",
    )  # fmt: skip
    made = PdfReader(io.BytesIO(card_pdf(card)))
    assert len(made.pages) == 1
    assert "Takk skal du ha!" in " ".join(made.pages[0].extract_text().split())


def test_words_are_data_to_the_card_and_never_its_source():
    card = Card("nb", "Takk!", "Du:", "#panic() *fet*", "Hilsen", "#set page(width: 1mm)")
    said = PdfReader(io.BytesIO(card_pdf(card))).pages[0].extract_text()
    assert "#panic() *fet*" in said
    assert "#set page(width: 1mm)" in said


@pytest.mark.rule("R112")
def test_another_owners_thanks_are_out_of_sight(municipality, scope_of, open_as, ours, theirs, marit, now):
    with scope_of(municipality):
        row = thanks(marit, ours, words=WORDS)
    client = open_as(coordinator(theirs))
    assert "Marit" not in text(client.get(reverse("thanks")))
    for name in ("thanks_rung", "thanks_card"):
        assert client.post(reverse(name, args=[row.id])).status_code == 404
    with scope_of(municipality):
        with pytest.raises(NotYours):
            actions.draw_names(owner=ours, by=coordinator(theirs), at=now)
        with pytest.raises(NotYours):
            actions.note_rung(thanks=row, by=coordinator(theirs), at=now)


def test_the_page_says_what_to_do_first_when_it_is_empty(open_as, ours, theirs, marit):
    assert "Find this week's names" in text(open_as(coordinator(ours)).get(reverse("thanks"))).replace("&#x27;", "'")
    assert "Nobody to thank just now" in text(open_as(coordinator(theirs)).get(reverse("thanks")))
    closed = open_as(coordinator(ours, permissions=DESK - {Permission.THANK_VOLUNTEERS}))
    assert closed.get(reverse("thanks")).status_code == 403


@pytest.mark.rule("R113")
def test_a_line_from_last_week_goes_when_the_last_name_on_it_has_died(municipality, scope_of, ours, marit):
    with scope_of(municipality):
        desk = coordinator(ours)
        row = thanks(marit, ours)
        Thanks.objects.filter(id=row.id).update(week_of=week_of(clock.today()) - dt.timedelta(days=7))
        open_todo(
            ref=Ref("thanks", ours.id), reason="thank_three", about="", owner=ours.id, at=clock.now(), due=clock.now(),
            audience=Permission.THANK_VOLUNTEERS,
        )  # fmt: skip
        assert [line.reason for line in due_for(desk, at=clock.now())] == ["thank_three"]
        note_death(person=marit, by=desk, at=clock.now())
        assert "thank_three" not in [line.reason for line in due_for(desk, at=clock.now())]
