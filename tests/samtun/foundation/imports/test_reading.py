"""Files of every kind become the same rows; bombs and broken ones are refused with a row and a reason."""

import datetime as dt
import io
import re
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from samtun.foundation.imports import tables, workbooks
from samtun.foundation.imports.reading import read
from samtun.foundation.imports.tables import BrokenFile, Sheet, Sheets
from tests.factories import sheets


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


PEOPLE = [sheets.HEAD, *sheets.PEOPLE]
AS_READ = tuple((n, list(map(str, row))) for n, row in enumerate(sheets.PEOPLE, 2))


def refused(content, **chosen):
    with pytest.raises(BrokenFile) as caught:
        read(content, **chosen)
    return caught.value.message


def rows_of(content):
    return read(content)[0].rows


@pytest.mark.parametrize("delimiter", tables.DELIMITERS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_with_every_separator(delimiter, newline):
    assert rows_of(sheets.as_csv(PEOPLE, delimiter=delimiter, newline=newline)) == AS_READ


def test_workbooks():
    assert rows_of(sheets.as_xlsx(PEOPLE)) == AS_READ
    assert rows_of(sheets.as_ods(PEOPLE)) == AS_READ


def test_lines_above_the_headings_and_empty_rows_keep_the_numbers():
    rows = [("Medlemsliste",), (), ("Navn", "Mobil"), ("Kari Li", "90000001"), (), ("Ola By", "90000002")]
    table, _encoding = read(sheets.as_xlsx(rows))
    assert table.headings == ("Navn", "Mobil")
    assert [number for number, _cells in table.rows] == [4, 6]


def test_quotes_line_breaks_and_what_excel_writes_first():
    content = b'sep=,\r\n"Navn","Adresse"\r\n"Li, Kari","Gata 1\nBy"\r\n'
    assert rows_of(content) == ((3, ["Li, Kari", "Gata 1 By"]),)


def test_numbers_days_and_ticks_are_as_people_write_them():
    rows = [("A", "B", "C", "D"), (90000001.0, dt.date(1950, 2, 1), True, 1.5)]
    assert rows_of(sheets.as_xlsx(rows)) == ((2, ["90000001", "1950-02-01", "1", "1.5"]),)
    cells = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="90000001"><text:p>9E7</text:p>'
        '</table:table-cell><table:table-cell office:value-type="date" office:date-value="1950-02-01"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>'
    )
    assert rows_of(sheets.as_ods([("A", "B", "C")], tail=cells)) == ((2, ["90000001", "1950-02-01", "1"]),)


def test_of_several_lists_it_is_asked_which_with_names_and_rows():
    content = sheets.as_xlsx(PEOPLE, Merknader=[("Oppdatert i mai",)], Annet=[("Giverliste",), ("x", "y"), ("1", "2")])
    assert read(content) == Sheets((Sheet("Liste", 3), Sheet("Annet", 1)))
    table, _encoding = read(content, sheet="Annet")
    assert (table.sheet, table.headings, table.unread_sheets) == ("Annet", ("x", "y"), ("Liste",))
    with pytest.raises(BrokenFile):
        read(content, sheet="Merknader")


def test_one_list_among_empty_sheets_is_read_without_asking():
    table, _encoding = read(sheets.as_xlsx([], Framside=[("Medlemmer",)], Medlemmer=PEOPLE))
    assert (table.sheet, table.unread_sheets, len(table.rows)) == ("Medlemmer", (), 3)


def test_a_sheet_over_a_limit_hinders_nobody_who_wants_another():
    wide = [tuple(f"K{n}" for n in range(70)), tuple(range(70))]
    for content in (sheets.as_xlsx(wide, Folk=PEOPLE), sheets.as_ods(PEOPLE, after=ods_sheet("Stor", wide))):
        assert {s.name for s in read(content).sheets} in ({"Liste", "Folk"}, {"Liste", "Stor"})
    assert read(sheets.as_ods(PEOPLE, after=ods_sheet("Stor", wide)), sheet="Liste")[0].rows == AS_READ
    assert "more than 60 columns" in refused(sheets.as_xlsx(wide, Folk=PEOPLE), sheet="Liste")
    assert "more than 60 columns" in refused(sheets.as_ods(PEOPLE, after=ods_sheet("Stor", wide)), sheet="Stor")


