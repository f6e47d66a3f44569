"""The front-end build: what we serve is what was agreed to, and comes from nowhere by name."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[3]
ASSETS = ROOT / "assets"
BUILD = ROOT / "build"


@pytest.fixture(autouse=True)
def _built():
    assert (BUILD / "static" / "app.css").exists(), "Run `python tools/assets.py` first."


def test_copied_files_are_the_agreed_ones():
    lines = (ASSETS / "vendor.sha256").read_text().splitlines()
    agreed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    vendor = BUILD / "static" / "vendor"
    found = {
        str(p.relative_to(vendor)): hashlib.sha256(p.read_bytes()).hexdigest() for p in vendor.rglob("*") if p.is_file()
    }
    assert found == agreed


def test_no_copied_script_points_to_a_source_map():
    served = [p for p in (BUILD / "static").rglob("*") if p.suffix in {".js", ".css", ".mjs"}]
    assert served
    assert [p.name for p in served if "sourceMappingURL" in p.read_text() or p.suffix == ".mjs"] == []


def test_the_lock_pins_every_package_by_its_content_and_names_no_address():
    lock = json.loads((ASSETS / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [n for n, p in packages.items() if "resolved" in p or not p.get("integrity", "").startswith("sha512-")] == []
    wanted = json.loads((ASSETS / "package.json").read_text())
    versions = [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]
    assert [v for v in versions if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []


def test_the_joined_sheet_holds_every_component_and_imports_nothing():
    joined = (BUILD / "static" / "app.css").read_text()
    names = (ASSETS / "css" / "order.txt").read_text().split()
    assert re.findall(r"^/\* ([a-z-]+) \*/$", joined, re.M) == names
    assert {f"{n}.css" for n in names} | {"theme.css"} == {p.name for p in (ASSETS / "css").glob("*.css")}
    assert "@import" not in joined
    for name in names:
        assert (ASSETS / "css" / f"{name}.css").read_text().strip() in joined, f"{name}.css has changed; build again"


@pytest.mark.parametrize(("style", "weight"), [("Regular", 400), ("SemiBold", 600), ("Bold", 700)])
def test_fonts_for_paper_have_names_of_their_own_and_our_letters(style, weight):
    font = TTFont(BUILD / "fonts" / f"Inter-{style}.ttf")
    assert font["name"].getDebugName(6) == f"Inter-{style}"
    assert font["OS/2"].usWeightClass == weight
    assert bool(font["head"].macStyle & 1) == (style == "Bold")
    assert set(map(ord, "æøåÆØÅáčđŋšŧž«»–·")) <= set(font.getBestCmap())
    assert "fvar" not in font


def test_our_own_script_stays_tiny():
    assert len((ASSETS / "js" / "app.js").read_text().splitlines()) <= 80
