"""The spreadsheet that the centre has: read as it is, seen before it is taken in, taken in once, and out again."""

import re

import pytest
from playwright.sync_api import expect

from samtun.foundation.models import AccessEntry
from samtun.foundation.viewer import Role
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.models import Person
from samtun.work.imports.models import ImportRow, ImportRun
from tests.factories import broken_files, sheets

LEAD = "Those who have said yes to being asked: who they are, and what they would like to help with."
MANY = 310  # more than are taken in while the page is made: so there is a bar
HEAD = ("Medl.nr", "Førenamn", "Gardsnamn", "Telefon", "Mobil", "Vil vere med på", "Hund")


def members(*, mended):
    """The centre's own list: numbers of its own, two telephones, a column that is nobody's business; two rows wrong."""
    given, family = broken_files.GIVEN, broken_files.FAMILY
    rows = [
        [n, given[n % len(given)], family[n % len(family)], f"57 41 {n // 100:02} {n % 100:02}" if n % 5 == 0 else "",
         f"900 {n:05}", "Snø på trappa" if n % 2 else "", "ja"]
        for n in range(1, MANY + 1)
    ]  # fmt: skip
    if not mended:
        rows[1][4], rows[6][5] = "+47 900 00", "Luftballong"
    return [HEAD, *rows]


def workbook(*, mended):
    return sheets.as_xlsx(
        [("Frivillige i Dalgrend",)], Gamle=members(mended=True)[:3], Gjeldande=members(mended=mended)
    )


def sends(window, say, content, name):
    """Choose a file on the page where one is."""
    window.page.locator("[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    window.press(say("Look at the list"))


def begins(window, say):
    """From the list of lists to the page with the file."""
    window.open("/ark/")
    with window.page.expect_navigation():
        window.page.get_by_role("link", name=say("Volunteers")).filter(has_text=say(LEAD)).click()
    window.look()


def says_what_it_holds(window, say, sheet):
    """Which sheet, and what the columns hold: what the headings tell is chosen already."""
    page = window.page
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Which sheet?"))
    for words in ("Gamle · 2 rader", f"Gjeldande · {MANY} rader"):  # the same words in both
        expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main")).not_to_contain_text("Liste ·")
    page.get_by_label(sheet).check()
    window.press(say("Go on"))
    for column, holds in (
        ("Førenamn", "First name"), ("Mobil", "Mobile or only number"),
        ("Telefon", "Landline or second number"), ("Medl.nr", "The list's own number for each"),
        ("Hund", "Leave out"), ("Gardsnamn", "Leave out"),
    ):  # fmt: skip
        expect(page.get_by_label(column, exact=True).locator("option:checked")).to_have_text(say(holds))
    page.get_by_label("Gardsnamn").select_option(label=say("Family name"))
    page.get_by_label("Vil vere med på").select_option(label=say("Would like to help with"))
    page.get_by_label(say("What do you call this list?")).fill("Medlemslista")
    window.press(say("Show what would happen"))


def waits(window, say, place):
    """A bar while it goes on; then the page comes by itself, or with one press where there is no JavaScript."""
    page = window.page
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("#bar")).to_contain_text(say("%(done)s of %(total)s", done=0, total=MANY))
    place.work()
    if window.javascript:
        expect(page.locator("#bar")).to_have_count(0)
        window.look()
    else:
        window.press(say("See how far it has come"), role="link")


def takes_away_what_is_wrong(window, say):
    """Each row with its reason on the page; and in a file, as it was given, for the one who keeps the list."""
    page = window.page
    too_short = say("“%(text)s” is no telephone number that can be called.", text="+47 900 00")
    vigil = {"nb": "Våketjeneste", "nn": "Våketeneste"}[window.page.locator("html").get_attribute("lang")]
    kinds = f"Snø på trappa, {vigil}, Besøk"
    no_kind = say("“%(text)s” is not one of these: %(choices)s.", text="Luftballong", choices=kinds)
    for words in (say("Row %(n)s", n=3), too_short, say("Row %(n)s", n=8), no_kind, say("Nothing is taken in yet.")):
        expect(page.locator("main")).to_contain_text(words)
    with page.expect_download() as coming:
        page.get_by_role("link", name=say("Download the rows to mend")).click()
    assert coming.value.suggested_filename == "medlemer-feil.csv"
    head, first, second, rest = coming.value.path().read_bytes().decode("utf-8-sig").split("\r\n")
    assert (head, rest) == (";".join((say("Row"), say("What is wrong"), *HEAD)), "")
    assert first == f"3;{too_short};2;Åse;Nordmann;;'+47 900 00;;ja"
    assert second.startswith("8;")
    assert second.endswith(";7;Håkon;Æsøy;;900 00007;Luftballong;ja")


def takes_in(window, say, place):
    """Press the button that says how many rows change something."""
    with window.page.expect_navigation():
        window.page.locator("form[action$='/start/'] button").click()
    window.look()
    waits(window, say, place)
    expect(window.page.locator("main")).to_contain_text(say("What became of the rows"))


def has_two_numbers_already(place):
    """The tenth on the list is known here, with a mobile and another landline than the list's."""
    given, family = (names[10 % len(names)] for names in (broken_files.GIVEN, broken_files.FAMILY))
    with place.scope():
        known = place.tun.person(given, family, "+4790000010")
        Person.objects.filter(id=known.id).update(other_phone="+4757999999")


