"""What goes on the telephone: the list of calls, what is said, and what is answered."""

import re

from samtun.foundation.templatetags.ui import initials

MARIT = "+4790000001"


def call_to(window, name):
    """Return the first call to somebody on the list, by their initials alone."""
    exactly = re.compile(f"^{re.escape(initials(name))}$")
    return window.page.locator("[aria-labelledby=calls] .row-title", has_text=exactly).first


def rings(window, say, name, outcome):
    """The next one on the list of calls: ring, read out what stands there, and note the answer."""
    window.open("/meldinger/")
    call_to(window, name).click()
    window.look()
    said = window.page.locator(".said").inner_text()
    window.press(say(outcome))
    return said
