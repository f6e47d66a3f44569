"""Organisations that a list brought go out again, while nobody has used them."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from samtun.foundation.audit import record_many
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Organisation


def take_out_again(*, organisations: Collection[uuid.UUID], by: Viewer, at: dt.datetime) -> None:
    """Take organisations and the owners of their rows away; the database refuses what is still pointed at."""
    if not (by.is_system or by.role is Role.MUNICIPAL_ADMINISTRATOR):
        raise NotYours
    with transaction.atomic():
        rows = Organisation.objects.filter(id__in=list(organisations))
        owners = list(rows.values_list("owner_id", flat=True))
        rows.delete()
        Owner.objects.filter(id__in=owners).delete()
        record_many("organisations.take_out_again", (Ref("organisation", key) for key in organisations), by=by, at=at)
