"""What the municipality's administrator chooses for all of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Municipality
from samtun.foundation.models.runtime import Setting
from samtun.foundation.options import all_options
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref

CHANGEABLE = ("shared_name", "phone", "sms_number", "language", "privacy_email", "accessibility_url")


class NumberTaken(Refused):
    """Another municipality has this number for text messages. Check it: each has a number of its own."""


class NameMissing(Refused):
    """Write what the shared pages are called."""


def set_up_municipality(*, by: Viewer, at: dt.datetime, **facts: str) -> Municipality:
    """Change what people see of the open scope's municipality, and how it is reached. Numbers are E.164 or empty."""
    if not by.may(Permission.MANAGE_SETTINGS):
        raise NotYours
    if strange := set(facts) - set(CHANGEABLE):
        raise TypeError(f"Not choices of a municipality: {strange}")
    if not facts.get("shared_name", "x").strip():
        raise NameMissing
    given = facts | ({"sms_number": facts["sms_number"] or None} if "sms_number" in facts else {})
    with transaction.atomic():
        row = Municipality.objects.select_for_update(of=("self",)).get(id=current_tenant())
        changed = [field for field, value in given.items() if getattr(row, field) != value]
        for field in changed:
            setattr(row, field, given[field])
        if changed:
            try:
                with transaction.atomic():
                    row.save(update_fields=changed)
            except IntegrityError as error:
                raise NumberTaken from error
            record("organisations.set_up_municipality", Ref("municipality", row.id), by=by, at=at, fields=changed)
    return row


def choose(*, values: Mapping[str, Any], by: Viewer, at: dt.datetime) -> list[str]:
    """Set choices of the municipality from today on, by key; return which changed. What stood before is kept.

    NotYours for a choice the viewer may not make, or that nobody has declared; Refused with the sentence for a value
    that cannot be.
    """
    known, today = {o.key: o for o in all_options()}, wall(at).date()
    with transaction.atomic():
        changed = []
        for key, value in values.items():
            option = known.get(key)
            if option is None or not by.may(option.changed_by):
                raise NotYours
            if sentence := option.refuse(value):
                raise Refused(sentence)
            if option.read(today) != value:
                Setting.objects.update_or_create(key=key, valid_from=today, defaults={"value": value})
                changed.append(key)
        if changed:
            record("organisations.choose", Ref("municipality", current_tenant()), by=by, at=at, fields=changed)
    return changed
