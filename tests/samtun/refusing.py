"""What is refused: a sentence about it stands on the page that comes back, and what was typed stands there still."""

import html
import re

from django.utils import translation


def said_in(page):
    """Return what a page says is to be mended, in words."""
    summary = re.search(r"<div[^>]*data-focus[^>]*>(.*?)</ul>", page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", summary[1] if summary else ""))


def refused(client, address, fields, msgid, *typed):
    """Post a form; return what is wrong with the answer, in a line, or nothing."""
    answer = client.post(address, fields)
    page = answer.content.decode()
    if answer.status_code != 422:
        return f"{address}: {answer.status_code}"
    with translation.override("nn"):
        sentence = translation.gettext(msgid)
    said = " ".join(said_in(page).split())
    if sentence not in said:
        return f"{address}: “{said}”, not “{sentence}”"
    lost = [words for words in typed if words not in html.unescape(page)]
    return f"{address}: lost {lost}" if lost else ""
