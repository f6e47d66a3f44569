"""The journey of a list on its pages, without JavaScript: nothing lost, nothing taken in before it is seen."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samtun.foundation.imports import tables
from samtun.foundation.models import AccessEntry
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person
from samtun.work.imports.models import ImportRow, ImportRun
from tests.factories import lists, sheets
from tests.factories.desk import AT, coordinator, owner, person

PEOPLE = [sheets.HEAD, *sheets.PEOPLE]


@pytest.fixture
def ours(municipality, scope_of):
    with scope_of(municipality):
        return owner()


@pytest.fixture
def desk(open_as, ours):
    return open_as(coordinator(ours))


def send(client, content, name="liste.csv", kind="volunteers", follow=True):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("import_new", args=[kind]), {"file": file}, follow=follow)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def the_run(municipality, scope_of):
    with scope_of(municipality):
        return ImportRun.objects.order_by("-made_at", "-id").first()


def filled_in(response):
    """What the mapping page would post as it stands."""
    form = response.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def mapped(client, response, **changed):
    return client.post(response.request["PATH_INFO"], filled_in(response) | changed, follow=True)


def test_from_file_to_volunteers_and_back(municipality, scope_of, desk):
    columns = send(desk, sheets.as_csv(PEOPLE, "cp1252"))
    assert "What do the columns hold?" in text(columns)
    assert filled_in(columns) == {
        "source": "", "col_0": "given_name", "col_1": "family_name", "col_2": "phone", "col_3": "email",
        "col_4": "village",
    }  # fmt: skip
    trial = mapped(desk, columns)
    assert "Nothing is taken in yet." in text(trial)
    assert "Bjørg Sæther · Pål Åsen" in text(trial)
    assert "Take in the list: 3 rows change something" in text(trial)
    run = the_run(municipality, scope_of)
    result = desk.post(reverse("import_start", args=[run.id]), follow=True)
    assert "The list is in: 3 new." in text(result)
    told = text(result).split("What has happened")[1]
    assert told.index("A list was taken in") < told.index("The columns were chosen") < told.index("A list was read")
    assert "Bjørg Sæther" in text(desk.get(reverse("volunteers")))
    assert "Undo all that the list brought?" in text(desk.get(reverse("import_undo", args=[run.id])))
    assert "It is undone." in text(desk.post(reverse("import_undo", args=[run.id]), follow=True))
    with scope_of(municipality):
        assert (Person.objects.count(), Volunteer.objects.count()) == (0, 0)


def test_doubtful_letters_are_asked_about_with_names_from_the_file(municipality, scope_of, desk):
    asked = send(desk, sheets.as_csv(PEOPLE, "cp865"))
    assert "Which letters are right?" in text(asked)
    assert "Bjørg · Sæther · Pål" in text(asked)
    assert "Bjõrg · Sëther · PÜl" in text(asked)
    run = the_run(municipality, scope_of)
    unchosen = desk.post(reverse("import_letters", args=[run.id]), {})
    assert unchosen.status_code == 422
    assert "Choose one of the lines" in text(unchosen)
    columns = desk.post(reverse("import_letters", args=[run.id]), {"encoding": "cp850"}, follow=True)
    assert "Bjørg, Pål, Kari" in text(columns)
    with scope_of(municipality):
        assert ImportRun.objects.get().content is None


def test_when_no_reading_is_right_the_file_is_forgotten(municipality, scope_of, desk):
    send(desk, sheets.as_csv(PEOPLE, "cp865"))
    run = the_run(municipality, scope_of)
    answer = desk.post(reverse("import_letters", args=[run.id]), {"encoding": "none"}, follow=True)
    assert "save it as .xlsx" in text(answer)
    with scope_of(municipality):
        assert [(r.state, r.content) for r in ImportRun.objects.all()] == [("abandoned", None)]


def test_what_is_wrong_is_said_by_row_and_nothing_is_taken_in(municipality, scope_of, desk):
    rows = [*PEOPLE, ("Ola", "", "12345", "", "Atlantis"), ("", "", "90000104", "", "")]
    trial = mapped(desk, send(desk, sheets.as_csv(rows)))
    assert "Something is wrong with 2 rows" in text(trial)
    for said in ("Row 5", "“12345” is no telephone number", "“Atlantis” is not one of these", "The name is missing."):
        assert said in text(trial)
    assert "Choose the mended file" in text(trial)
    run = the_run(municipality, scope_of)
    assert "all, or nothing" in text(desk.post(reverse("import_start", args=[run.id]), follow=True))
    with scope_of(municipality):
        assert Person.objects.count() == 0


def test_rows_to_mend_are_taken_away_as_they_were_given(municipality, scope_of, desk):
    rows = [(*sheets.HEAD, "=Merknad"), *PEOPLE[1:], ("Ola", "", "+47 900 00", "", "", "=1+1"), ("", "", "90000104")]
    trial = mapped(desk, send(desk, sheets.as_csv(rows), "Medlemer våren.csv"))
    assert "Download the rows to mend" in text(trial)
    run = the_run(municipality, scope_of)
    file = desk.get(reverse("import_faults", args=[run.id]))
    assert file["Content-Disposition"] == 'attachment; filename="medlemer-varen-feil.csv"'
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert file.content.decode("utf-8-sig").split("\r\n") == [
        "Row;What is wrong;Fornavn;Etternavn;Mobil;E-post;Grend;'=Merknad",
        "5;“+47 900 00” is no telephone number that can be called.;Ola;;'+47 900 00;;;'=1+1",
        "6;The name is missing.;;;90000104;;;", "",
    ]  # fmt: skip
    with scope_of(municipality):
        assert AccessEntry.objects.filter(persons__contains=[run.id], how="exported").count() == 1


def test_rows_mended_in_the_file_taken_away_are_understood_when_it_is_sent(desk):
    broken = mapped(desk, send(desk, sheets.as_csv([*PEOPLE, ("Ola", "", "+47 900 00", "", "")])))
    file = desk.get(reverse("import_faults", args=[broken.context["run"].id])).content
    columns = send(desk, file.replace(b"'+47 900 00", b"'+47 900 00 104"))
    assert filled_in(columns) == {
        "source": "", "col_0": "", "col_1": "", "col_2": "given_name", "col_3": "family_name", "col_4": "phone",
        "col_5": "email", "col_6": "village",
    }  # fmt: skip
    assert "Take in the list: 1 row changes something" in text(mapped(desk, columns))


def test_without_faults_there_is_nothing_to_take_away(municipality, scope_of, desk):
    assert "Download the rows to mend" not in text(mapped(desk, send(desk, sheets.as_csv(PEOPLE))))
    run = the_run(municipality, scope_of)
    assert desk.get(reverse("import_faults", args=[run.id])).status_code == 302


def test_which_of_several_sheets_is_asked_and_can_be_asked_anew(municipality, scope_of, desk):
    old = [("Navn", "Tlf"), ("Ola Vik", "90000199")]
    asked = send(desk, sheets.as_xlsx([], Gamle=old, Nye=PEOPLE, Tom=[("Navn", "Mobil")]), "liste.xlsx")
    assert "Which sheet?" in text(asked)
    assert [c[0] for c in asked.context["form"].fields["sheet"].choices] == ["Gamle", "Nye"]
    for said in ("Gamle · 1 row", "Nye · 3 rows"):
        assert said in text(asked)
    assert asked.context["form"]["sheet"].value() == "Gamle"
    here = asked.request["PATH_INFO"]
    assert desk.post(here, {"sheet": "Tom"}).status_code == 422
    assert "Ola Vik" in text(desk.post(here, {"sheet": "Gamle"}, follow=True))
    again = text(desk.get(here))
    assert re.search(r'value="Gamle"[^>]*checked', again)
    columns = desk.post(here, {"sheet": "Nye"}, follow=True)
    assert "the sheet “Nye”" in text(columns)
    assert "Choose another sheet" in text(columns)
    mapped(desk, columns)
    run = the_run(municipality, scope_of)
    assert (run.content, run.rows, run.state) == (None, 3, "tried")
    assert desk.get(here).status_code == 302
    assert "not taken in: Gamle." in text(desk.post(reverse("import_start", args=[run.id]), follow=True))


def test_a_sheet_that_cannot_be_read_says_why_and_the_file_is_kept(municipality, scope_of, desk):
    wide = [tuple(f"K{n}" for n in range(70)), tuple(range(70))]
    asked = send(desk, sheets.as_xlsx(wide, Folk=PEOPLE), "liste.xlsx")
    answer = desk.post(asked.request["PATH_INFO"], {"sheet": "Liste"})
    assert answer.status_code == 422
    assert "Row 1 has more than 60 columns" in text(answer)
    assert "the sheet “Folk”" in text(desk.post(asked.request["PATH_INFO"], {"sheet": "Folk"}, follow=True))


def test_another_sheet_of_a_file_taken_in_is_no_list_taken_in_before(desk, municipality, scope_of):
    content = sheets.as_xlsx(PEOPLE, Eldre=[("Navn", "Tlf"), ("Ola Vik", "90000199")])
    first = desk.post(send(desk, content).request["PATH_INFO"], {"sheet": "Liste"}, follow=True)
    mapped(desk, first)
    desk.post(reverse("import_start", args=[the_run(municipality, scope_of).id]))
    for sheet, is_known in (("Liste", True), ("Eldre", False)):
        columns = desk.post(send(desk, content).request["PATH_INFO"], {"sheet": sheet}, follow=True)
        assert ("The very same file" in text(mapped(desk, columns))) is is_known


def test_of_two_telephones_the_mobile_is_first_and_the_other_is_kept_too(municipality, scope_of, desk):
    rows = [
        ("Navn", "Telefon", "Mobil"), ("Kari Li", "57 41 00 01", "90000101"), ("Ola By", "57410002", ""),
        ("Per Li", "90000102", "57 41 00 03"), ("Eva By", "", "57 41 00 04"),
    ]  # fmt: skip
    columns = send(desk, sheets.as_csv(rows), kind="persons")
    assert filled_in(columns) | {"source": ""} == {
        "source": "", "col_0": "whole_name", "col_1": "landline", "col_2": "phone",
    }  # fmt: skip
    trial = mapped(desk, columns)
    assert "left out" not in text(trial)
    run = the_run(municipality, scope_of)
    desk.post(reverse("import_start", args=[run.id]))
    with scope_of(municipality):
        assert sorted(Person.objects.values_list("given_name", "phone", "phone_kind", "other_phone")) == [
            ("Eva", "+4757410004", "landline", ""), ("Kari", "+4790000101", "mobile", "+4757410001"),
            ("Ola", "+4757410002", "landline", ""), ("Per", "+4790000102", "mobile", "+4757410003"),
        ]  # fmt: skip
    assert "Kari Li" in text(desk.get(reverse("persons"), {"q": "57410001"}))


def test_a_third_number_is_left_out_and_the_row_says_which(municipality, scope_of, desk, ours):
    with scope_of(municipality):
        person(ours, "Kari", "Li", phone="+4790000101", other_phone="+4757410009")
    rows = [("Navn", "Tlf privat", "Mobil"), ("Kari Li", "57410001", "90000101"), ("Ola By", "57410002", "")]
    trial = mapped(desk, send(desk, sheets.as_csv(rows), kind="persons"))
    assert "57 41 00 01 is left out: two other numbers stand here already." in text(trial)
    run = the_run(municipality, scope_of)
    remarks = text(desk.get(reverse("import", args=[run.id]), {"vis": "remark"}))
    assert ("Kari Li" in remarks, "Ola By" in remarks) == (True, False)


def test_one_who_stands_with_the_landline_is_found_by_it(municipality, scope_of, desk, ours):
    with scope_of(municipality):
        person(ours, "Kari", "Li", phone="+4757410001", phone_kind="landline")
    rows = [("Navn", "Tlf privat", "Mobil"), ("Kari Li", "57410001", "90000101")]
    trial = mapped(desk, send(desk, sheets.as_csv(rows), kind="persons"))
    assert "Take in the list: 1 row changes something" in text(trial)
    assert "What stands is kept" not in text(trial)
    run = the_run(municipality, scope_of)
    desk.post(reverse("import_start", args=[run.id]))
    with scope_of(municipality):
        assert Person.objects.get().numbers == ("+4757410001", "+4790000101")
    again = mapped(desk, send(desk, sheets.as_csv(rows), kind="persons"))
    assert "Take in the list: nothing is changed" in text(again)
    assert "What stands is kept" not in text(again)
    desk.post(reverse("import_undo", args=[run.id]))
    with scope_of(municipality):
        assert Person.objects.get().numbers == ("+4757410001",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is not a spreadsheet"),
        (b"PK\x03\x04 not really", "save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "of the old kind (.xls)"),
        (b'Navn;Mobil\nKari;"900', "Row 2 cannot be read"),
        (b"Navn;Mobil\n", "There is nothing in the file below the headings"),
        (b"Navn;Mobil\nKari;90000001;x;y\n", "Row 2 has more cells than there are headings"),
    ],
)
def test_broken_files_are_refused_with_a_sentence(municipality, scope_of, desk, content, sentence):
    answer = send(desk, content)
    assert answer.status_code == 422
    assert sentence in text(answer)
    with scope_of(municipality):
        assert ImportRun.objects.count() == 0


def test_a_file_over_the_limit_is_refused_before_it_is_read(desk, monkeypatch):
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    monkeypatch.setattr("samtun.foundation.uploads.MOST_BYTES", 10)
    monkeypatch.setattr("samtun.work.imports.web.forms.MOST_BYTES", 10)
    assert "The file is larger than" in text(send(desk, sheets.as_csv(PEOPLE)))


def test_no_file_is_said_and_so_are_columns_left_out(desk):
    answer = desk.post(reverse("import_new", args=["persons"]), {})
    assert answer.status_code == 422
    assert "Choose the file with the list." in text(answer)
    columns = send(desk, sheets.as_csv(PEOPLE), kind="persons")
    answer = mapped(desk, columns, col_0="", col_1="")
    assert answer.status_code == 422
    assert "Say which column holds the first name" in text(answer)
    answer = mapped(desk, columns, col_1="given_name")
    assert "Two columns are said to hold the same." in text(answer)
    assert mapped(desk, columns, col_0="birth_year_of_the_cat").status_code == 422


@pytest.mark.rule("R112")
def test_another_owner_sees_nothing_of_it(municipality, scope_of, open_as, desk):
    send(desk, sheets.as_csv(PEOPLE))
    run = the_run(municipality, scope_of)
    with scope_of(municipality):
        theirs = owner("Røde Kors", "organisation")
    stranger = open_as(coordinator(theirs))
    for name in ("import", "import_sheet", "import_faults", "import_map", "import_undo"):
        assert stranger.get(reverse(name, args=[run.id])).status_code == 404
    for name in ("import_letters", "import_sheet", "import_map", "import_start", "import_give_up", "import_undo"):
        assert stranger.post(reverse(name, args=[run.id])).status_code == 404
    assert "liste.csv" not in text(stranger.get(reverse("imports")))


def test_reading_a_list_is_logged_and_forgetting_it_leaves_no_rows(municipality, scope_of, desk):
    send(desk, sheets.as_csv(PEOPLE))
    run = the_run(municipality, scope_of)
    with scope_of(municipality):
        assert AccessEntry.objects.filter(persons__contains=[run.id], purpose="taking in a list").exists()
    assert "forgotten" in text(desk.post(reverse("import_give_up", args=[run.id]), follow=True))
    with scope_of(municipality):
        assert ImportRow.objects.count() == 0
    assert desk.post(reverse("import_start", args=[run.id])).status_code == 302
    assert "liste.csv" not in text(desk.get(reverse("imports")))


def test_used_rows_are_named_instead_of_undone(municipality, scope_of, desk, ours):
    with scope_of(municipality):
        by = Viewer.system(municipality.id, frozenset({ours.id}))
        run = lists.taken_in(ours, PEOPLE, by=by, at=AT, kind="persons")
        Person.objects.filter(given_name="Kari").update(do_not_contact=True)
        run.done_at = run.made_at
    from samtun.kernel import clock

    with scope_of(municipality):
        ImportRun.objects.update(done_at=clock.now())
    answer = desk.post(reverse("import_undo", args=[run.id]))
    assert answer.status_code == 409
    assert "It can no longer be undone" in text(answer)
    assert "Row 4" in text(answer)
    assert "has been changed" in text(answer)


def test_the_administrator_takes_in_organisations(municipality, scope_of, open_as, ours):
    from dataclasses import replace

    viewer = coordinator(ours, permissions=frozenset({Permission.MANAGE_SETTINGS}))
    admin = open_as(replace(viewer, hat=replace(viewer.hat, role=Role.MUNICIPAL_ADMINISTRATOR)))
    rows = [
        ("Navn", "Type", "Orgnr", "Tlf"),
        ("Dalgrend idrettslag", "Lag", "", "57001122"),
        ("Bygdekvinnelaget", "", "", ""),
    ]
    trial = mapped(admin, send(admin, sheets.as_xlsx(rows), "lag.xlsx", kind="organisations"))
    assert "Take in the list: 2 rows change something" in text(trial)
    run = the_run(municipality, scope_of)
    assert "2 new" in text(admin.post(reverse("import_start", args=[run.id]), follow=True))
    assert "Bygdekvinnelaget" in text(admin.get(reverse("all_organisations")))
    again = mapped(admin, send(admin, sheets.as_xlsx(rows), "lag.xlsx", kind="organisations"))
    assert "nothing is changed" in text(again)
    admin.post(reverse("import_undo", args=[run.id]))
    with scope_of(municipality):
        assert not Organisation.objects.filter(name="Bygdekvinnelaget").exists()
    assert admin.get(reverse("import_new", args=["volunteers"])).status_code == 404


def test_a_coordinator_takes_in_no_organisations(desk):
    assert desk.get(reverse("import_new", args=["organisations"])).status_code == 404
    assert "Volunteers" in text(desk.get(reverse("imports")))
