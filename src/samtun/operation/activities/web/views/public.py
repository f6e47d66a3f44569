"""The open programme: what is on, by day and by month; one time; calendars to subscribe to."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from samtun.foundation.access import PageRequest, public
from samtun.foundation.slots import fragments
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from samtun.operation.activities import queries
from samtun.operation.activities.adapters.calendar import Entry, calendar
from samtun.operation.activities.enums import BY_ONESELF
from samtun.operation.activities.models import Activity
from samtun.operation.activities.queries import Line, Wanted
from samtun.operation.activities.web import tables
from samtun.operation.lending.enums import Kind
from samtun.operation.lending.queries import offered
from samtun.partners.organisations.queries import organisation_of
from samtun.people.places.queries import place_named, village_names

LIST = 400
FEED = 2_000
FEED_BACK = dt.timedelta(days=31)
FEED_AHEAD = dt.timedelta(days=400)
ANYWHERE: dict[str, Any] = {**settings.SECURE_CSP, "frame-ancestors": ["*"], "script-src": [CSP.NONE]}
MOST_GEAR = 4
FIRST_YEAR, LAST_YEAR = 2020, 2100


@require_safe
@gzip_page
@public
def listing(request: PageRequest) -> HttpResponse:
    """Show what is on, by day, as somebody looks for it."""
    today, is_easy = clock.today(), bool(request.GET.get("lett"))
    wanted = tables.wanted_of(request.GET, today)
    lines = queries.listed(wanted, most=LIST)
    easy = queries.easy_words(wanted, most=LIST) if is_easy else None
    days = [(tables.heading_of(day, today), tables.rows(own, easy), day) for day, own in queries.by_day(lines)]
    context = {
        "days": days, "number": len(lines), "more": len(lines) == LIST, "today": today, "easy": is_easy,
    } | _frame(request)  # fmt: skip
    return render(request, "activities/programme.html", context | _at_place(request, wanted))


def _at_place(request: PageRequest, wanted: Wanted) -> dict[str, Any]:
    """Return which place alone is shown, and the way to all; nothing when all are."""
    if wanted.place is None:
        return {}
    everywhere = request.path + tables.address_with(request.GET, hus="")
    return {"place": place_named(wanted.place), "everywhere": everywhere, "at_place": True}


def _frame(request: PageRequest) -> dict[str, Any]:
    """Return what stands around the list: the filter, and the ways to other views of the same."""
    return {
        "filter": tables.choices(request.GET, village_names(clock.now())), "query": _query(request),
        "views": tables.views(request.GET, "programme", month=clock.today()),
    }  # fmt: skip


def _query(request: PageRequest) -> str:
    query = tables.address_with(request.GET)
    return "" if query == "?" else query


@require_safe
@gzip_page
@public
def month(request: PageRequest, year: int, month: int) -> HttpResponse:
    """Show a month, each day with what is on."""
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        raise Http404
    first, today = dt.date(year, month, 1), clock.today()
    after = (first + dt.timedelta(days=32)).replace(day=1)
    wanted = replace(tables.wanted_of(request.GET, today), since=first, until=after - dt.timedelta(days=1))
    lines = queries.month(wanted)
    before = first - dt.timedelta(days=1)
    context = {
        "views": tables.views(request.GET, "programme_month", month=first), "first": first,
        "weekdays": tables.weekdays(), "number": len(lines),
        "cells": tables.month_cells(lines, first, today), "query": _query(request),
        "before": reverse("programme_month", args=[before.year, before.month]),
        "after": reverse("programme_month", args=[after.year, after.month]),
        "paper": tables.address_with(request.GET, naar="", fra=str(first), til=str(wanted.until)),
    }  # fmt: skip
    return render(request, "activities/month.html", context | _at_place(request, wanted))


@require_safe
@public
def time(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Show one time: what, when, where, how one gets there, who meets one, and how to come."""
    row = queries.open_occurrence(occurrence_id)
    it, today = row.activity, clock.today()
    later = [one for one in queries.next_times(it.id, since=today) if one.id != row.id][:5]
    context = {
        "row": row, "it": it, "easy": bool(request.GET.get("lett")), "host": organisation_of(row.host_id),
        "day": tables.heading_of(row.on, today),
        "later": [(tables.heading_of(one.on, today), one) for one in later], "has_been": row.ends_at < clock.now(),
        "buses": queries.buses_of(row) if row.state == "planned" and row.ends_at > clock.now() else None,
        "is_old": it.true_until is not None and it.true_until + dt.timedelta(days=30) < today,
        "slots": fragments(request.viewer, Ref("open_occurrence", row.id), on=today), "today": today,
        "address": request.build_absolute_uri(reverse("programme_time", args=[row.id])),
    } | _facts(it)  # fmt: skip
    return render(request, "activities/time.html", context)