def test_sheets_of_ods_are_asked_about_but_not_the_hidden_ones():
    hides = (
        '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    another = ods_sheet("Eldre", PEOPLE)
    assert read(sheets.as_ods(PEOPLE, after=another)) == Sheets((Sheet("Liste", 3), Sheet("Eldre", 3)))
    hidden = another.replace("<table:table ", '<table:table table:style-name="ta2" ')
    assert read(sheets.as_ods(PEOPLE, styles=hides, after=hidden))[0].sheet == "Liste"


def ods_sheet(name, rows):
    """One more sheet, as XML."""
    whole = sheets.as_ods(rows)
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        text = packed.read("content.xml").decode()
    return re.search(r"<table:table .*</table:table>", text)[0].replace("Liste", name)


def test_the_mark_before_what_would_be_a_formula_is_no_part_of_it():
    assert rows_of(b"Navn;Mobil\nKari;'+47 900 00 103\nD'Arc;'90\n") == (
        (2, ["Kari", "+47 900 00 103"]), (3, ["D'Arc", "'90"]),
    )  # fmt: skip


def test_a_formula_without_a_result_is_refused_with_its_row():
    rows = [("Navn", "Mobil"), ("Kari", "90000001"), ("Ola", "=A2")]
    assert "formula in row 3" in refused(sheets.as_xlsx(rows))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"   \n", "The file is empty"),
        (b"<html><table><tr><td>Navn</td></tr></table>", "This is not a spreadsheet"),
        (b'{"navn": "Kari"}', "This is not a spreadsheet"),
        (b"%PDF-1.7 and so on", "This is not a spreadsheet"),
        (b"Navn;Mobil\nKari;\xef\xbf\xbd9\n", "A letter is lost in row 2"),
        (b'Navn;Mobil\nKari;1\nOla;"2\n', "Row 3 cannot be read"),
        (b'Navn;Mobil\n"Kari"x;1\n', "Row 2 cannot be read"),
        (b"Navn;Mobil\nKari;1;2\n", "Row 2 has more cells"),
        (b"Navn;Mobil\nKari;" + b"9" * 1001, "A cell in row 2 holds more than 1000"),
        (b";".join([b"A"] * 61) + b"\n" + b";".join([b"1"] * 61), "Row 1 has more than 60 columns"),
        (b"A;B\n" + b"1;2\n" * 25_001, "more than 25000 rows"),
        (b"A;B\n" + b"x" * 10_000_001, "larger than 10 MB"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_broken_text_is_refused_with_row_and_reason(content, sentence):
    assert sentence in refused(content)


def bomb(name: str, size: int, **others: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for other, text in others.items():
            packed.writestr(other, text)
        with packed.open(name, "w", force_zip64=True) as inside:
            for _ in range(size // 1_000_000):
                inside.write(b"0" * 1_000_000)
    return out.getvalue()


def test_a_packed_bomb_is_refused_before_it_is_opened():
    assert "fill the machine" in refused(bomb("xl/workbook.xml", 100_000_000))
    assert "fill the machine" in refused(bomb("xl/sharedStrings.xml", 20_000_000))


def test_a_bomb_of_entities_is_refused():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}<!ENTITY out SYSTEM "file:///etc/passwd">]>'
    assert refused(sheets.as_ods(PEOPLE, head=head))
    content = io.BytesIO(sheets.as_xlsx(PEOPLE))
    out = io.BytesIO()
    with zipfile.ZipFile(content) as book, zipfile.ZipFile(out, "w") as made:
        for part in book.infolist():
            text = book.read(part).decode()
            made.writestr(part.filename, head + text if part.filename.endswith("sheet1.xml") else text)
    assert refused(out.getvalue())


def test_a_million_repeated_cells_are_not_made():
    row = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert rows_of(sheets.as_ods(PEOPLE, tail=row)) == AS_READ
    full = row.replace("/></table:table-row>", "><text:p>x</text:p></table:table-cell></table:table-row>")
    assert "more than 60 columns" in refused(sheets.as_ods(PEOPLE, tail=full))
    many = full.replace(' table:number-columns-repeated="16384"', "")
    assert "more than 25000 rows" in refused(sheets.as_ods(PEOPLE, tail=many))


def test_a_cell_far_out_in_a_workbook_is_refused_quickly():
    book = Workbook()
    book.active.append(["Navn", "Mobil"])
    book.active["XFD3"] = "x"
    out = io.BytesIO()
    book.save(out)
    assert "Row 3 has more than 60 columns" in refused(out.getvalue())
    book.active["XFD3"] = None
    book.active["A1000000"] = "x"
    out = io.BytesIO()
    book.save(out)
    assert "as far down as row 200001" in refused(out.getvalue())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "of the old kind (.xls)"),
        (sheets.ods_of("<a>"), "cannot be read"),
        (sheets.ods_of("<a/>", **{"META-INF/manifest.xml": "<x:encryption-data/>"}), "locked with a password"),
        (sheets.as_ods([]), "There is nothing in the file"),
        (sheets.as_xlsx([]), "There is nothing in the file"),
        (sheets.as_xlsx([("Navn", "Mobil")]), "below the headings"),
        (sheets.as_xlsx(PEOPLE)[:-200], "cannot be read"),
        (b"PK\x03\x04", "cannot be read"),
    ],
    ids=["old", "xml", "locked", "empty-ods", "empty-xlsx", "only-headings", "cut", "no-zip"],
)
def test_broken_workbooks_are_refused_with_a_sentence(content, sentence):
    assert sentence in refused(content)


def test_a_packed_file_of_another_kind_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<a/>")
    assert "This is not a spreadsheet" in refused(out.getvalue())


def test_openpyxl_reads_xml_safely():
    from openpyxl.xml import DEFUSEDXML, LXML

    assert (DEFUSEDXML, LXML) == (True, False)
    assert load_workbook
    assert workbooks.MOST_UNPACKED < 100_000_000
