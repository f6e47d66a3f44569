"""Who they are that publish."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.partners.catalogue.enums import PublisherState


class Publisher(TenantModel):
    """That an organisation is who it says it is: looked at once, by its centre. Municipality and centre have no row.

    `centre` is whom it lies with. `why` are the words an organisation gets when it is not seen to be who it says.
    """

    owner = TenantKey(Owner)
    centre = TenantKey(Owner)
    state = models.CharField(max_length=8, choices=PublisherState, default=PublisherState.WAITING)
    asked_at = models.DateTimeField()
    due = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=160, blank=True)
    why = models.CharField(max_length=400, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner"], name="publisher_owner_once"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", settled_at=None)
                | (~models.Q(state="waiting") & models.Q(settled_at__isnull=False)),
                name="publisher_settled_at",
            ),
            models.CheckConstraint(
                condition=models.Q(state="refused") ^ models.Q(why=""), name="publisher_refused_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "state", "due"], name="publisher_by_state")]

    class Privacy:
        personal: ClassVar = {"checked_by": "words"}
        plain = ("owner", "centre", "state", "asked_at", "due", "settled_at", "why")
        purpose = _("So that those who read what is on know who stands behind it.")
        retention = _("As long as the organisation takes part; who checked it, two years.")

    @property
    def checked_at(self) -> object:
        """When it was checked; None while it is not."""
        return self.settled_at if self.state == PublisherState.CHECKED else None
