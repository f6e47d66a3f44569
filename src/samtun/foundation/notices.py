"""Messages a room can send: a small class each, with a folder of texts (convention 22).

Texts stand in `templates/<room>/mail/<notice>/<channel>.<language>.txt` for channels sms, email (first line is the
subject), letter and call (what to say), in nb, nn and en. They are rendered when the message is sent.
"""

import datetime as dt
import uuid
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from samtun.foundation.recipients import Recipient


class Notice(ABC):
    """One kind of message. `key` is `room.name`; `question` names what a reply answers, if it asks something."""

    key: ClassVar[str]
    folder: ClassVar[str]
    is_ask: ClassVar[bool] = False
    question: ClassVar[str] = ""
    lasts: ClassVar[dt.timedelta] = dt.timedelta(days=3)
    answers_own_act: ClassVar[bool] = False
    same_day_cancellation: ClassVar[bool] = False

    @abstractmethod
    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return what the texts need, read now; None when the message no longer applies and must not go."""


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
