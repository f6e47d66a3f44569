"""Words: none that make people into cases, no address of a machine, no secret (look.md, conventions)."""

import re
import subprocess

import pytest

from tests.architecture.source import ROOT, SAMTUN, rel

# Words of an office about people, in both forms. `brukar` and `bruker` also stand in other words, hence the bounds.
OFFICE = re.compile(
    r"\b(bestill\w*|rekvir\w*|vedtak\w*|bruker|brukeren|brukere|brukerne|brukers|brukar|brukaren|brukarar|brukarane|"
    r"klient\w*|saksbehandl\w*|sakshandsam\w*|pasient\w*|innvilg\w*|rett (?:til|på) hjelp\w*)\b",
    re.IGNORECASE,
)
# One form of each word (docs/how-to/translate.md): these are the others, and words another has taken the place of.
FORMS = {
    "nb": re.compile(
        r"\b((?:saks|vente|dør)?listen|døren|(?:prøve|mellom)?tiden|klokken|gruppen|uken|natten|helgen|frem|"
        r"seinere|man|ei|hjelpa|påmeldinga|nettsida|publiser\w*|booke?|booket|prosjektør\w*)\b",
        re.IGNORECASE,
    ),
    "nn": re.compile(
        r"\b(svarar|(?:har|ikkje) svara|vert|verte|vorte|blei|høver|begyn\w*|komme|også|attende|sakslista|(?-i:La)|"
        r"eller la (?:det|feltet)|(?:spør\w*|spurd|opna?r?|gjeld|møt\w*|om|kjen\w+|ring\w*|tilbake|fram|kjem) att)\b",
        re.IGNORECASE,
    ),
}
HARD = re.compile(r"\b(de har|deres ønske|vennligst|venlegast)\b", re.IGNORECASE)
ENGLISH_LOCK = re.compile(r"https?://")


def office_words(text: str) -> list[str]:
    """Words a person should not meet here."""
    return sorted({m.group(0).lower() for pattern in (OFFICE, HARD) for m in pattern.finditer(text)})


def tracked(*patterns: str) -> list[str]:
    """Files under version control."""
    done = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[:-1]


def translations(po: str) -> str:
    """Only what people read of a catalogue."""
    return "\n".join(line for line in po.splitlines() if not line.startswith(("msgid", "#")))


@pytest.mark.rule("R02")
@pytest.mark.rule("R30")
def test_no_office_words_in_what_people_read():
    folders = [SAMTUN / s for s in ("operation", "notifications", "portal", "evaluation", "foundation", "people")]
    texts = {
        rel(p): p.read_text()
        for f in folders
        for p in [*f.rglob("templates/**/*.html"), *f.rglob("templates/**/*.txt")]
    }
    texts |= {rel(p): translations(p.read_text()) for p in (SAMTUN / "locale").rglob("*.po")}
    assert {name: words for name, text in texts.items() if (words := office_words(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Bestill hjelp",
        "Hjelpa er innvilga",
        "du har rett på hjelp",
        "for brukere",
        "vedtaket ditt",
        "brukarane våre",
        "Vennligst vent",
    ],
)
def test_office_words_are_seen(text: str):
    assert office_words(text)


def other_forms(language: str, text: str) -> list[str]:
    """Words in another form than the one this language has here."""
    return sorted({m.group(0).lower() for m in FORMS[language].finditer(text)})


@pytest.mark.parametrize("language", sorted(FORMS))
def test_one_form_of_each_word(language: str):
    texts = {rel(p): p.read_text() for p in SAMTUN.rglob(f"templates/**/*.{language}.txt")}
    assert texts
    po = SAMTUN / "locale" / language / "LC_MESSAGES" / "django.po"
    texts[rel(po)] = translations(po.read_text())
    assert {name: words for name, text in texts.items() if (words := other_forms(language, text))} == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Se på listen"),
        ("nb", "står på sakslisten"),
        ("nb", "Tiden er ute"),
        ("nb", "en eller ei kortere tid"),
        ("nb", "Avtalt seinere"),
        ("nb", "Hvordan låner man det?"),
        ("nb", "Book hus"),
        ("nn", "Ho svarar ikkje"),
        ("nn", "det vert ikkje noko"),
        ("nn", "Vi spør att om eit halvt år"),
        ("nn", "når det høver"),
        ("nn", "La det stå"),
    ],
)
def test_other_forms_are_seen(language: str, text: str):
    assert other_forms(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [("nb", "lista ved døra, nei, mandag"), ("nb", "leverandøren, bokmål"), ("nb", "en kortere tid")],
)
def test_the_forms_used_are_let_through(language: str, text: str):
    assert other_forms(language, text) == []


@pytest.mark.parametrize("text", ["Be om hjelp", "forbruket", "brukt", "vi brukte tid", "Bestemor"])
def test_ordinary_words_are_let_through(text: str):
    assert office_words(text) == []


def test_locks_hold_no_address():
    locks = tracked("*lock.json", "*.lock", "pylock*", "requirements/*", "*.npmrc")
    assert locks
    assert [name for name in locks if ENGLISH_LOCK.search((ROOT / name).read_text())] == []


def test_every_requirement_is_pinned_with_hashes():
    for name in tracked("requirements/*.txt"):
        lines = (ROOT / name).read_text().splitlines()
        pins = [line for line in lines if line and not line.startswith((" ", "#"))]
        assert pins, name
        assert all("==" in line for line in pins), name
        assert sum(line.strip().startswith("--hash=sha256:") for line in lines) >= len(pins), name


# Built from pieces, so that this file does not hold what it looks for.
MACHINE = re.compile("|".join(["/" + "work/", "/" + "root/", "/" + r"home/\w+/", "/" + r"Users/\w+/"]))
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{30}")


def test_no_machine_paths_and_no_secrets():
    found = []
    for name in tracked():
        path = ROOT / name
        if path.is_symlink() or not path.is_file() or path.suffix in {".png", ".woff2", ".ttf", ".pdf"}:
            continue
        text = path.read_text(errors="replace")
        found += [f"{name}: {m.group(0)}" for p in (MACHINE, SECRET) for m in [p.search(text)] if m]
    assert found == []


def test_a_machine_path_is_seen():
    assert MACHINE.search("see " + "/" + "home/kari/code")
    assert not MACHINE.search("/var/lib/samtun")


PAGES = ("have-children", "lend-out", "publish", "put-", "sign-people", "take-in")
NAMED = re.compile(r"\*{1,2}([^*]*[æøåÆØÅ][^*]*)\*")


def test_what_is_pressed_in_the_programme_is_named_in_english():
    pages = [p for p in (ROOT / "docs" / "how-to").glob("*.md") if p.name.startswith(PAGES)]
    assert len(pages) >= 8
    assert {p.name: names for p in pages if (names := NAMED.findall(p.read_text()))} == {}
