"""Prepare the front-end files under build/: third-party files, the joined style sheet, fonts for paper, axe for tests.

    python tools/assets.py           build what is missing or changed
    python tools/assets.py --write   also write assets/vendor.sha256 anew, after a deliberate upgrade
    python tools/assets.py --check   build nothing; fail when a copied file differs from the list

Needs npm on the machine (Node 20 or newer) and fontTools.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
MODULES = ASSETS / "node_modules"
BUILD = ROOT / "build"
VENDOR = BUILD / "static" / "vendor"
SUMS = ASSETS / "vendor.sha256"
STAMP = BUILD / ".assets"

# Django's manifest storage rewrites imports in *.js only, so every script ends in .js.
COPIES = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet.css",
    "@digdir/designsystemet-web/dist/umd/index.js": "designsystemet-web.js",
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "htmx.org/dist/ext/hx-sse.min.js": "hx-sse.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "fonts/inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "fonts/inter-latin-ext.woff2",
    "@digdir/designsystemet-css/LICENSE": "licenses/designsystemet.txt",
    "@fontsource-variable/inter/LICENSE": "licenses/inter.txt",
    "htmx.org/LICENSE": "licenses/htmx.txt",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre/maplibre-gl.js",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre/maplibre-gl-worker.js",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre/maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "licenses/maplibre.txt",
}
# Inter's static cuts for typst, which does not read variable fonts.
CUTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
SOURCE_MAP = re.compile(rb"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=[^*]*\*/)\s*$")


def style_sheets() -> list[Path]:
    """The app's own sheets in reading order: the names in assets/css/order.txt."""
    names = (ASSETS / "css" / "order.txt").read_text().split()
    listed = [ASSETS / "css" / f"{name}.css" for name in names]
    unlisted = set((ASSETS / "css").glob("*.css")) - set(listed) - {ASSETS / "css" / "theme.css"}
    if unlisted:
        sys.exit(f"assets/css/order.txt does not name: {', '.join(sorted(p.name for p in unlisted))}")
    return listed


def fingerprint() -> str:
    """One sum over everything the build is made from."""
    sources = [
        Path(__file__),
        ASSETS / "package-lock.json",
        ASSETS / "css" / "order.txt",
        ASSETS / "css" / "theme.css",
        SUMS,
        *style_sheets(),
    ]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes() if source.exists() else b"-")
    return digest.hexdigest()


def install() -> None:
    """Fetch the locked packages unless this very lock is installed already."""
    lock = ASSETS / "package-lock.json"
    stamp = MODULES / ".lock.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch the style sheets and fonts: install Node.js 20 or newer, then run this again.")
    command = [npm, "ci", "--ignore-scripts", "--omit=dev", "--no-fund", "--no-audit", "--loglevel=error"]
    if subprocess.run(command, cwd=ASSETS, check=False).returncode:
        sys.exit("npm could not fetch the packages in assets/package-lock.json. Check the network and run this again.")
    stamp.write_text(wanted)


def copy() -> None:
    """Copy the few files we serve; pointers to source maps would break collectstatic, so they go."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, name in COPIES.items():
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        content = (MODULES / source).read_bytes()
        if target.suffix in {".js", ".css"}:
            content = SOURCE_MAP.sub(b"\n", content)
        target.write_bytes(content)
    axe = BUILD / "test" / "axe.min.js"
    axe.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(MODULES / "axe-core" / "axe.min.js", axe)


def sums() -> str:
    """The sha256 list of the copied files, in the form `sha256sum -c` reads."""
    lines = [f"{hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()}  {name}" for name in sorted(COPIES.values())]
    return "\n".join(lines) + "\n"


def check() -> None:
    """Stop with a sentence when a copied file is not the one that was committed to."""
    if not VENDOR.exists():
        sys.exit("build/static/vendor is missing: run this without --check first.")
    if sums() != SUMS.read_text():
        sys.exit("A copied file differs from assets/vendor.sha256. If you upgraded on purpose, run this with --write.")


def join() -> None:
    """Join the app's own sheets into one file; deterministic, no @import at run time."""
    parts = [f"/* {sheet.stem} */\n{sheet.read_text().strip()}\n" for sheet in style_sheets()]
    theme = BUILD / "static" / "css" / "theme.css"
    theme.parent.mkdir(parents=True, exist_ok=True)
    theme.write_bytes((ASSETS / "css" / "theme.css").read_bytes())
    target = BUILD / "static" / "app.css"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(parts))


def cut_fonts() -> None:
    """Write Inter as static TTF, each cut with names of its own (the instancer leaves them all named Regular)."""
    from fontTools import merge, ttLib  # inline: optional, --check needs none
    from fontTools.varLib import instancer  # inline: as above

    target = BUILD / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for weight, style in CUTS.items():
        parts = []
        for part in ("latin", "latin-ext"):
            font = ttLib.TTFont(VENDOR / "fonts" / f"inter-{part}.woff2")
            cut = instancer.instantiateVariableFont(font, {"wght": weight})
            cut.flavor = None
            path = target / f"{part}-{weight}.part"
            cut.save(path)
            parts.append(str(path))
        whole = merge.Merger(merge.Options(drop_tables=["STAT", "GDEF", "GPOS", "GSUB"])).merge(parts)
        name_cut(whole, weight, style)
        whole.save(target / f"Inter-{style}.ttf")
        for path in parts:
            Path(path).unlink()


def name_cut(font: Any, weight: int, style: str) -> None:
    """Set family, style, full and PostScript names and the style bits of one cut."""
    plain = style in {"Regular", "Bold"}
    names = {
        1: "Inter" if plain else f"Inter {style}",
        2: style if plain else "Regular",
        4: f"Inter {style}",
        6: f"Inter-{style}",
        16: "Inter",
        17: style,
    }
    for number in (1, 2, 4, 6, 16, 17, 25):
        font["name"].removeNames(nameID=number)
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (0b100000 if bold else 0b1000000)
    font["head"].macStyle = (font["head"].macStyle & ~0b11) | int(bold)


def main(arguments: list[str]) -> None:
    """Build what is missing or changed, or only check."""
    if "--check" in arguments:
        check()
        return
    if "--write" not in arguments and STAMP.exists() and STAMP.read_text() == fingerprint():
        return
    install()
    copy()
    if "--write" in arguments:
        SUMS.write_text(sums())
    check()
    join()
    cut_fonts()
    STAMP.write_text(fingerprint())
    print("Front-end files are ready in build/.")


if __name__ == "__main__":
    main(sys.argv[1:])
