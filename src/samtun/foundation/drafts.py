"""What is being written is kept in the browser until it is saved: the marks its form carries, and the answer to it.

`{% draft "minutes" item.id %}` in a form's tag, with `js/drafts.js` in the head of its page. Without the script the
same form is posted as any other.
"""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samtun.foundation.keys import keyed_hash
from samtun.foundation.viewer import Viewer


def marks(viewer: Viewer, what: str, key: uuid.UUID) -> SafeString:
    """Return what a form carries: which draft, an opaque mark of who writes, and the words it says by itself."""
    writer = keyed_hash(str(viewer.account), purpose="draft-writer")[:32]
    return format_html(
        'data-draft="{}-{}" data-writer="{}" data-offline="{}" data-kept="{}"', what, key, writer,
        _("We have no contact just now. What you have written stands here, also when you reload; save it again soon."),
        _("What you had written and not saved stands here again."),
    )  # fmt: skip


def saved(request: HttpRequest, address: str) -> HttpResponse:
    """Answer that it is saved, and where to go: to the script that keeps the draft, or to a browser by itself."""
    if request.headers.get("X-Draft") != "1":
        return redirect(address)
    answer = HttpResponse(status=204)
    answer["X-Saved"] = address
    return answer
