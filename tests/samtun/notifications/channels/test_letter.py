"""Letters: large print, the address in the window, pages counted, tagged, and no text is taken for source."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from samtun.notifications.channels.adapters.letter import Letter
from samtun.notifications.channels.queries import letters_pdf

WORDS = {"title": "Brev frå Samtun", "page": "Side", "qr": "Du kan òg svare med mobilen:", "alt": "Rutekode"}
LETTER = Letter(
    name="Åse Øvrebø", address="Skuleveien 3\n6999 Dalgrend", heading="Snømåking torsdag",
    text="Hei Åse!\n\nMarit kjem torsdag kl. 10.", language="nn", sender="Samtun i Dalgrend", telephone="57 00 11 22",
    printed="23. november 2026", words=WORDS,
)  # fmt: skip
MM = 72 / 25.4


def read(*letters):
    return PdfReader(BytesIO(letters_pdf(letters)))


def pieces(page):
    """Return (text, mm from left, mm from top, points) of each piece of text."""
    found = []

    def note(text, matrix, inner, _font, size):
        if text.strip():
            x = inner[4] * matrix[0] + matrix[4]
            y = inner[5] * matrix[3] + matrix[5]
            found.append((text.strip(), x / MM, (float(page.mediabox.height) - y) / MM, abs(size * inner[0])))

    page.extract_text(visitor_text=note)
    return found


def test_it_is_a_tagged_a4_letter_in_its_language():
    reader = read(LETTER)
    page = reader.pages[0]
    assert [round(float(n) / MM) for n in page.mediabox[2:]] == [210, 297]
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] in {"nn", "nn-NO"}
    assert catalog["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == WORDS["title"]
    assert b"pdfuaid" in catalog["/Metadata"].get_data()


def test_the_address_stands_where_a_window_envelope_shows_it():
    found = pieces(read(LETTER).pages[0])
    for line in ("Åse Øvrebø", "6999 Dalgrend"):
        _, left, top, _ = next(piece for piece in found if line in piece[0])
        assert 20 <= left <= 105
        assert 50 <= top <= 80


@pytest.mark.parametrize(("large", "least"), [(True, 17), (False, 14)])
def test_nothing_is_smaller_than_fourteen_points(large, least):
    sizes = {round(size, 1) for *_, size in pieces(read(replace(LETTER, large=large)).pages[0])}
    assert min(sizes) >= 14
    assert least in sizes


def test_each_letter_counts_its_own_pages():
    long = replace(LETTER, name="Ola", text="Hei!\n\n" + "Ein lang tekst om alt mogleg. " * 200)
    texts = [page.extract_text() for page in read(long, LETTER).pages]
    pages = len(texts) - 1  # how many depends on the font at hand
    assert pages > 1
    assert f"Side 1 / {pages}" in texts[0]
    assert f"Side {pages} / {pages}" in texts[-2]
    assert "Side 1 / 1" in texts[-1]
    assert "Ola" not in texts[-1]


def test_a_code_to_scan_stands_there_only_with_a_link():
    link = "https://dalgrend.test/s/" + "a" * 22
    with_link = read(replace(LETTER, link=link)).pages[0].extract_text()
    assert link in with_link.replace("\n", "")
    assert WORDS["qr"] in with_link
    assert WORDS["qr"] not in read(LETTER).pages[0].extract_text()


@pytest.mark.parametrize(
    "words", ['#panic("x")', "*stjerner* _strek_ $x$", "= Overskrift", '"', "\\", '#read("/etc/passwd")', "<b>"]
)
def test_words_are_words_and_never_source(words):
    assert words in read(replace(LETTER, text=words, heading="Brev")).pages[0].extract_text()