def sees_the_remarks(window, say):
    """What is left out of a row is said before it is taken in."""
    window.page.locator("label", has_text=say("With a remark")).click()
    if not window.javascript:
        window.press(say("Show"))
    expect(window.page).to_have_url(re.compile("vis=remark"))
    left_out = say("%(phone)s is left out: two other numbers stand here already.", phone="57 41 00 10")
    expect(window.page.locator("main")).to_contain_text(left_out)


def standing(place):
    """How many volunteers and persons of the list stand, and how many rows wait."""
    with place.scope():
        own = Person.objects.filter(phone__startswith="+47900003") | Person.objects.filter(
            phone__startswith="+47900000"
        )
        return Volunteer.objects.count(), own.exclude(given_name="Turid").count(), ImportRow.objects.count()


@pytest.mark.journey
def test_members(place, windows, say):
    """From the workbook to volunteers: asked, seen, mended, taken in with a bar, once; and undone."""
    has_two_numbers_already(place)
    turid = windows(role=Role.LEADER)
    main = turid.page.locator("main")
    begins(turid, say)
    sends(turid, say, workbook(mended=False), "medlemer.xlsx")
    says_what_it_holds(turid, say, "Gjeldande")
    waits(turid, say, place)
    takes_away_what_is_wrong(turid, say)
    turid.press(say("Choose the mended file"), role="link")
    sends(turid, say, workbook(mended=True), "medlemer.xlsx")
    says_what_it_holds(turid, say, "Gjeldande")
    waits(turid, say, place)
    assert standing(place)[0] == 0, "seen, and not taken in"
    sees_the_remarks(turid, say)
    takes_in(turid, say, place)
    assert standing(place)[0] == MANY
    with place.scope():
        both = Person.objects.get(other_phone="+4757410005")
        assert (both.phone, both.phone_kind) == ("+4790000005", "mobile"), "texts go to the mobile"
    first = turid.page.url
    begins(turid, say)
    sends(turid, say, workbook(mended=True), "medlemer.xlsx")
    says_what_it_holds(turid, say, "Gjeldande")
    waits(turid, say, place)
    expect(main).to_contain_text(say("Take in the list: nothing is changed"))
    takes_in(turid, say, place)
    assert standing(place)[0] == MANY, "no doubles"
    turid.open(first)
    turid.press(say("Undo all of it"), role="link")
    turid.press(say("Yes, undo it"))
    waits(turid, say, place)
    expect(main).to_contain_text(say("Undone"))
    with place.scope():
        assert Volunteer.objects.count() == 0
        known = Person.objects.exclude(given_name="Turid").get()
        assert (known.phone, known.other_phone) == ("+4790000010", "+4757999999"), "as before the list"
        run = ImportRun.objects.order_by("made_at").first()
        assert AccessEntry.objects.filter(persons__contains=[run.id], how="exported").count() == 1


@pytest.mark.journey
def test_letters(place, windows, say):
    """A csv from an old machine does not tell its letters: three names from it are shown, and a person says which."""
    turid = windows(role=Role.COORDINATOR)
    main = turid.page.locator("main")
    begins(turid, say)
    sends(turid, say, sheets.as_csv([sheets.HEAD, *sheets.PEOPLE], "cp865"), "gammal.csv")
    expect(turid.page.get_by_role("heading", level=1)).to_have_text(say("Which letters are right?"))
    expect(main).to_contain_text("Bjõrg · Sëther · PÜl")
    refused(turid, say("Go on"))
    expect(main).to_contain_text(say("Choose one of the lines, and then go on."))
    turid.page.get_by_label("Bjørg · Sæther · Pål").first.check()
    turid.press(say("Go on"))
    turid.press(say("Show what would happen"))
    expect(main).to_contain_text("Bjørg Sæther · Pål Åsen")
    with turid.page.expect_navigation():
        turid.page.locator("form[action$='/start/'] button").click()
    turid.look()
    with place.scope():
        assert sorted(Person.objects.exclude(given_name="Turid").values_list("family_name", flat=True)) == [
            "Nordmann", "Sæther", "Åsen",
        ]  # fmt: skip


def refused(window, button):
    """Press a button that leads to the same page with a sentence, which is looked at as any other."""
    with window.page.expect_navigation():
        window.page.get_by_role("button", name=button, exact=True).click()
    assert len([t for t in window.troubles if "422" in t]) > 0
    window.troubles.clear()
    window.look()


def test_broken(windows, say):
    """What cannot be read is said with its row and what to do; the page is still there for a file that can."""
    turid = windows(role=Role.COORDINATOR)
    begins(turid, say)
    unclosed = say(
        "Row %(row)d cannot be read: look for a quotation mark that is opened and never closed, "
        "or text after a closed one.", row=3,
    )  # fmt: skip
    others = say(
        "The file is of the old kind (.xls), or locked with a password. Open it in the spreadsheet program, save it "
        "as .xlsx without a password, and try that file."
    )
    for content, sentence in (
        (b'Navn;Mobil\r\nOla Vik;90000001\r\nKari Li;"90000002\r\n', unclosed),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), others),
    ):
        file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": content}
        turid.page.locator("[type=file]").set_input_files(file)
        refused(turid, say("Look at the list"))
        expect(turid.page.locator("main")).to_contain_text(sentence)
    sends(turid, say, sheets.as_csv([sheets.HEAD, *sheets.PEOPLE]), "liste.csv")
    expect(turid.page.get_by_role("heading", level=1)).to_have_text(say("What do the columns hold?"))
    assert re.search(r"/ark/[0-9a-f-]+/kart/$", turid.page.url)
