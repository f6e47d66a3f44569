"""What templates say to get Samtun's components. Many rows on a page are plain HTML with the same classes instead."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

import phonenumbers
from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from samtun.foundation import drafts
from samtun.kernel.refs import Ref

register = template.Library()

COLORS = ("accent", "neutral", "copper", "info", "success", "warning", "danger")
MESSAGE_COLORS = {"debug": "neutral", "info": "info", "success": "success", "warning": "warning", "error": "danger"}
UNDO = "undo:"
NOTHING = SafeString("")


def _icon(name: str, label: str = "") -> SafeString:
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


def _attributes(**pairs: str | bool) -> SafeString:
    """Attributes with a value, ` name="value"`; true stands alone, empty and false are left out."""
    parts = [(name.replace("_", "-"), "" if value is True else value) for name, value in pairs.items() if value]
    return format_html_join("", ' {}="{}"', parts)


def _color(color: str) -> str:
    if color not in COLORS:
        raise template.TemplateSyntaxError(f"Unknown colour {color!r}; the colours are {', '.join(COLORS)}.")
    return color


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it is read aloud, without one it is decoration."""
    return _icon(name, label)


@register.simple_tag
def mark() -> SafeString:
    """The mark: houses around a yard, in the text's colour with a copper yard."""
    return mark_safe(
        '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">'
        '<path d="M16 2l7 6.2v9.2a10 10 0 0 0-14 0V8.2z"/><path d="M7.1 11.6V20a10 10 0 0 0-1.3 9H.8V17z"/>'
        '<path d="M24.9 11.6V20a10 10 0 0 1 1.3 9h5V17z"/><circle cx="16" cy="25" r="4"/></svg>'
    )


@register.simple_tag
def state(words: str, color: str = "neutral", icon: str = "") -> SafeString:
    """A state as a tag: always words; the colour only helps."""
    drawn = _icon(icon) if icon else NOTHING
    return format_html('<span class="ds-tag" data-color="{}">{}{}</span>', _color(color), drawn, words)


@register.simple_block_tag
def alert(content: str, color: str = "info", title: str = "", level: int = 2, focus: bool = False) -> SafeString:
    """A message box. `focus` when it tells of what the reader has just done: it then takes the focus and is read."""
    heading = format_html('<h{0} class="ds-heading">{1}</h{0}>', int(level), title) if title else NOTHING
    news = _attributes(role="status", tabindex="-1", data_focus=True) if focus else NOTHING
    return format_html('<div class="ds-alert" data-color="{}"{}>{}{}</div>', _color(color), news, heading, content)


@register.simple_block_tag
def panel(content: str, title: str = "", ident: str = "", level: int = 2, size: str = "xs") -> SafeString:
    """A white panel; with a title it is a named region (give it an `ident` that no other on the page has)."""
    if not title:
        return format_html('<div class="panel panel-body">{}</div>', content)
    return format_html(
        '<section class="panel panel-body" aria-labelledby="{0}"><h{1} class="ds-heading" data-size="{2}" id="{0}">{3}'
        "</h{1}>{4}</section>",
        ident or "panel", int(level), size, title, content,
    )  # fmt: skip


@register.simple_tag
def link_button(url: str, words: str, icon: str = "", variant: str = "", color: str = "", more: str = "") -> SafeString:
    """A link that looks like a button: it goes somewhere, it does nothing. `more` is only read aloud."""
    return format_html(
        '<a class="ds-button" href="{}"{}>{}{}</a>',
        url, _attributes(data_variant=variant, data_color=color), _icon(icon) if icon else NOTHING, _words(words, more),
    )  # fmt: skip


@register.simple_tag
def button(
    words: str, icon: str = "", variant: str = "", color: str = "", more: str = "", name: str = "", value: str = ""
) -> SafeString:
    """A button that sends its form; its words say what happens. `more` is only read aloud."""
    attributes = _attributes(data_variant=variant, data_color=color, name=name, value=value)
    drawn = _icon(icon) if icon else NOTHING
    return format_html(
        '<button class="ds-button" type="submit"{}>{}{}</button>', attributes, drawn, _words(words, more)
    )


def _words(words: str, more: str) -> SafeString:
    if not more:
        return format_html("{}", words)
    return format_html('<span>{}<span class="ds-sr-only"> {}</span></span>', words, more)


@register.simple_tag
def live(ref: Ref, version: int, url: str, target: str, key: str = "") -> SafeString:
    """What several look at: when the thing changes, `target` (`#board`) is fetched again from `url` and morphed.

    Stands inside `target` or beside it; the page's `head` block loads `js/live.js`. `key` opens a page without a login.
    """
    address = reverse("live_ticket", args=[ref.kind, ref.id]) + (f"?{urlencode({'key': key})}" if key else "")
    return format_html(
        '<span hidden data-live="{}" data-live-version="{}" data-live-url="{}" data-live-target="{}"></span>',
        address, int(version), url, target,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def draft(context: Context, what: str, key: uuid.UUID) -> SafeString:
    """In a form's tag: what is being written is kept in the browser until it is saved (`js/drafts.js`)."""
    return drafts.marks(context["viewer"], what, key)


@register.filter
def phone(number: str) -> str:
    """A telephone number as it is read aloud, `57 00 11 22`, kept on one line; 113 and what is no number stay as is."""
    if len(str(number)) < 7 and str(number).isdigit():
        return str(number)
    try:
        parsed = phonenumbers.parse(str(number), "NO")
    except phonenumbers.NumberParseException:
        return str(number)
    digits = str(parsed.national_number)
    if parsed.country_code == 47 and len(digits) == 8:
        return "\u00a0".join(digits[i : i + 2] for i in range(0, 8, 2))
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL).replace(" ", "\u00a0")