def _facts(it: Activity) -> dict[str, Any]:
    """Return what stands among the facts, whether one chooses how to pay, what its host lends; and the picture."""
    lends = list(offered(kind=Kind.GEAR).filter(owner=it.owner_id)[:MOST_GEAR]) if it.gear else []
    pays = not it.is_free and it.sign_up in BY_ONESELF
    return {"chooses_pay": pays, "lends": lends, "picture": queries.picture_on(it)}


@require_safe
@public
def activity(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """Show an activity with its coming times."""
    it, today = queries.open_activity(activity_id), clock.today()
    lines = queries.next_times(it.id, since=today, most=60)
    days = [(tables.heading_of(day, today), tables.rows(own), day) for day, own in queries.by_day(lines)]
    context = {"it": it, "days": days, "host": organisation_of(it.owner_id), "today": today} | _facts(it)
    return render(request, "activities/activity_open.html", context)


@require_safe
@public
def time_file(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Give one time as a file for a calendar."""
    row = queries.open_occurrence(occurrence_id)
    lines = queries.programme(Wanted(row.on, row.on, activity=row.activity_id))
    return _calendar(request, row.title, [line for line in lines if line.id == row.id])


@require_safe
@gzip_page
@public
def feed(request: PageRequest) -> HttpResponse:
    """Give a calendar to subscribe to: everything, or as somebody looks for it. An address of no one shows nothing."""
    today = clock.today()
    wanted = replace(tables.wanted_of(request.GET, today), since=today - FEED_BACK, until=today + FEED_AHEAD)
    return _calendar(request, request.municipality.shared_name, queries.programme(wanted, most=FEED))


def _calendar(request: PageRequest, name: str, lines: list[Line]) -> HttpResponse:
    base, host = request.build_absolute_uri(reverse("programme")), request.get_host().split(":")[0]
    entries = (
        Entry(
            uid=f"{line.id}@{host}", starts_at=line.starts_at, ends_at=line.ends_at,
            title=line.title, where=", ".join(part for part in (line.place_name, line.village_name) if part),
            url=f"{base}{line.id}/", changed_at=line.changed_at, version=line.version, is_off=line.is_off,
            words=line.note or line.host_name,
        )
        for line in lines
    )  # fmt: skip
    answer = HttpResponse(calendar(name, entries), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "max-age=900"
    return answer


@require_safe
@public
def subscribe(request: PageRequest) -> HttpResponse:
    """Tell how the programme comes into one's own calendar, or onto an association's own pages."""
    query = _query(request)
    context = {
        "feed": request.build_absolute_uri(reverse("programme_feed") + query),
        "frame": request.build_absolute_uri(reverse("programme_embed") + query),
        "filter": tables.choices(request.GET, village_names(clock.now())),
    }  # fmt: skip
    return render(request, "activities/subscribe.html", context)


@require_safe
@xframe_options_exempt
@csp_override(ANYWHERE)
@public
def embedded(request: PageRequest) -> HttpResponse:
    """Show the list alone, to stand within somebody else's page."""
    today = clock.today()
    lines = queries.listed(tables.wanted_of(request.GET, today), most=60)
    days = [(tables.heading_of(day, today), tables.rows(own), day) for day, own in queries.by_day(lines)]
    return render(request, "activities/embedded.html", {"days": days, "today": today})
