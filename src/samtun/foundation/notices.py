"""Messages a room can send: a small class each, with a folder of texts (convention 22).

Texts stand in `templates/<room>/mail/<notice>/<channel>.<language>.txt` for channels sms, email (first line is the
subject), letter (first line is the heading) and call (what to say), in nb, nn and en. `sms` must be there; `email` and
`letter` stand in for each other, and `sms` for `call`. They are rendered when the message is sent.

Every text may use, beside the notice's own facts: `name` (the recipient's), `municipality`, `shared_name`, `telephone`
(the municipality's, grouped), `code` (the number in "JA 27") and `link` (opens the question; empty without one).
"""

import datetime as dt
import uuid
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise

from samtun.foundation.recipients import Recipient
from samtun.foundation.viewer import Permission

STANDS_IN = {"sms": ("sms",), "email": ("email", "letter"), "letter": ("letter", "email"), "call": ("call", "sms")}


class Notice(ABC):
    """One kind of message. `key` is `room.name`; `question` names what a reply answers, if it asks something.

    `folder` is `<room>/mail/<notice>`. `title` is what staff see in lists ("Ask", "Reminder"). `channels` are the ways
    it has texts for. `same_day_cancellation` and `answers_own_act` go out in quiet hours, the latter within 15 minutes.
    `at_short_notice` goes when it is queued for: whoever gets it has asked for that.
    `handled_by` is what one at the owner must be allowed to do to ring, print or decide for it. Where it is not the
    desk's, the room has a list of its own, and nobody at the desk sees it.
    """

    key: ClassVar[str]
    folder: ClassVar[str]
    title: ClassVar[str | Promise] = ""
    channels: ClassVar[tuple[str, ...]] = ("sms", "email", "letter", "call")
    is_ask: ClassVar[bool] = False
    question: ClassVar[str] = ""
    lasts: ClassVar[dt.timedelta] = dt.timedelta(days=3)
    answers_own_act: ClassVar[bool] = False
    same_day_cancellation: ClassVar[bool] = False
    at_short_notice: ClassVar[bool] = False
    handled_by: ClassVar[Permission] = Permission.HANDLE_MESSAGES

    @abstractmethod
    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what the texts need, read now; None when the message no longer applies and must not go."""

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return facts as long as they may plausibly become: a test measures the texts with them."""
        return {}


_notices: dict[str, Notice] = {}


def register(notice: type[Notice]) -> type[Notice]:
    """Make a notice known (class decorator)."""
    if notice.key in _notices:
        raise ValueError(f"The notice {notice.key} is registered twice.")
    _notices[notice.key] = notice()
    return notice


def notice_of(key: str) -> Notice:
    """Return a registered notice; KeyError when unknown."""
    return _notices[key]


def all_notices() -> list[Notice]:
    """Return every notice, by key."""
    return [_notices[k] for k in sorted(_notices)]


def render(notice: Notice, *, channel: str, language: str, facts: dict[str, Any]) -> str:
    """Return the text, one line as written in the file to one line out; TemplateDoesNotExist when there is none."""
    for way in STANDS_IN[channel]:
        try:
            template: Any = get_template(f"{notice.folder}/{way}.{language}.txt")
        except TemplateDoesNotExist:
            continue
        with translation.override(language):
            return str(template.template.render(Context(facts, autoescape=False))).strip()
    raise TemplateDoesNotExist(f"{notice.folder}/{channel}.{language}.txt")
