"""The look: form rendering, sentences for bad input, components that escape, pages without context."""

import datetime as dt
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from samtun.foundation.forms import Card, Cards, DayField, Form, LongText, PhoneField, ShortText
from samtun.foundation.gallery import PAGES, gallery
from samtun.foundation.templatetags import ui

ROOT = Path(__file__).resolve().parents[3]
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class Page(HTMLParser):
    """The parts of a page that the tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if attrs.get("id")]

    def named(self, name: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.tags if attrs.get("name") == name)


class Sample(Form):
    name = ShortText(label="Your name", max_length=10, help_text="First name is enough.")
    phone = PhoneField(label="Telephone", required=False)
    text = LongText(label="More", max_length=20, required=False)
    what = forms.ChoiceField(
        label="What", widget=Cards, choices=[("a", Card("A", "small words", "car")), ("b", Card("B"))]
    )
    day = DayField(label="Day")
    yes = forms.BooleanField(label="I have asked")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].start_at(TODAY)


class Phone(Form):
    phone = PhoneField(label="Telephone")


class Day(Form):
    day = DayField(label="Day")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].start_at(TODAY)


GOOD = {"name": "Kari", "phone": "57 00 11 22", "what": "a", "day_pick": "2026-11-23", "yes": "on"}


def test_every_control_has_a_label_or_stands_in_one():
    page = Page(str(Sample()))
    labelled = {attrs.get("for") for tag, attrs in page.tags if tag == "label"}
    cards = {"id_what_0", "id_what_1"} | {i for i in page.ids if i.startswith("id_day_0_")}
    controls = {a["id"] for t, a in page.tags if t in ("input", "select", "textarea")}
    assert controls - labelled - cards == set()


def test_what_describes_a_control_is_on_the_page():
    page = Page(str(Sample({"text": "x" * 30})))
    described = [i for _, attrs in page.tags for i in (attrs.get("aria-describedby") or "").split()]
    assert set(described) <= set(page.ids)
    assert page.named("name")["aria-describedby"] == "id_name_helptext id_name_error"
    assert page.named("text")["aria-describedby"] == "id_text_error id_text_limit"
    assert page.named("name")["aria-invalid"] == "true"


def test_the_error_summary_comes_first_takes_focus_and_leads_to_the_fields():
    html = str(Sample({}))
    page = Page(html)
    assert html.lstrip().startswith('<div class="ds-error-summary"')
    summary = next(a for _, a in page.tags if a.get("class") == "ds-error-summary")
    assert summary["tabindex"] == "-1"
    assert "data-focus" in summary
    targets = [a["href"].removeprefix("#") for t, a in page.tags if t == "a"]
    assert targets == ["id_name", "id_what_0", "id_day_0_0", "id_yes"]
    assert set(targets) <= set(page.ids)


def test_a_form_without_mistakes_has_no_summary():
    assert "ds-error-summary" not in str(Sample(GOOD))
    assert Sample(GOOD).is_valid()


def test_an_empty_field_gets_a_sentence_with_its_own_label():
    form = Sample({})
    assert form.errors["name"] == ["Fill in “Your name”."]
    assert form.errors["what"] == ["Choose something under “What”."]
    assert form.errors["day"] == ["Choose something under “Day”."]
    assert form.errors["yes"] == ["Tick “I have asked” to go on."]


def test_optional_fields_say_so_and_required_ones_have_no_star():
    html = str(Sample())
    assert html.count("(optional)") == 2
    assert "*" not in html
    with translation.override("nn"):
        assert "(valfritt)" in str(Sample())


def test_a_search_form_can_leave_optional_unsaid():
    class Search(Form):
        marks_optional = False
        words = ShortText(label="Words", required=False)

    assert "optional" not in str(Search())


def test_nothing_typed_is_lost_or_cut():
    form = Sample({"name": "x" * 14, "phone": "five", "text": "æ" * 23})
    page = Page(str(form))
    assert page.named("name")["value"] == "x" * 14
    assert page.named("phone")["value"] == "five"
    assert "æ" * 23 in str(form)
    assert "maxlength" not in str(form)
    assert form.errors["name"] == ["The text is 4 characters too long. Make it a little shorter."]
    assert form.errors["text"] == ["The text is 3 characters too long. Make it a little shorter."]


def test_what_people_type_is_escaped():
    html = str(Sample({"name": '"><script>alert(1)</script>', "text": "</textarea><script>"}))
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("57001122", "+4757001122"),
        ("57 00 11 22", "+4757001122"),
        (" 57\u00a000 11\u00a022 ", "+4757001122"),
        ("+47 57 00 11 22", "+4757001122"),
        ("0047 57001122", "+4757001122"),
        ("4757001122", "+4757001122"),
        ("900.00.001", "+4790000001"),
        ("(900) 00-001", "+4790000001"),
        ("+46 70 123 45 67", "+46701234567"),
        ("004512345678", "+4512345678"),
    ],
)
def test_telephone_numbers_as_people_write_them(written, kept):
    form = Phone({"phone": written})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == kept


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "Fill in “Telephone”."),
        ("ring meg", "Write only the digits of the number, for example 57 00 11 22."),
        ("57001122 (Kari)", "Write only the digits of the number, for example 57 00 11 22."),
        ("5700112", "A Norwegian number has eight digits. Check that none is missing."),
        ("12", "A Norwegian number has eight digits. Check that none is missing."),
        ("1", "We cannot call this number. Write eight digits, or start with + and the country code."),
        ("570011223", "The number has too many digits. Write one number, for example 57 00 11 22."),
        ("57001122 / 57001123", "The number has too many digits. Write one number, for example 57 00 11 22."),
        ("5" * 40, "The number has too many digits. Write one number, for example 57 00 11 22."),
        ("00000000", "We cannot call this number. Write eight digits, or start with + and the country code."),
        ("+999 12 34 56", "We cannot call this number. Write eight digits, or start with + and the country code."),
        ("+++", "We cannot call this number. Write eight digits, or start with + and the country code."),
    ],
)
def test_a_number_we_cannot_call_gets_a_sentence(written, sentence):
    assert Phone({"phone": written}).errors["phone"] == [sentence]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+4757001122", "57\u00a000\u00a011\u00a022"),
        ("+46701234567", "+46\u00a070\u00a0123\u00a045\u00a067"),
        ("abc", "abc"),
        ("", ""),
    ],
)
def test_numbers_are_shown_as_they_are_read_aloud(stored, shown):
    assert ui.phone(stored) == shown


def test_a_stored_number_is_shown_in_pairs_in_its_input():
    assert Page(str(Phone(initial={"phone": "+4757001122"}))).named("phone")["value"] == "57\u00a000\u00a011\u00a022"


@pytest.mark.parametrize(
    ("data", "day"),
    [
        ({"day_pick": "2026-11-23"}, TODAY),
        ({"day_pick": "2026-11-29"}, dt.date(2026, 11, 29)),
        ({"day_pick": "other", "day_other": "2026-12-24"}, dt.date(2026, 12, 24)),
        ({"day_other": "24.12.2026"}, dt.date(2026, 12, 24)),
        ({"day_pick": "2026-11-24", "day_other": "2026-11-24"}, dt.date(2026, 11, 24)),
    ],
)
def test_days(data, day):
    form = Day(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == day


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"day_pick": "other"}, "Choose something under “Day”."),
        ({"day_pick": "soon"}, "Write the date as day, month and year, for example 27.11.2026."),
        ({"day_other": "32.13.2026"}, "Write the date as day, month and year, for example 27.11.2026."),
        (
            {"day_pick": "2026-11-23", "day_other": "2026-11-24"},
            "You have chosen two different days. Keep one of them.",
        ),
        ({"day_other": "2026-11-22"}, "That day has been. Choose today or a later day."),
    ],
)
def test_bad_days_get_a_sentence(data, sentence):
    assert Day(data).errors["day"] == [sentence]


def test_a_day_far_off_comes_back_as_another_day():
    html = str(Day(initial={"day": dt.date(2026, 12, 24)}))
    assert re.search(r'value="other"[^>]* checked', html)
    assert 'value="2026-12-24"' in html


def test_days_are_said_as_one_says_them():
    html = str(Day())
    assert [w in html for w in ("Today", "Tomorrow", "Wednesday", "Another day")] == [True] * 4


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_the_gallery_keep_the_content_security_policy(page):
    request = RequestFactory().get("/ui/", {"page": page})
    html = gallery(request).content.decode()
    assert "‽" not in html
    parsed = Page(html)
    assert [t for t, a in parsed.tags if "style" in a or any(n.startswith(("on", "hx-on")) for n in a)] == []
    assert [a for t, a in parsed.tags if t == "script" and not a.get("src")] == []
    assert [i for i, n in Counter(parsed.ids).items() if n > 1] in ([], ["mistakes"])
    assert sum(t == "main" for t, _ in parsed.tags) == 1
    assert sum(t == "h1" for t, _ in parsed.tags) == 1


def test_an_unknown_page_of_the_gallery_is_not_found():
    assert gallery(RequestFactory().get("/ui/", {"page": "nothing"})).status_code == 404


@pytest.mark.parametrize("name", ["500.html", "503.html", "404.html", "409.html"])
def test_pages_for_faults_need_no_context(name):
    html = get_template(name).render({})
    assert "<h1" in html
    assert "‽" not in html
    assert "tel:" not in html
    assert 'href="tel:+4757001122"' in get_template(name).render({"telephone": "+4757001122"})


def draw(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% state bad %}", "{% icon bad %}", "{% icon 'car' label=bad %}", "{% button bad more=bad value=bad %}",
        "{% link_button bad bad %}", "{% phone_link bad bad %}", "{% alert 'info' title=bad %}{{ bad }}{% endalert %}",
        "{% panel bad ident=bad %}{% endpanel %}", "{% suggestion bad reasons url=bad %}", "{% handset bad bubbles %}",
        "{% empty bad bad bad bad %}", "{% confirm bad reasons bad bad bad %}",
    ],
)  # fmt: skip
def test_components_escape_what_they_are_given(source):
    bad = "\"><script>alert('x')</script>"
    assert "<script" not in draw(source, bad=bad, reasons=[bad], bubbles=[{"text": bad, "when": bad}])


def test_a_state_is_words_and_a_known_colour():
    assert "Ny" in draw("{% state 'Ny' 'info' %}")
    with pytest.raises(TemplateSyntaxError, match="Unknown colour"):
        draw("{% state 'Ny' 'pink' %}")


def test_the_house_lights_one_floor():
    html = draw("{% house 2 %}")
    assert html.count("data-lit") == 1
    assert "made together" in html


def test_exclusions_are_folded_and_counted():
    assert "2 are not suggested" in draw("{% exclusions people %}", people=[("Per", "Busy"), ("Kari", "Far away")])
    assert draw("{% exclusions people %}", people=[]).strip() == ""


@pytest.mark.parametrize(
    ("name", "letters"), [("Marit Fjelde", "MF"), ("Hanne Øvrebø Kvål", "HK"), ("Åse", "Å"), ("", "")]
)
def test_initials(name, letters):
    assert ui.initials(name) == letters


@pytest.mark.parametrize(
    ("tags", "url"),
    [
        ("undo:/a/1/", "/a/1/"),
        ("big undo:/b/", "/b/"),
        ("undo://elsewhere.test", ""),
        ("undo:https://x.test", ""),
        ("", ""),
    ],
)
def test_undo_goes_to_our_own_addresses_only(tags, url):
    assert ui.undo_url(Message(constants.SUCCESS, "Done\nMore", extra_tags=tags)) == url


def test_a_message_says_what_happened_and_what_happens_next():
    message = Message(constants.SUCCESS, "Marit is asked\nYou hear from us on Thursday.")
    request = HttpRequest()
    html = get_template("ui/parts/messages.html").render({"messages": [message]}, request)
    assert '<h2 class="ds-heading">Marit is asked</h2><p>You hear from us on Thursday.</p>' in html
    assert 'role="status"' in html
    assert "data-focus" in html


def test_every_icon_that_is_named_is_drawn():
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (ROOT / "assets/img/icons.svg").read_text()))
    templates = (ROOT / "src/samtun").glob("**/templates/**/*.html")
    named = {
        n for t in templates for n in re.findall(r'{% icon "([a-z-]+)"|icon="([a-z-]+)"', t.read_text()) for n in n if n
    }
    assert named
    assert named <= drawn


def test_style_sheets_take_their_colours_from_tokens():
    sheets = [s for s in (ROOT / "assets/css").glob("*.css") if s.name not in {"theme.css", "print.css"}]
    found = {s.name: re.findall(r":\s*#[0-9a-f]{3,8}\b", s.read_text(), re.I) for s in sheets}
    assert {name: colours for name, colours in found.items() if colours} == {}
    assert all("@layer app" in s.read_text() for s in sheets)
