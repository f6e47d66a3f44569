"""The documents: links are alive, and what they name exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from samtun.foundation.viewer import Permission
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.enums import AskState, MatchState, RequestState
from samtun.operation.referrals.enums import State as ReferralState
from samtun.people.roles.rules import CLASSES
from tests.architecture.source import ROOT, SRC, rel, rooms

FOLDERS = ("adr", "explanation", "how-to", "reference", "tutorials")
MOST_BYTES = 400_000
LINK = re.compile(r"""\]\(([^)\s]+)\)|<img[^>]*\ssrc=["']([^"']+)["']""")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MADE = re.compile(r"`make ([a-z][a-z-]*)|^make ([a-z][a-z-]*)", re.MULTILINE)
TARGET = re.compile(r"^([a-z][a-z-]*):.*## ", re.MULTILINE)
ENVIRON = re.compile(
    r"""environ(?:\.get|\.setdefault)?[\[(]f?["']([A-Z_]+|SAMTUN_\{role\.upper\(\)\}_DATABASE_URL)["']"""
)
OTHERS_NAMES = {"DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER"}


def pages() -> list[Path]:
    """README, the logs beside it, and everything under docs."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def anchors(text: str) -> set[str]:
    """The names a page's headings can be linked by."""
    heads = (re.sub(r"[`*]|\[|\]\([^)]*\)", "", head).strip().lower() for head in HEADING.findall(text))
    return {re.sub(r"[^\w\- ]", "", head).replace(" ", "-") for head in heads}


def dead_links(page: Path) -> list[str]:
    """Relative links of a page that lead nowhere."""
    dead = []
    for found in LINK.finditer(page.read_text()):
        link = found[1] or found[2]
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        known = target.exists()
        if not known or (anchor and anchor not in anchors(target.read_text())):
            dead.append(f"{page.name}: {link}")
    return dead


def targets() -> set[str]:
    """What can be made."""
    return set(TARGET.findall((ROOT / "Makefile").read_text()))


def rows(text: str) -> set[str]:
    """The code words that begin a table's row, and those after a comma in the first cell."""
    return {
        w for line in text.splitlines() if line.startswith("| `") for w in re.findall(r"`(\w+)`", line.split("|")[1])
    }


def page(name: str) -> str:
    """The text of a page under docs."""
    return (ROOT / "docs" / name).read_text()


@pytest.fixture
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_links_are_alive():
    assert [dead for p in pages() for dead in dead_links(p)] == []


def test_a_dead_link_is_seen(tmp_path: Path):
    (tmp_path / "here.md").write_text("# One word\n[a](there.md) [b](#one-word) [c](#two) <img src='x.png'>")
    assert dead_links(tmp_path / "here.md") == ["here.md: there.md", "here.md: #two", "here.md: x.png"]


def test_every_page_can_be_found_from_the_index():
    index = page("README.md") + page("adr/README.md")
    hidden = [rel(p) for p in pages() if p.parent.name in FOLDERS and p.name not in index and p.name != "README.md"]
    assert hidden == []


def test_what_is_to_be_made_can_be_made():
    named = {(rel(p), a or b) for p in pages() for a, b in MADE.findall(p.read_text())}
    assert {(where, name) for where, name in named if name not in targets()} == set()


def test_every_target_is_described():
    assert targets() - set(re.findall(r"^\| `make ([a-z-]+)`", page("reference/make.md"), re.MULTILINE)) == {"help"}


def test_every_setting_is_described():
    read = {n for p in SRC.rglob("*.py") for n in ENVIRON.findall(p.read_text())} - OTHERS_NAMES
    read = {n for n in read if "{" not in n}
    assert "DATABASE_URL" in read
    assert read - rows(page("reference/settings.md")) == set()


@pytest.mark.parametrize("states", [RequestState, AskState, MatchState, Message.State, ReferralState])
def test_every_state_is_described(states: type):
    assert set(states.values) - rows(page("reference/states.md")) == set()


@pytest.mark.usefixtures("_in_english")
def test_roles_are_described_in_their_own_sentences():
    text = page("reference/roles.md")
    said = [str(c.name) for c in CLASSES.values() if c.role != "system" and f"| {c.name} |" not in text]
    said += [str(c.name) for c in CLASSES.values() if c.role != "system" and str(c.sentence) not in text]
    assert said == []
    assert {p.value for p in Permission} - rows(text) == set()


@pytest.mark.usefixtures("_in_english")
def test_who_has_which_permission_is_told_truly():
    wrong = []
    for permission in Permission:
        line = next(x for x in page("reference/roles.md").splitlines() if x.startswith(f"| `{permission.value}` |"))
        has = [str(c.name) for c in CLASSES.values() if permission in c.permissions and c.role != "system"]
        if line.split("|")[3].strip() != ", ".join(has):
            wrong.append(permission.value)
    assert wrong == []


def test_every_room_stands_on_the_map():
    text = page("reference/structure.md")
    assert [rel(room) for room in rooms() if f"`{room.name}`" not in text] == []


def test_rules_name_tests_that_are_there():
    listed, wrong = [], []
    for line in page("reference/rules.md").splitlines():
        if found := re.match(r"\| (R\d+) \|", line):
            listed.append(found[1])
            for name in re.findall(r"`([\w/]+\.py)`", line.rsplit("|", 2)[1]):
                file = next((f for f in (ROOT / "tests" / name, ROOT / "tests" / "samtun" / name) if f.exists()), None)
                if file is None or f'"{found[1]}"' not in file.read_text():
                    wrong.append(f"{found[1]}: {name}")
    assert wrong == []
    assert listed == [f"R{n:02}" for n in range(1, 115)]


def test_pictures_are_light():
    heavy = [rel(p) for p in (ROOT / "docs" / "pictures").iterdir() if p.stat().st_size > MOST_BYTES]
    assert heavy == []
