"""Translations: what the code says, and whether bokmål and nynorsk say it too. English is the message ids themselves.

python tools/messages.py --check            fail when something is missing, empty, fuzzy, unused or misquoted
python tools/messages.py --compile [file]   write .mo beside each .po (needed before pages show Norwegian)
python tools/messages.py --tidy             sort, and merge entries that stand twice
python tools/messages.py --missing nn       print what is missing in one language, ready to fill in
"""

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, normalize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "samtun"
LOCALE = SOURCE / "locale"
LANGUAGES = ("nb", "nn")
KEYWORDS: dict = {
    name: spec
    for base, spec in (
        ("gettext", None), ("ngettext", (1, 2)), ("pgettext", ((1, "c"), 2)), ("npgettext", ((1, "c"), 2, 3)),
    )
    for name in (base, f"{base}_lazy", f"{base}_noop")
} | {"_": None}  # fmt: skip
HOLES = re.compile(r"%\((\w+)\)[sd]|(%[sd])|\{(\w*)\}")

# context, singular, plural
type Key = tuple[str, str, str]


class Strict(Catalog):
    """A catalogue that remembers what stood twice with different words."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.twice: list[str] = []

    def __setitem__(self, key: object, message: Message) -> None:
        earlier = self._messages.get(self._key_for(key, message.context)) if message.id else None
        if earlier is not None and earlier.string != message.string:
            self.twice.append(str(message.id))
        super().__setitem__(key, message)


def read(language: str, locale: Path = LOCALE) -> Strict:
    """The catalogue of one language, as it stands."""
    catalogue = Strict(locale=language)
    path = locale / language / "LC_MESSAGES" / "django.po"
    if path.exists():
        PoFileParser(catalogue, ignore_obsolete=True).parse(io.StringIO(path.read_text()))
    return catalogue


def key_of(message: Message) -> Key:
    """What identifies a message."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id, "")
    return (message.context or "", ids[0], ids[1])


def strings_of(message: Message) -> list[str]:
    """The translations of a message, one or one for each plural form."""
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]


def said(source: Path = SOURCE) -> dict[Key, str]:
    """Everything the code can say, with a place where it is said."""
    found: dict[Key, str] = {}
    refusals = _refusals(source)
    for path in sorted(source.rglob("*.py")):
        text = path.read_text()
        for key in _in_code(text):
            found.setdefault(key, str(path.relative_to(source)))
        for name, sentence in _classes(text):
            if name in refusals and sentence:
                found.setdefault(("", sentence, ""), str(path.relative_to(source)))
    for path in sorted([*source.rglob("templates/**/*.html"), *source.rglob("templates/**/*.txt")]):
        for key in _in_template(path):
            found.setdefault(key, str(path.relative_to(source)))
    return found


def _in_code(text: str) -> Iterator[Key]:
    for _line, words, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        ids = words if isinstance(words, tuple) else (words, "")
        if ids[0]:
            yield (context or "", ids[0], ids[1] if len(ids) > 1 else "")


def _in_template(path: Path) -> Iterator[Key]:
    from django.utils.translation.template import templatize  # inline: slow to import

    text = path.read_text()
    if "trans" in text:
        yield from _in_code(templatize(text, origin=str(path)))
    if "_(" in text:
        yield from _in_code("\n".join(re.findall(r"_\((?:\"[^\"]*\"|'[^']*')\)", text)))


