"""A run of an import: the rows it is to take in, what they were known as, and what it made."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel


class ImportRun(TenantModel):
    """One file on its way in. `content` is sealed and kept only while letters or sheet can still be chosen.

    `mapping` is column number (text) → what it holds. `digest` is of the file; `counts` are rows by outcome.
    """

    class State(models.TextChoices):
        """Where it is."""

        LETTERS = "letters"
        SHEET = "sheet"
        COLUMNS = "columns"
        TRYING = "trying"
        TRIED = "tried"
        RUNNING = "running"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"
        FAILED = "failed"
        ABANDONED = "abandoned"

    owner = TenantKey(Owner)
    importer = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State)
    file_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20, blank=True)
    readings = models.JSONField(default=list)
    content = models.BinaryField(null=True)
    sheet = models.CharField(max_length=120, blank=True)
    sheets = models.JSONField(default=list, help_text="Name and rows of each sheet, when there are several.")
    unread_sheets = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    source = models.CharField(max_length=80, blank=True)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    account = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    hat = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    language = models.CharField(max_length=2)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "owner", "made_at"], name="import_by_owner")]

    class Privacy:
        personal: ClassVar = {
            "content": "erase", "readings": "erase", "account": "unlink", "person": "unlink", "name": "words",
        }  # fmt: skip
        plain = (
            "owner", "importer", "state", "file_name", "digest", "encoding", "sheet", "sheets", "unread_sheets",
            "headings", "mapping", "source", "rows", "counts", "problem", "made_at", "done_at", "undone_at", "hat",
            "language",
        )  # fmt: skip
        purpose = _("To take in a list that an organisation has, and to undo it.")
        retention = _(
            "The file until letters, sheet and columns are chosen, seven days at most; that it was taken in, two years."
        )


class ImportRow(TenantModel):
    """One row of the file as it stands there, and what would become of it. Gone when the run is done or given up."""

    run = TenantKey(ImportRun, models.CASCADE)
    number = models.PositiveIntegerField(help_text="As the spreadsheet numbers its rows.")
    cells = models.JSONField(default=list)
    outcome = models.CharField(max_length=8, blank=True)
    said = models.JSONField(default=list)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "run", "number"], name="import_row_once")]
        indexes: ClassVar = [models.Index(fields=["tenant", "run", "outcome", "number"], name="import_row_by_outcome")]

    class Privacy:
        personal: ClassVar = {"cells": "erase", "said": "erase"}
        plain = ("run", "number", "outcome")
        purpose = _("To show what a list would bring before it is taken in.")
        retention = _("Until the list is taken in or given up, seven days at most.")


class Identity(TenantModel):
    """What a row of a list is here: the list's own number for it, or a keyed hash of what it is known by."""

    owner = TenantKey(Owner)
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=80)
    ref_id = models.UUIDField()
    run = TenantKey(ImportRun, models.CASCADE)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner", "kind", "source", "source_id"], name="identity_once")
        ]

    class Privacy:
        personal: ClassVar = {"source_id": "erase", "ref_id": "unlink"}
        plain = ("owner", "kind", "source", "run")
        purpose = _("So that the same list taken in again makes no doubles.")
        retention = _("As long as the owner keeps the person.")


class Trace(TenantModel):
    """What a run made of one row: enough to undo it."""

    run = TenantKey(ImportRun, models.CASCADE)
    number = models.PositiveIntegerField()
    ref_id = models.UUIDField()
    made = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "run", "number"], name="trace_once")]

    class Privacy:
        personal: ClassVar = {"ref_id": "unlink", "made": "erase"}
        plain = ("run", "number")
        purpose = _("To undo an import.")
        retention = _("Thirty days.")
