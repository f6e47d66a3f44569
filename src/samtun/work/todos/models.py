"""All that is due (decisions 9)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel


class Todo(TenantModel):
    """Something a person must do about a thing. Written by actions; the desk shows the open ones, oldest due first.

    `reason` is a code that the room of the reference words; `persons` are those it shows, for the access log.
    """

    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    reason = models.CharField(max_length=60)
    about = models.CharField(max_length=120, help_text="A few neutral words: kind and place, initials, no name.")
    due = models.DateTimeField()
    owner = TenantKey(Owner)
    audience = models.CharField(max_length=40, help_text="The permission that may see it.")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=160, blank=True)
    put_off_until = models.DateField(null=True, blank=True, help_text="Not on the desk before this day.")
    put_off_by = models.CharField(max_length=160, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "ref_kind", "ref_id", "reason"], condition=models.Q(done_at__isnull=True),
                name="todo_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(put_off_until__isnull=True) | ~models.Q(put_off_by=""),
                name="todo_put_off_by_someone",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "owner", "due"],
                condition=models.Q(done_at__isnull=True),
                name="todo_open_by_due",
                include=["audience", "put_off_until"],
            ),
        ]

    class Privacy:
        personal: ClassVar = {"about": "words", "done_by": "words", "put_off_by": "words", "ref_id": "unlink"}
        plain = ("ref_kind", "reason", "due", "owner", "audience", "made_at", "done_at", "put_off_until")
        purpose = _("So that nothing is forgotten.")
        retention = _("Six months after done.")