@register.simple_tag
def phone_link(number: str, words: str = "") -> SafeString:
    """A number to call: `tel:` link with a telephone; `words` stand before the number ("Call")."""
    if not number:
        return NOTHING
    shown = format_html("{} {}", words, phone(number)) if words else format_html("{}", phone(number))
    target = "".join(c for c in str(number) if c.isdigit() or c == "+")
    return format_html('<a class="call" href="tel:{}">{}<span>{}</span></a>', target, _icon("phone"), shown)


@register.simple_tag
def phone_links(numbers: Iterable[str], words: str = "") -> SafeString:
    """Numbers to call, one after the other; `words` stand before the first."""
    links = [phone_link(number, "" if n else words) for n, number in enumerate(numbers)]
    return format_html_join(" ", "{}", ((link,) for link in links))


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and last name, for the round badge beside a name."""
    words = str(name).split()
    return "".join(word[0] for word in (words if len(words) < 3 else (words[0], words[-1]))).upper()


@register.inclusion_tag("ui/parts/facts.html")
def facts(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Terms with their values: (term, value). Pairs without a value are left out."""
    return {"pairs": [(term, value) for term, value in pairs if value not in (None, "")]}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(events: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What has happened, newest first: each with `when`, `what` and perhaps `by`, `text`, `iso` and `now`."""
    return {"events": [{"by": "", "text": "", "iso": "", "now": False, **event} for event in events]}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: str, text: str = "", url: str = "", action: str = "", icon: str = "floors") -> dict[str, Any]:
    """A list with nothing in it: says so, and what to do first."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("ui/parts/suggestion.html", takes_context=True)
def suggestion(
    context: Context,
    name: str,
    reasons: Sequence[str],
    url: str = "",
    action: str = "",
    first: bool = False,
    value: str = "",
) -> dict[str, Any]:
    """Somebody who could do it, with reasons as ticks, and the button that asks; `first` makes it the main button."""
    return {
        "name": name, "reasons": reasons, "url": url, "action": action or gettext("Ask"), "first": first,
        "value": value, "csrf_token": context.get("csrf_token", ""),
    }  # fmt: skip


@register.inclusion_tag("ui/parts/exclusions.html")
def exclusions(people: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Those who were not suggested: (name, why)."""
    return {"people": people}


@register.inclusion_tag("ui/parts/chips.html")
def chips(
    name: str, legend: str, options: Sequence[dict[str, Any]], kind: str = "radio", hide: bool = False
) -> dict[str, Any]:
    """Filter choices for a GET form: options have `value`, `label`, `on` and perhaps `count`. `hide` the legend."""
    rows = [{"count": None, "on": False, **option} for option in options]
    return {"name": name, "legend": legend, "options": rows, "kind": kind, "hide": hide}


@register.inclusion_tag("ui/parts/steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """Where one is in a form of several pages; `current` counts from one."""
    rows = [{"label": text, "done": n < current, "current": n == current} for n, text in enumerate(labels, 1)]
    return {"rows": rows, "current": current, "total": len(rows)}


@register.inclusion_tag("ui/parts/progress.html")
def progress(words: str, done: int, total: int) -> dict[str, Any]:
    """How far something that takes more than a second has come."""
    return {"words": words, "done": done, "total": total}


@register.inclusion_tag("ui/forms/errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What must be mended, with links to the fields; nothing when there is nothing. `{{ form }}` has it already."""
    return {"form": form}


@register.inclusion_tag("ui/parts/confirm.html", takes_context=True)
def confirm(
    context: Context, title: str, effects: Sequence[str], url: str, yes: str, back: str, no: str = ""
) -> dict[str, Any]:
    """The last stop before an act that touches others: its effects, a button that names them, and a way back."""
    return {
        "title": title, "effects": effects, "url": url, "yes": yes, "back": back, "no": no or gettext("No, go back"),
        "csrf_token": context.get("csrf_token", ""),
    }  # fmt: skip


@register.inclusion_tag("ui/parts/handset.html")
def handset(title: str, bubbles: Iterable[dict[str, Any]], level: int = 2) -> dict[str, Any]:
    """The demo's telephone: text messages with `text`, `when` and `own` (sent by its owner)."""
    return {"title": title, "bubbles": [{"own": False, **bubble} for bubble in bubbles], "level": level}


@register.inclusion_tag("ui/parts/house.html")
def house(lit: int, lines: Sequence[tuple[str, str, str]] = ()) -> dict[str, Any]:
    """The house of three floors with one lit: 1 anchoring (top), 2 made together, 3 what happens (ground).

    `lines` from the top: (what, on which floor in words, address or ""). Without lines only the small drawing.
    """
    names = (gettext("agreed"), gettext("made together"), gettext("carried out"))
    rows = [
        {"what": what, "floor": floor, "url": url, "current": n == lit} for n, (what, floor, url) in enumerate(lines, 1)
    ]
    return {"lit": int(lit), "name": names[int(lit) - 1], "lines": rows}


@register.filter
def message_color(message: Message) -> str:
    """The colour of a message of Django's."""
    return MESSAGE_COLORS.get(message.level_tag, "info")


@register.filter
def message_head(message: Message) -> str:
    """The first line of a message: what happened."""
    return str(message).partition("\n")[0]


@register.filter
def message_rest(message: Message) -> str:
    """The lines after the first: what happens next and when."""
    return str(message).partition("\n")[2]


@register.filter
def undo_url(message: Message) -> str:
    """The address that undoes what the message tells of: `messages.success(…, extra_tags="undo:" + url)`."""
    for tag in (message.extra_tags or "").split():
        if tag.startswith(UNDO + "/") and not tag.startswith(UNDO + "//"):
            return tag.removeprefix(UNDO)
    return ""
