"""Templates: none unused, no library loaded in vain, nothing that the content security policy or safety forbids."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.source import SAMTUN, python_files, rel, templates

# Found by Django under a name of its own, not named in our code.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"}
# Named piece by piece.
BY_PATTERN = re.compile(r"^ui/gallery\w*\.html$")
BUILTIN = {"static", "i18n", "l10n", "tz", "cache", "humanize"}
WORDS_OF = {
    "static": {"static", "get_static_prefix"},
    "i18n": {"translate", "trans", "blocktranslate", "blocktrans", "get_current_language", "language", "language_name"},
    "l10n": {"localize", "unlocalize"},
    "tz": {"localtime", "timezone"},
}
FORBIDDEN = {
    r"\|\s*safe\b": "|safe",
    r"{%\s*autoescape\s+off": "autoescape off",
    r"<script(?![^>]*\bsrc=)[^>]*>": "an inline script",
    r"<style\b": "an inline style sheet",
    r"\sstyle\s*=": "a style attribute",
    r"\son[a-z]+\s*=\s*[\"']": "an inline handler",
    r"\shx-on\b": "hx-on",
    r"hx-(?:vals|confirm|headers)\s*=\s*[\"']js:": "js: in an htmx attribute",
    r"hx-trigger\s*=\s*[\"'][^\"']*\[": "a filter in hx-trigger",
    r"javascript:": "a javascript: address",
    r"csrf_exempt": "csrf_exempt",
}
FORBIDDEN_IN_CODE = {
    r"\bmark_safe\b": "mark_safe",
    r"\bcsrf_exempt\b": "csrf_exempt",
    r"\bSafeString\(": "SafeString()",
}
# Each with its reason; may only shrink.
ALLOWED_IN_CODE = {
    "src/samtun/foundation/templatetags/ui.py": "components: constant markup, and parts that format_html has escaped",
    "src/samtun/foundation/markup.py": "long lists: constant markup, each part escaped there or markup already",
    "src/samtun/notifications/messages/web/views/hooks.py": "the gateway is no browser: it shows a token of its own",
}


def name_of(path: Path) -> str:
    """The name Django knows a template by."""
    parts = path.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])


def named_in(texts: Iterable[str]) -> set[str]:
    """Every template named in code or in another template."""
    return {name for text in texts for name in re.findall(r"[\"']([\w/.-]+\.(?:html|txt))(?:#\w+)?[\"']", text)}


def vain_loads(text: str, tags_of: dict[str, set[str]]) -> list[str]:
    """Libraries loaded without using anything of theirs."""
    loaded = {
        name for line in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", text) for name in line.split(" from ")[-1].split()
    }
    used = set(re.findall(r"{%\s*(\w+)", text)) | set(re.findall(r"\|\s*(\w+)", text))
    return sorted(name for name in loaded if name in tags_of and not tags_of[name] & used)


def forbidden(text: str, rules: dict[str, str]) -> list[str]:
    """What a text does that it must not."""
    return [what for pattern, what in rules.items() if re.search(pattern, text)]


def libraries() -> dict[str, set[str]]:
    """What each library offers: Django's common ones, and ours by their registrations."""
    from importlib import import_module

    found = dict(WORDS_OF)
    for path in SAMTUN.rglob("templatetags/*.py"):
        if path.stem != "__init__":
            library = import_module(".".join(path.relative_to(SAMTUN.parent).with_suffix("").parts)).register
            found[path.stem] = set(library.tags) | set(library.filters)
    return found


def test_no_template_is_unused():
    texts = [p.read_text() for p in [*python_files(SAMTUN), *templates("*.html"), *templates("*.txt")]]
    named = named_in(texts)
    unused = [
        rel(p)
        for p in templates("*.html")
        if (name := name_of(p)) not in named | BY_NAME and not BY_PATTERN.match(name)
    ]
    assert unused == []


def test_no_library_is_loaded_in_vain():
    tags = libraries()
    assert {rel(p): v for p in templates() if (v := vain_loads(p.read_text(), tags))} == {}


def test_templates_do_nothing_forbidden():
    assert {rel(p): v for p in templates() if (v := forbidden(p.read_text(), FORBIDDEN))} == {}


def test_code_marks_nothing_safe():
    found = {rel(p): v for p in python_files(SAMTUN) if (v := forbidden(p.read_text(), FORBIDDEN_IN_CODE))}
    assert set(found) == set(ALLOWED_IN_CODE)


@pytest.mark.parametrize(
    "text",
    [
        "{{ name|safe }}", "{% autoescape off %}", "<script>go()</script>", "<p style='color: red'>",
        '<button onclick="go()">', '<div hx-on:click="x">', "<div hx-vals='js:{a: 1}'>", '<div hx-trigger="click[x]">',
        '<a href="javascript:go()">', "<style>p {}</style>",
    ],
)  # fmt: skip
def test_what_is_forbidden_is_seen(text: str):
    assert forbidden(text, FORBIDDEN)


@pytest.mark.parametrize("text", ['<script src="/static/htmx.js"></script>', '<a href="/on/" data-onward="1">', "safe"])
def test_what_is_allowed_is_let_through(text: str):
    assert forbidden(text, FORBIDDEN) == []


def test_an_unused_template_and_a_vain_load_are_seen():
    assert named_in(['render(request, "a/b.html#rows")', '{% extends "ui/desk.html" %}']) == {
        "a/b.html",
        "ui/desk.html",
    }
    tags = {"i18n": {"translate"}, "ui": {"icon", "phone"}}
    assert vain_loads('{% load i18n ui %}{% translate "x" %}', tags) == ["ui"]
    assert vain_loads("{% load i18n ui %}{% translate 'x' %}{{ n|phone }}", tags) == []