def _classes(text: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            yield node.name, (ast.get_docstring(node) or "").strip().split("\n")[0]


def _refusals(source: Path) -> set[str]:
    """Names of classes that are refusals: their docstring's first line is a sentence for people."""
    bases: dict[str, set[str]] = {}
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {
                    b.attr if isinstance(b, ast.Attribute) else getattr(b, "id", "") for b in node.bases
                }
    known = {"Refused", "NotYours"}
    while more := {name for name, above in bases.items() if above & known} - known:
        known |= more
    return known


def holes(text: str) -> set[str]:
    """The places in a text that are filled in."""
    return {next(part for part in match if part) for match in HOLES.findall(text.replace("%%", "")) if any(match)}


def faults(language: str, spoken: dict[Key, str], locale: Path = LOCALE) -> list[str]:
    """What is wrong with one language."""
    catalogue = read(language, locale)
    messages = {key_of(m): m for m in catalogue if m.id}
    found = [f"{language}: stands twice with different words: {words!r}" for words in catalogue.twice]
    for key, place in spoken.items():
        message = messages.get(key)
        if message is None:
            found.append(f"{language}: missing: {key[1]!r} ({place})")
        elif not all(strings_of(message)):
            found.append(f"{language}: empty: {key[1]!r} ({place})")
        elif message.fuzzy:
            found.append(f"{language}: fuzzy: {key[1]!r}")
    for key, message in messages.items():
        if key not in spoken:
            found.append(f"{language}: nobody says this any more: {key[1]!r}")
        allowed = holes(key[1]) | holes(key[2])
        for text in filter(None, strings_of(message)):
            theirs = holes(text)
            if theirs - allowed or (not key[2] and theirs != allowed):
                found.append(f"{language}: other placeholders than the id: {key[1]!r} → {text!r}")
    return found


def all_faults(source: Path = SOURCE, locale: Path = LOCALE) -> list[str]:
    """What is wrong in all languages."""
    spoken = said(source)
    return [fault for language in LANGUAGES for fault in faults(language, spoken, locale)]


def compile_one(po: Path) -> None:
    """Write the .mo beside a .po, whole or not at all."""
    catalogue = read(po.parents[1].name, po.parents[2])
    fresh = po.with_suffix(f".{os.getpid()}.new")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(po.with_suffix(".mo"))


def compile_stale(locale: Path = LOCALE) -> None:
    """Compile each catalogue that is newer than its .mo."""
    for po in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            compile_one(po)


def tidy(language: str, locale: Path = LOCALE) -> None:
    """Write a catalogue sorted, each entry once, without line wrapping, places or dates: so that merges are quiet."""
    path = locale / language / "LC_MESSAGES" / "django.po"
    header = path.read_text().split("\n\n")[0].rstrip()
    entries = sorted((m for m in read(language, locale) if m.id), key=key_of)
    path.write_text("\n\n".join([header, *(written(m) for m in entries)]) + "\n")


def written(message: Message) -> str:
    """One entry as it stands in the file."""
    context, singular, plural = key_of(message)
    lines = ["#, fuzzy"] if message.fuzzy else []
    lines += [f"# {comment}" for comment in message.user_comments]
    lines += [f"msgctxt {normalize(context, width=0)}"] if context else []
    lines.append(f"msgid {normalize(singular, width=0)}")
    if plural:
        lines.append(f"msgid_plural {normalize(plural, width=0)}")
        lines += [f"msgstr[{n}] {normalize(text, width=0)}" for n, text in enumerate(strings_of(message))]
    else:
        lines.append(f"msgstr {normalize(strings_of(message)[0], width=0)}")
    return "\n".join(lines)


def missing(language: str) -> str:
    """What is missing in one language, as entries to fill in."""
    there = {key_of(m) for m in read(language) if m.id}
    fresh = [
        Message((key[1], key[2]) if key[2] else key[1], context=key[0] or None) for key in said() if key not in there
    ]
    return "\n\n".join(written(m) for m in sorted(fresh, key=key_of))


def main(arguments: list[str]) -> None:
    """Do what was asked."""
    if "--compile" in arguments:
        files = [Path(a) for a in arguments if a.endswith(".po")]
        for po in files:
            compile_one(po.resolve())
        if not files:
            compile_stale()
    elif "--tidy" in arguments:
        for language in LANGUAGES:
            tidy(language)
    elif "--missing" in arguments:
        print(missing(arguments[-1]))
    elif found := all_faults():
        sys.exit("\n".join(found) + f"\n{len(found)} faults in the translations.")
    else:
        print("Every text stands in bokmål and nynorsk.")


if __name__ == "__main__":
    main(sys.argv[1:])
