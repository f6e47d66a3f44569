"""Words for imports on the screen."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.imports.registry import importer_called
from samtun.work.imports.models import ImportRow, ImportRun
from samtun.work.imports.queries import REMARK, sentences

OUTCOMES = {
    "wrong": (_("Something is wrong"), "danger", "info"),
    "new": (_("Is new"), "success", "plus"),
    "filled": (_("Fills in"), "info", "pencil"),
    "known": (_("Known already"), "neutral", "check"),
    "again": (_("Stands twice"), "neutral", "check"),
}
STATES = {
    ImportRun.State.LETTERS: (_("Waits for you: which letters?"), "warning"),
    ImportRun.State.SHEET: (_("Waits for you: which sheet?"), "warning"),
    ImportRun.State.COLUMNS: (_("Waits for you: which columns?"), "warning"),
    ImportRun.State.TRYING: (_("Is being looked through"), "info"),
    ImportRun.State.TRIED: (_("Waits for you: take it in?"), "warning"),
    ImportRun.State.RUNNING: (_("Is being taken in"), "info"),
    ImportRun.State.DONE: (_("Taken in"), "success"),
    ImportRun.State.UNDOING: (_("Is being undone"), "info"),
    ImportRun.State.UNDONE: (_("Undone"), "neutral"),
    ImportRun.State.FAILED: (_("Was not taken in"), "danger"),
    ImportRun.State.ABANDONED: (_("Given up"), "neutral"),
}
# What has used a row since, by the room it stands in; nothing is said of what or for whom.
USES = {
    "changed": _("has been changed"),
    "operation_volunteers": _("is a volunteer"),
    "operation_help_requests": _("is in a request for help"),
    "notifications_messages": _("has got messages"),
    "people_consents": _("has a consent"),
    "people_preferences": _("has said how to be reached"),
    "people_persons": _("has a login, or stands together with somebody"),
    "people_roles": _("has a role"),
    "partners_organisations": _("acts for an organisation, or has members"),
    "operation_screening": _("has been cleared as a volunteer"),
    "operation_training": _("has been to a course"),
    "operation_recognition": _("has been thanked"),
    "evaluation_surveys": _("has been asked how it went"),
    "work_todos": _("stands on the desk"),
}


def counts_of(run: ImportRun, chosen: str, remarks: int) -> list[dict[str, Any]]:
    """Return how many rows have each outcome, for the chips; all first, last those that come in with a remark."""
    kinds = [("", gettext("All"), run.rows)]
    kinds += [(key, str(words), run.counts.get(key, 0)) for key, (words, _color, _icon) in OUTCOMES.items()]
    kinds += [(REMARK, gettext("With a remark"), remarks)]
    return [{"value": k, "label": words, "count": n, "on": chosen == k} for k, words, n in kinds if n]


def row_of(row: ImportRow, named: list[int]) -> dict[str, Any]:
    """Return one line of the trial: the name as it stands in the file, and what would become of it."""
    words, color, icon = OUTCOMES.get(row.outcome, ("", "neutral", "check"))
    name = " ".join(row.cells[n] for n in named if n < len(row.cells)).strip()
    said = sentences(row.said)
    return {"number": row.number, "name": name or "–", "words": words, "color": color, "icon": icon, "said": said}


def named_columns(run: ImportRun) -> list[int]:
    """Return the columns that hold the name, in the order of the file."""
    keys = {"given_name", "family_name", "whole_name", "name"}
    return sorted(int(n) for n, key in run.mapping.items() if key in keys)


def run_row(run: ImportRun) -> dict[str, Any]:
    """Return one line of the list of runs."""
    words, color = STATES[ImportRun.State(run.state)]
    importer = importer_called(run.importer)
    return {
        "id": run.id, "file": run.file_name, "kind": importer.title if importer else "", "rows": run.rows,
        "when": run.done_at or run.made_at, "by": run.name, "words": words, "color": color, "owner": run.owner.name,
    }  # fmt: skip


def summary(run: ImportRun) -> list[tuple[str, int]]:
    """Return what became of the rows, in words."""
    return [(str(words), run.counts[key]) for key, (words, _c, _i) in OUTCOMES.items() if run.counts.get(key)]


def used_rows(used: dict[int, list[str]]) -> list[dict[str, Any]]:
    """Return which rows have been used, and by what."""
    return [{"number": number, "by": ", ".join(_use_words(what))} for number, what in sorted(used.items())]


def _use_words(labels: Iterable[str]) -> list[str]:
    found = {str(USES.get(label.partition(".")[0], _("is used elsewhere"))): None for label in labels}
    return list(found)
