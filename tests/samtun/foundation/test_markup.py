"""Long lists written fast say exactly what Django's own way says."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from samtun.foundation.markup import joined

PARTS = st.text(alphabet="<>&\"'%{}aå ", max_size=12)


@given(rows=st.lists(st.tuples(PARTS, PARTS), max_size=5))
def test_as_djangos_own(rows):
    said = joined('<li title="%s">%s</li>', rows)
    assert type(said) is SafeString
    assert said == format_html_join("", '<li title="{}">{}</li>', rows)


def test_what_is_markup_already_is_left():
    struck = format_html("<s>{}</s>", "Kor & song")
    assert joined("<p>%s</p>", [(struck,), (mark_safe("<b>a</b>") + "<i>",)]) == (
        "<p><s>Kor &amp; song</s></p><p>&lt;b&gt;a&lt;/b&gt;&lt;i&gt;</p>"
    )
