"""Who may take in what, and for how long."""

import datetime as dt

from samtun.foundation.imports.registry import Importer, importer_called
from samtun.foundation.viewer import Viewer
from samtun.work.imports.models import ImportRun

KEPT = dt.timedelta(days=7)
UNDOABLE = dt.timedelta(days=30)
AT_ONCE = 300
"""So many rows are tried and taken in while the page is made; more is a job with a bar."""


def handles(viewer: Viewer, run: ImportRun) -> bool:
    """Tell whether the viewer may see a run and go on with it: for its owner, with the right for its kind."""
    importer = importer_called(run.importer)
    if importer is None or run.owner_id not in viewer.owners:
        return False
    return viewer.is_system or importer.may(viewer)


def importer_of(run: ImportRun) -> Importer:
    """Return the kind of a run; LookupError when no room has it any more."""
    importer = importer_called(run.importer)
    if importer is None:
        raise LookupError(run.importer)
    return importer
