"""The programme on paper: posters, large type, text for the parish magazine, and what is too much."""

import datetime as dt
import io
import uuid

import pypdf
import pytest
import segno

from samtun.foundation.viewer import Permission, Role
from samtun.operation.activities.actions import times
from samtun.operation.activities.enums import SignUp
from samtun.operation.activities.web.views import printed
from samtun.partners.catalogue.enums import Transport
from tests.factories import programme
from tests.factories.programme import FRIDAY, activity, weekly, when

A3, A4 = (842, 1191), (595, 842)


@pytest.fixture
def week(page, scope):
    """A Friday with three things, one of them called off."""
    with scope():
        activity(page, title="Strikk *og* #prat", transport=Transport.ORGANISER_FETCHES, transport_words="Ring før 12")
        activity(page, when(at=dt.time(11), to=dt.time(13)), title="Basar", is_free=False, price="Lodd 20 kroner")
        off = activity(page, when(at=dt.time(9), to=dt.time(10)), title="Tur", sign_up=SignUp.BINDING)
        times.call_off(occurrence=programme.times(off)[0], because="Storm", by=page.viewer(), at=page.now)
    return page


def read(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    return pdf, " ".join(" ".join(one.extract_text().split()) for one in pdf.pages)


def size(pdf):
    return {tuple(round(float(side)) for side in one.mediabox[2:]) for one in pdf.pages}


def fonts(pdf):
    """The sizes of all letters, in points."""
    found = set()

    def look(words, cm, tm, _font, points):
        if words.strip():
            found.add(round(points * tm[0] * cm[0], 1))

    for one in pdf.pages:
        one.extract_text(visitor_text=look)
    return found


def coded(monkeypatch):
    """The addresses that are made into codes from now on."""
    made, make = [], segno.make
    monkeypatch.setattr(segno, "make", lambda address, **how: (made.append(address), make(address, **how))[1])
    return made


@pytest.mark.parametrize(("sheet", "paper"), [("", A4), ("a3", A3), ("a0", A4)])
def test_the_poster_of_the_week_is_tagged_and_says_it_in_words(week, client, sheet, paper):
    client.cookies["samtun_language"] = "nn"
    pdf, words = read(client.get(f"/hva-skjer/papir/plakat.pdf?ark={sheet}"))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("nn")
    assert size(pdf) == {paper}
    for said in (
        "Kva skjer", "Fredag 27. november", "18.00–20.00", "Strikk *og* #prat", "Med skyss", "Gratis", "Lodd 20 kroner",
        "Menighetshuset", "Ring 57 00 11 22", "Avlyst: Storm", "Skrive ut", "Side 1 / 1", "/hva-skjer/",
    ):  # fmt: skip
        assert said in words, said
    assert words.index("Tur") < words.index("Basar") < words.index("Strikk"), "as the day goes"
    assert "I dag" not in words, "paper is read another day"
    assert "Marit" not in words, "a name is for the one who comes, not for the wall"


@pytest.mark.parametrize(("language", "heading"), [("nb", "Hva skjer"), ("nn", "Kva skjer"), ("en", "What's on")])
def test_every_paper_is_in_the_readers_language(week, client, language, heading):
    client.cookies["samtun_language"] = language
    pdf, words = read(client.get("/hva-skjer/papir/hefte.pdf"))
    assert pdf.trailer["/Root"]["/Lang"].startswith(language)
    assert heading in words.replace("’", "'")
    assert heading in client.get("/hva-skjer/papir/tekst.txt").content.decode()
    assert client.get("/hva-skjer/papir/").status_code == 200


def test_the_booklet_is_nowhere_under_eighteen_points_and_says_who_and_how(week, client):
    client.cookies["samtun_language"] = "nb"
    pdf, words = read(client.get("/hva-skjer/papir/hefte.pdf"))
    assert min(fonts(pdf)) >= 18
    assert size(pdf) == {A4}
    for said in ("Marit møter deg i døra.", "Vi henter deg", "Ring før 12.", "Avlyst: Storm", "Gratis."):
        assert said in words, said


def test_a_text_for_the_parish_magazine(week, client):
    client.cookies["samtun_language"] = "nb"
    answer = client.get("/hva-skjer/papir/tekst.txt")
    said = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert all(len(line) <= printed.WIDTH for line in said.splitlines() if "://" not in line)
    assert "Mandag 23. november til søndag 29. november 2026\n" in said
    assert "\nFREDAG 27. NOVEMBER\n" in said
    assert "Kl. 18.00–20.00: Strikk *og* #prat. Menighetshuset." in said
    flowing = " ".join(said.split())
    assert "Kl. 09.00–10.00: Tur. Menighetshuset. Avlyst: Storm. Ring 57 00 11 22." in flowing
    assert "Med skyss. Gratis. Ring 57 00 11 22." in flowing


def test_chosen_days_and_the_filter_follow_to_the_papers(page, scope, client):
    client.cookies["samtun_language"] = "en"
    with scope():
        activity(page, when(starts_on=FRIDAY + dt.timedelta(days=60)), title="Langt fram")
        activity(page, title="Snart")
    chosen = "fra=2027-01-20&til=31.01.2027&gratis=1"
    shown = client.get(f"/hva-skjer/papir/?{chosen}").content.decode()
    assert "plakat.pdf?fra=2027-01-20&amp;til=31.01.2027&amp;gratis=1" in shown
    assert "&amp;ark=a3" in shown
    said = client.get(f"/hva-skjer/papir/tekst.txt?{chosen}").content.decode()
    assert "Langt fram" in said
    assert "Snart" not in said
    assert "/hva-skjer/papir/?naar=month" in client.get("/hva-skjer/?naar=month").content.decode()
    assert "fra=2026-11-01&amp;til=2026-11-30" in client.get("/hva-skjer/2026-11/").content.decode()
    _, words = read(client.get("/hva-skjer/papir/plakat.pdf?fra=2027-05-01&til=2027-05-01"))
    assert "Page 1 / 1" in words, "a week with nothing is a paper that says so"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("fra=tull", "Write the date as"), ("til=9999-12-31", "Write the date as"),
        ("fra=2027-01-31&til=2027-01-01", "The last day is before the first"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("paper", ["plakat.pdf", "hefte.pdf", "tekst.txt"])
def test_days_that_cannot_be_give_a_clear_sentence(page, client, asked, said, paper):
    client.cookies["samtun_language"] = "en"
    answer = client.get(f"/hva-skjer/papir/{paper}?{asked}&gratis=1&ord=kaffe")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert 'name="gratis" value="1" checked' in shown
    assert 'value="kaffe"' in shown


def test_a_poster_for_too_many_is_a_sentence_and_never_an_endless_paper(week, client, monkeypatch):
    client.cookies["samtun_language"] = "en"
    monkeypatch.setattr(printed, "MOST", 3)
    assert client.get("/hva-skjer/papir/plakat.pdf").status_code == 200, "as many as there may be"
    monkeypatch.setattr(printed, "MOST", 2)
    for name in ("plakat.pdf", "hefte.pdf", "tekst.txt"):
        answer = client.get(f"/hva-skjer/papir/{name}?tid=evening&tid=day")
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert "That is more than 2 times" in shown
        assert "Choose fewer days, or a place." in shown
        assert 'value="evening" checked' in shown
        assert "Poster, A4" not in shown, "no paper is offered that cannot be had"
    assert client.get("/hva-skjer/papir/").status_code == 200


def test_one_activity_on_one_sheet_with_a_code_to_its_page(page, scope, client, open_as, monkeypatch):
    with scope():
        it = activity(page, weekly(), title="Kaffe på Ytstegrenda grendehus for alle som vil", about="Kom! " * 150)
        rows = programme.times(it)
        times.call_off(occurrence=rows[1], because="Storm", by=page.viewer(), at=page.now)
    codes = coded(monkeypatch)
    client.cookies["samtun_language"] = "nb"
    pdf, words = read(client.get(f"/hva-skjer/aktivitet/{it.id}/plakat.pdf?ark=a3"))
    assert (len(pdf.pages), size(pdf)) == (1, {A3})
    for said in ("Fredag 27. november, 18.00–20.00", "Fredag 4. desember, 18.00–20.00, Avlyst", "Marit møter deg",
                 "Ring 57 00 11 22", "Menighetshuset", "Gratis"):  # fmt: skip
        assert said in words, said
    assert codes == [f"http://testserver/hva-skjer/aktivitet/{it.id}/"]
    pdf, words = read(client.get(f"/hva-skjer/{rows[1].id}/plakat.pdf"))
    assert (len(pdf.pages), size(pdf)) == (1, {A4})
    assert codes[1:] == [f"http://testserver/hva-skjer/{rows[1].id}/"]
    assert "Avlyst: Storm" in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert f"/hva-skjer/{rows[0].id}/plakat.pdf" in client.get(f"/hva-skjer/{rows[0].id}/").content.decode()
    desk = open_as(page.viewer(page.centre, Role.COORDINATOR, {Permission.PUBLISH}))
    assert f"/hva-skjer/aktivitet/{it.id}/plakat.pdf?ark=a3" in desk.get(f"/program/{it.id}/").content.decode()


def test_what_is_not_open_has_no_poster(page, scope, client):
    with scope():
        draft = activity(page, pencil=True)
        row = programme.times(draft)[0]
    for address in (f"aktivitet/{draft.id}", f"{row.id}", f"aktivitet/{uuid.uuid4()}", f"{uuid.uuid4()}"):
        assert client.get(f"/hva-skjer/{address}/plakat.pdf").status_code == 404


def test_papers_are_few_statements_however_many_times(page, scope, client, django_assert_max_num_queries):
    with scope():
        for n in range(12):
            activity(page, title=f"Kaffe {n}")
    client.get("/hva-skjer/papir/")
    for name in ("", "plakat.pdf"):
        with django_assert_max_num_queries(15 + 4):
            client.get(f"/hva-skjer/papir/{name}")


def test_one_machine_has_not_sheets_drawn_without_end(page, scope, client, monkeypatch):
    with scope():
        it = activity(page)
    monkeypatch.setattr("samtun.operation.activities.web.views.paper.MOST_DRAWN", 1)
    client.cookies["samtun_language"] = "en"
    assert client.get(f"/hva-skjer/aktivitet/{it.id}/plakat.pdf")["Content-Type"] == "application/pdf"
    again = client.get("/hva-skjer/papir/plakat.pdf")
    assert again.status_code == 409
    assert "Wait a quarter of an hour" in again.content.decode()
    assert client.get("/hva-skjer/papir/tekst.txt").status_code == 200, "a text costs nothing"
