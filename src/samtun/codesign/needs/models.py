"""Needs. No person stands in any of them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.codesign.needs.enums import Group, NeedState, Source
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.places.models import Village


class Need(TenantModel):
    """What a group needs, in one or two sentences. `owner` wrote it down; everyone who takes part reads it.

    `village` empty is the whole municipality. `known_on` is the day it was heard or seen, `number` how many think so,
    where it was counted. A joined need lets `joined_into` speak for it; `closed_words` say why it is closed.
    """

    owner = TenantKey(Owner)
    words = models.CharField(max_length=400)
    group = models.CharField(max_length=12, choices=Group)
    village = TenantKey(Village, models.PROTECT, null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source)
    known_on = models.DateField()
    number = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=6, choices=NeedState, default=NeedState.OPEN)
    joined_into = TenantKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    written_by = models.CharField(max_length=160)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_words = models.CharField(max_length=400, blank=True)
    sent_key = models.UUIDField(help_text="Made with the form: the same page sent twice is one need.")
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner", "sent_key"], name="need_sent_once"),
            models.CheckConstraint(
                condition=models.Q(state=NeedState.JOINED, joined_into__isnull=False)
                | (~models.Q(state=NeedState.JOINED) & models.Q(joined_into=None)),
                name="need_joined_into",
            ),
            models.CheckConstraint(
                condition=models.Q(joined_into=None) | ~models.Q(joined_into=models.F("id")), name="need_not_itself"
            ),
            models.CheckConstraint(
                condition=(models.Q(state__in=[NeedState.MET, NeedState.GONE]) & ~models.Q(closed_words=""))
                | (models.Q(state__in=[NeedState.OPEN, NeedState.JOINED]) & models.Q(closed_at=None)),
                name="need_closed_with_words",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "state", "group"], name="need_by_state")]

    class Privacy:
        personal: ClassVar = {"words": "words", "closed_words": "words", "written_by": "words"}
        plain = (
            "owner", "group", "village", "source", "known_on", "number", "state", "joined_into", "made_at", "closed_at",
            "sent_key", "version",
        )  # fmt: skip
        purpose = _("To know what is needed where, so that something can be made together.")
        retention = _("Who wrote it down: two years after it is closed. The need names nobody.")
