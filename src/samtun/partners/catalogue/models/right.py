"""Whether what is on offer is still right: asked about a thing of any room, answered by one press."""

from typing import ClassVar

from django.db import models

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.partners.catalogue.enums import StillRight


class StillRightAsked(TenantModel):
    """That an owner was asked whether a thing is still right. One stands open for a thing at a time."""

    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    owner = TenantKey(Owner)
    title = models.CharField(max_length=120)
    path = models.CharField(max_length=200, help_text="Where it is changed, on our own site.")
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answer = models.CharField(max_length=5, choices=StillRight, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "ref_kind", "ref_id"], condition=models.Q(answered_at=None), name="still_right_once"
            ),
        ]

    class Privacy:
        plain = ("ref_kind", "ref_id", "owner", "title", "path", "asked_at", "ends_at", "answer", "answered_at")
