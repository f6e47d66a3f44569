"""Letters: read rightly, or asked about with names from the file; never silently wrong."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samtun.foundation.imports.letters import TWICE, Doubt, NotText, decode, settle, with_letters
from samtun.foundation.imports.reading import read
from tests.factories import broken_files, sheets

NAMES = "Navn;Mobil\r\nBjørn Sæther;90000001\r\nÅse Pål Ødegård;90000002\r\n"


@pytest.mark.parametrize("encoding", sheets.ENCODINGS)
def test_every_encoding_is_read_or_asked_about(encoding):
    content = NAMES.encode(encoding)
    settled = settle(content)
    offered = [r.encoding for r in settled.readings] if isinstance(settled, Doubt) else [settled]
    assert NAMES in [decode(content, e) for e in offered]


@pytest.mark.parametrize(
    ("encoding", "asked"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", False), ("iso-8859-1", False),
     ("mac_roman", False), ("cp865", True)],
)  # fmt: skip
def test_only_what_can_be_read_in_two_ways_is_asked_about(encoding, asked):
    assert isinstance(settle(NAMES.encode(encoding)), Doubt) is asked


def test_three_pieces_of_the_file_are_shown_in_each_reading_the_likeliest_first():
    asked = settle("Navn\nBjørg\nKari\nPål\nSæther\nÅsen\n".encode("cp865"))
    assert [(r.encoding, r.samples) for r in asked.readings[:2]] == [
        ("cp850", ("Bjørg", "Pål", "Sæther")), ("mac_roman", ("Bjõrg", "PÜl", "Sëther")),
    ]  # fmt: skip


def test_a_file_that_was_read_wrongly_before_is_asked_about():
    content = "Navn\nBjÃ¸rn\n".encode()
    assert [r.samples for r in settle(content).readings] == [("BjÃ¸rn",), ("Bjørn",)]
    assert decode(content, TWICE) == "Navn\nBjørn\n"


def test_utf_16_without_its_mark_is_seen():
    assert settle(NAMES.encode("utf-16-le")) == "utf-16-le"
    assert settle(NAMES.encode("utf-16-be")) == "utf-16-be"


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xfe\0", b"abc\0def", bytes(range(256)), b"\xef\xbb\xbf\xff"]
)
def test_what_is_no_text_is_told(content):
    with pytest.raises(NotText):
        settle(content)


def test_an_encoding_that_is_not_ours_is_not_used():
    for strange in ("utf-7", "rot13", "", "zlib"):
        with pytest.raises(NotText):
            decode(b"abc", strange)


def test_names_to_look_at_show_different_letters():
    assert with_letters(["Kari", "Åse", "Åge", "Bjørn", "Pål", "Sæther"]) == ["Åse", "Bjørn", "Pål"]


def naive(content):
    """The control: byte order mark, strict UTF-8, else the most usual. Many programs do just this."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return read(content, encoding="utf-8" if encoding == "utf-8-sig" else encoding)
    return read(content)


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_no_letter_is_silently_wrong(seed):
    chance = random.Random(seed)
    sent = broken_files.make(chance)
    assert broken_files.silently_wrong(sent) == []
    content = chance.choice(broken_files.BREAKS)(sent.content, chance)
    broken_files.survives(content)
    if sent.how == "csv":
        assert broken_files.strange_letters(content, broken_files.told(content, sent.encoding)) == []


def test_a_reader_that_guesses_is_caught():
    chance = random.Random(3)
    sent = [broken_files.make(chance) for _ in range(200)]
    caught = [s.encoding for s in sent if s.how == "csv" and broken_files.silently_wrong(s, naive)]
    assert set(caught) >= {"cp865", "mac_roman"}


def test_strange_letters_are_caught():
    content = "Navn\nBjørn\n".encode("cp1252")
    assert broken_files.strange_letters(content, "Bjørn") == []
    assert broken_files.strange_letters(content, "Bjõrn") == ["Bjørn"]
