"""As many municipalities as are wanted, written in bulk for measuring: no acts, no history, but rows of every kind.

What is asked of a page or a query with one municipality can so be asked with three hundred (decisions 32). The two
that people look at are made by `whole`.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import models

from samtun.demo.loading.bulk_people import people_rows
from samtun.demo.loading.bulk_requests import request_rows
from samtun.demo.loading.bulk_rows import Rows, frame_rows
from samtun.demo.models import Loaded
from samtun.demo.valley import valleys
from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope


def load_many(count: int, *, seed: int, present: dt.datetime) -> int:
    """Make `count` municipalities beyond those that stand; return how many were not there before."""
    there = set(Municipality.objects.values_list("slug", flat=True))
    made = 0
    for valley in valleys(count, seed, present.date()):
        if valley.slug in there:
            continue
        centre = next(body for body in valley.organisations if body.key == valley.centre)
        phone = centre.phone or ""
        municipality = Municipality.objects.create(
            slug=valley.slug, name=f"{valley.name} kommune", shared_name=f"Samtun i {valley.name}",
            host=f"{valley.slug}.localhost", language=valley.language, phone=phone, sms_number=f"{phone[:-2]}99",
            population=valley.inhabitants, is_demo=True,
        )  # fmt: skip
        with open_scope(municipality.id):
            rows = Rows(valley, present)
            _write(frame_rows(rows))
            _write(people_rows(rows))
            _write(request_rows(rows))
            Loaded.objects.create(seed=seed, on=valley.today)
        made += 1
    return made


def _write(groups: Iterable[list[models.Model]]) -> None:
    """Write each group of rows of one table; they come in the order in which their keys point."""
    for rows in groups:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
